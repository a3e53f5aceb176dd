"""Public pages: from an address to an edition, one rendering for all readers, rows as HTML. Nothing that writes."""
