"""Documents and their differences in words, by each level's declaration, for pages, sheets and files. No requests."""
