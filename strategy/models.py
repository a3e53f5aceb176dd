"""The tree, and the editions frozen from it."""

from strategy.editions import Edition, EditionContent, Publication, PublicState, Strategy
from strategy.held_back import HeldBack
from strategy.history import HistoryRecord
from strategy.origins import Origin
from strategy.tree import Node, TreeLock

__all__ = [
    "Edition",
    "EditionContent",
    "HeldBack",
    "HistoryRecord",
    "Node",
    "Origin",
    "PublicState",
    "Publication",
    "Strategy",
    "TreeLock",
]
