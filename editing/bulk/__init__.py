"""One change for many measures: by choice, or because a department has a successor."""
