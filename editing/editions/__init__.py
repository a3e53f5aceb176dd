"""From the working tree to an edition: what would change, freezing, publishing, a paper's way."""
