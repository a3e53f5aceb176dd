"""What a Document must know of each level: where its entries are read, and what their codes look like.

Plain Python, no Django. Each level declares its own (strategy.tree.levels.Level) and is registered with it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """The address and the code of a level's entries.

    `address` is the first part of the address of their pages. Entries of a level without one are read on the page
    that their parent is read on, at `anchor` ("" where each stands at its own slug). `parts` is how many parts
    their code has, 0 for none.
    """

    address: str = ""
    anchor: str = ""
    parts: int = 0


SHAPES: dict[str, Shape] = {}


def page_addresses() -> set[str]:
    """The first parts of all addresses of pages of entries."""
    return {shape.address for shape in SHAPES.values()} - {""}
