"""A city's own list, as Excel or CSV, read as the tree: recognised, converted, and handed to editing.tables."""
