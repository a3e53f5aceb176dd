"""Texts as people type them: rules, markup, numbers, addresses. Plain Python; no Django, no tree."""
