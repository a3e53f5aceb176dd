"""Loaded by pytest before Django's settings (see addopts): the tests run in demonstration mode."""

import os

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("EMAIL_URL", "memory:")
