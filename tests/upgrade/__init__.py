"""Databases that earlier programs left, and what becomes of them in this one."""
