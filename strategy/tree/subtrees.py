"""New nodes with all that is to stand below them, made ready to be added at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from strategy.text.slugs import next_slug, slug_base
from strategy.tree.kinds import admits
from strategy.tree.paths import child_path, depth_of


@dataclass(frozen=True)
class Subtree:
    """A new node, an object of its own level, with all that is to stand below it."""

    node: Any
    children: "Sequence[Subtree]" = ()

    def walk(self) -> "Iterator[Subtree]":
        """This subtree and those below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


def misplaced(
    parent: str | None, kinds: Iterable[str], trees: Sequence[Subtree]
) -> tuple[str, str | None] | None:
    """The first level that may not stand where it is, and its parent's, if `trees` come after `kinds`."""
    kinds, new = list(kinds), [tree.node.kind for tree in trees]
    if not admits(parent, kinds + new):
        last = next(end for end in range(1, len(new) + 1) if not admits(parent, kinds + new[:end]))
        return new[last - 1], parent
    wrong_below = (misplaced(tree.node.kind, [], tree.children) for tree in trees if tree.children)
    return next((each for each in wrong_below if each), None)


def set_places(path: str, first: int, trees: Sequence[Subtree]) -> None:
    """Give each node its path, depth and number of children, counting from `first` below `path`."""
    for number, tree in enumerate(trees, start=first):
        tree.node.path = child_path(path, number)
        tree.node.depth = depth_of(tree.node.path)
        tree.node.numchild = len(tree.children)
        set_places(tree.node.path, 1, tree.children)


def set_slugs(nodes: Sequence[Any], taken: set[str]) -> None:
    """Give each node that has no address one that is not taken."""
    taken |= {node.slug for node in nodes}
    numbers: dict[str, int] = {}
    for node in nodes:
        if not node.slug:
            base = slug_base(node.title)
            node.slug, numbers[base] = next_slug(base, taken, numbers.get(base, 1))
            taken.add(node.slug)
