"""How treebeard writes where a node stands: a path, with a step of four letters for each level.

Only this module and the manager in strategy/tree/models.py use private names of treebeard.
"""

from treebeard.mp_tree import MP_Node

STEP = MP_Node.steplen
TREE_FIELDS = MP_Node._TREE_FIELDS  # written by the manager alone, never by `save`


def parent_path(path: str) -> str:
    """The path of the parent; "" for a root."""
    return path[:-STEP]


def root_path(path: str) -> str:
    """The path of the root that a node stands below (itself, at the root)."""
    return path[:STEP]


def depth_of(path: str) -> int:
    """How deep a path leads, from 1 at the root."""
    return len(path) // STEP


def child_path(parent: str, number: int) -> str:
    """The path of the child with this number (from 1, gaps allowed) below the path of a parent; "" for the root."""
    return MP_Node._get_path(parent, depth_of(parent) + 1, number)


def number_of(path: str) -> int:
    """The number of a node among the children of its parent, as `child_path` takes it."""
    return MP_Node._str2int(path[-STEP:])


def is_well_formed(path: str) -> bool:
    """Whether treebeard could have written this path."""
    return len(path) % STEP == 0 and set(path) <= set(MP_Node.alphabet)
