"""Reporting rounds as people see them: opened, reported in by department, checked and published, reminded of. The rules
and the writing are in measures."""
