"""One plan for many nodes at once, of a file, a table, or what is taken back, and one writer of it. Reads no files."""
