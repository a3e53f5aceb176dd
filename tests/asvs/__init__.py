"""The table of OWASP's ASVS (docs/asvs.csv), and what it names that no other test shows."""
