"""Agreeing as in a meeting: an agenda, what was decided on each entry, and the record of it (Ergebnisvermerk)."""
