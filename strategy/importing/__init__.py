"""One plan for what a file or a table makes of the tree, and one writer of it; who reads files lives above."""
