"""The working tree: its nodes, what may stand where, and what each level declares. No editions, no history."""
