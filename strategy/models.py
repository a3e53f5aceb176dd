"""The tree, and the editions frozen from it."""

from strategy.editions import Edition, EditionContent, Publication, PublicState, Strategy
from strategy.history import HistoryRecord
from strategy.origins import Origin
from strategy.tree import Node, TreeLock

__all__ = [
    "Edition",
    "EditionContent",
    "HistoryRecord",
    "Node",
    "Origin",
    "PublicState",
    "Publication",
    "Strategy",
    "TreeLock",
]
