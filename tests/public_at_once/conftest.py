"""Strategies and sample data as files."""

from tests.council.conftest import tree
from tests.herne_strategy.conftest import load, load_sample, real

__all__ = ["load", "load_sample", "real", "tree"]
