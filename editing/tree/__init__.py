"""The tree page: moving nodes, agreeing on them, what a text will look like."""
