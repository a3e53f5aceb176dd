"""Forms and admin classes that every app shares: of a level, and of what stands beside the tree. No page of readers."""
