"""Editions: read from the working tree, frozen, published, held in memory. No pages, no history."""
