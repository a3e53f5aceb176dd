"""Proposals, remarks and questions, and the desk and the mail that say what waits for whom."""
