"""The strategy as a YAML file: reading it strictly, and writing it into the working tree."""
