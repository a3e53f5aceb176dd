"""Trees in tests, written and read as indented outlines: two spaces a depth, then level and title.

theme Bildung
  guideline Lernen
    strategic_goal Schulen
"""

from textwrap import dedent
from typing import Any

from strategy.tree.levels import level_of, own
from strategy.tree.models import Node
from strategy.tree.subtrees import Subtree

INDENT = "  "


def plant(text: str, **values: dict[str, Any]) -> dict[str, Node]:
    """Add an outline's nodes to the tree; by title. `values` holds more values of a node, by its title."""
    trees: list[Subtree] = []
    lists = [trees]
    for line in filter(str.strip, dedent(text).splitlines()):
        kind, title = line.split(maxsplit=1)
        depth = (len(line) - len(line.lstrip())) // len(INDENT)
        children: list[Subtree] = []
        node = level_of(kind).model(title=title, **values.get(title, {}))
        lists = [*lists[: depth + 1], children]
        lists[depth].append(Subtree(node, children))
    Node.objects.add_subtrees(None, trees)
    return saved()


def saved() -> dict[str, Node]:
    """The nodes of the tree as the database has them, each of its own level; by title."""
    return {node.title: own(node) for node in Node.objects.all()}


def outline() -> str:
    """The tree as an outline, read by the paths alone."""
    rows = Node.objects.order_by("path").values_list("path", "kind", "title")
    return "".join(
        f"{INDENT * (len(path) // Node.steplen - 1)}{kind} {title}\n" for path, kind, title in rows
    )


def tidy(text: str) -> str:
    """An outline as `outline` gives it, from one that stands indented in a test."""
    return dedent(text).lstrip("\n").rstrip() + "\n" if text.strip() else ""
