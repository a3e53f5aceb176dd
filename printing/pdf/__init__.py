"""Printouts and Synopses as PDF: plain data, set by Typst in a process of its own, and kept. No database."""
