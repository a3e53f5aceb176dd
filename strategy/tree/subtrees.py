"""New nodes with all that is to stand below them, made ready to be added at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from strategy.text.slugs import next_slug, slug_base
from strategy.tree.kept_slugs import KeptSlug, TakenFor


@dataclass(frozen=True)
class Subtree:
    """A new node, an object of its own level, with all that is to stand below it."""

    node: Any
    children: "Sequence[Subtree]" = ()

    @property
    def uid(self) -> str:
        """The identity of its node."""
        return str(self.node.uid)

    def walk(self) -> "Iterator[Subtree]":
        """This subtree and those below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


def set_slugs(nodes: Sequence[Any], taken: set[str]) -> None:
    """Give each node that has no address one that is not taken, nor kept for another."""
    taken |= {node.slug for node in nodes}
    kept = {} if all(node.slug for node in nodes) else KeptSlug.objects.by_slug()
    numbers: dict[str, int] = {}
    for node in nodes:
        if not node.slug:
            base = slug_base(node.title)
            node.slug, numbers[base] = next_slug(base, TakenFor(node.uid, taken, kept), numbers.get(base, 1))
            taken.add(node.slug)
