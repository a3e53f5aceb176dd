"""Editions in memory and what differs between two of them: immutable, plain Python; no Django, no database."""
