"""Pages over the history: reading, searching, restoring, saying where a node came from."""
