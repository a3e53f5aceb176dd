"""Carrying out an order to blacken: all that the portal keeps of the words, and what lies elsewhere."""
