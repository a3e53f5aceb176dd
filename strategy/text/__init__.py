"""Texts as people type them: rules, markup, numbers, addresses. No database, no tree."""
