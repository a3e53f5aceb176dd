"""What cells and headings of lists say, in the words that people write. Plain Python: nothing of the tree."""
