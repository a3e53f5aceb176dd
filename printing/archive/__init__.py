"""An edition as one file that lasts: to read, to print, to compute with, and to check without this program."""
