"""The heart of the portal: the tree, its editions, their pages. Knows no level, no council, no page of another app."""
