"""XLSX files, read without trust and written with every text as a text. Knows no node."""
