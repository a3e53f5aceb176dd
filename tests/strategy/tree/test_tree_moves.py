"""Moving in the tree: every node to every place, compared with what an outline would do."""

import copy
from itertools import product

import pytest
from django.db import transaction
from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition

from strategy.editions.working_tree import problems
from strategy.tree.models import Node
from tests.strategy.outline import outline, plant, tidy

pytestmark = pytest.mark.django_db

TREE = """
    chapter Vorwort
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
          measure Mensa
          operational_goal Zertifikate
            measure Kurse
        strategic_goal Kitas
    theme Klima
    chapter Umsetzung
"""
SIBLING = ["first-sibling", "left", "right", "last-sibling"]
CHILD = ["first-child", "last-child"]

BELOW = {
    "": {"chapter", "theme"},
    "chapter": set(),
    "theme": {"guideline"},
    "guideline": {"strategic_goal"},
    "strategic_goal": {"measure", "operational_goal"},
    "operational_goal": {"measure"},
    "measure": set(),
}


class Outline:
    """An outline that can be rearranged by hand: the children of each title, "" for the root."""

    def __init__(self, text: str) -> None:
        self.kinds = {"": ""}
        self.children: dict[str, list[str]] = {"": []}
        above = [""]
        for line in tidy(text).splitlines():
            kind, title = line.split(maxsplit=1)
            above = above[: (len(line) - len(line.lstrip())) // 2 + 1]
            self.kinds[title] = kind
            self.children[title] = []
            self.children[above[-1]].append(title)
            above.append(title)

    def __str__(self) -> str:
        return "".join(self._lines("", ""))

    def _lines(self, parent: str, indent: str):
        for title in self.children[parent]:
            yield f"{indent}{self.kinds[title]} {title}\n"
            yield from self._lines(title, indent + "  ")

    def is_below(self, title: str, above: str) -> bool:
        return any(title == child or self.is_below(title, child) for child in self.children[above])

    def parent_of(self, title: str) -> str:
        return next(parent for parent, children in self.children.items() if title in children)

    @property
    def is_legal(self) -> bool:
        return all(self._is_legal_below(parent) for parent in self.children)

    def _is_legal_below(self, parent: str) -> bool:
        kinds = [self.kinds[child] for child in self.children[parent]]
        themes = [index for index, kind in enumerate(kinds) if kind == "theme"]
        together = not themes or themes == list(range(themes[0], themes[-1] + 1))
        measures = kinds.count("measure")
        return (
            set(kinds) <= BELOW[self.kinds[parent]]
            and kinds.count("guideline") <= 1
            and together
            and kinds[:measures] == ["measure"] * measures
        )

    def with_moved(self, title: str, target: str, pos: str) -> "Outline | None":
        """The outline after this move; None where it is not legal."""
        if pos == "last-child":
            found = [self._put(title, target, index) for index in range(len(self.children[target]), -1, -1)]
            return next((each for each in found if each.is_legal), None)
        if pos == "first-child":
            moved = self._put(title, target, 0)
        else:
            parent = self.parent_of(target)
            others = [child for child in self.children[parent] if child != title]
            at = others.index(target) if target != title else self.children[parent].index(title)
            after = at if target == title else at + 1
            moved = self._put(
                title, parent, dict(zip(SIBLING, [0, at, after, len(others)], strict=True))[pos]
            )
        return moved if moved.is_legal else None

    def _put(self, title: str, parent: str, index: int) -> "Outline":
        moved = copy.deepcopy(self)
        moved.children[self.parent_of(title)].remove(title)
        moved.children[parent].insert(index, title)
        return moved


def outcome(title: str, target: str, pos: str) -> str:
    """What the manager makes of a move: the new outline or the name of the refusal. Nothing remains."""
    node, other = Node.objects.get(title=title), Node.objects.get(title=target)
    try:
        with transaction.atomic():
            Node.objects.move(node, other, pos)
            found = outline() if problems() == [] else f"damaged: {problems()}"
            transaction.set_rollback(True)
    except (InvalidPosition, InvalidMoveToDescendant) as error:
        return type(error).__name__
    return found


def expected(start: Outline, title: str, target: str, pos: str) -> str:
    if start.is_below(target, title) or (target == title and pos in CHILD):
        return "InvalidMoveToDescendant"
    return str(start.with_moved(title, target, pos) or "InvalidPosition")


def test_every_node_moves_to_every_legal_place_and_to_no_other():
    plant(TREE)
    start = Outline(TREE)
    titles = [title for title in start.kinds if title]
    moves = list(product(titles, titles, [*SIBLING, *CHILD]))
    wanted = {move: expected(start, *move) for move in moves}

    found = {move: outcome(*move) for move in moves}

    assert {move: each for move, each in found.items() if each != wanted[move]} == {}
    assert outline() == tidy(TREE)
    assert {"InvalidPosition", "InvalidMoveToDescendant"} < set(found.values())
    assert len(set(found.values())) > 20


def test_moved_subtree_keeps_all_below_it():
    nodes = plant(TREE)

    Node.objects.move(nodes["Lernen"], nodes["Klima"], "last-child")

    assert outline() == tidy("""
        chapter Vorwort
        theme Bildung
        theme Klima
          guideline Lernen
            strategic_goal Schulen
              measure Garten
              measure Mensa
              operational_goal Zertifikate
                measure Kurse
            strategic_goal Kitas
        chapter Umsetzung
    """)
    assert problems() == []


def test_measure_changes_its_depth_with_its_parent():
    nodes = plant(TREE)

    Node.objects.move(nodes["Kurse"], nodes["Kitas"], "last-child")
    Node.objects.move(nodes["Mensa"], nodes["Zertifikate"], "first-child")

    assert outline() == tidy("""
        chapter Vorwort
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
              measure Garten
              operational_goal Zertifikate
                measure Mensa
            strategic_goal Kitas
              measure Kurse
        theme Klima
        chapter Umsetzung
    """)
    assert problems() == []


def test_move_uses_the_places_that_both_have_now():
    plant(TREE)
    node, target = Node.objects.get(title="Kurse"), Node.objects.get(title="Kitas")
    Node.objects.move(Node.objects.get(title="Umsetzung"), Node.objects.get(title="Vorwort"), "left")
    Node.objects.move(Node.objects.get(title="Lernen"), Node.objects.get(title="Klima"), "first-child")

    Node.objects.move(node, target, "first-child")

    assert "    strategic_goal Kitas\n      measure Kurse\n" in outline()
    assert problems() == []


def test_move_without_a_position_goes_to_the_end():
    nodes = plant(TREE)

    Node.objects.move(nodes["Schulen"], nodes["Kitas"])

    assert [line.split()[-1] for line in outline().splitlines() if "strategic_goal" in line] == [
        "Kitas",
        "Schulen",
    ]


def test_unknown_position_is_refused():
    nodes = plant(TREE)

    for pos in ("middle", "below"):
        with pytest.raises(InvalidPosition):
            Node.objects.move(nodes["Klima"], nodes["Bildung"], pos)

    assert outline() == tidy(TREE)


@pytest.mark.parametrize("deleted", ["Garten", "Kitas"])
def test_move_of_or_to_a_deleted_node_is_refused(deleted: str):
    nodes = plant(TREE)
    Node.objects.get(title=deleted).delete()
    left = outline()

    with pytest.raises(Node.DoesNotExist):
        Node.objects.move(nodes["Garten"], nodes["Kitas"], "first-child")

    assert outline() == left
