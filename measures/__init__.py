"""Measures, who is responsible for them, where they take place, and how far they are (live)."""
