"""Where what was removed is read, and in which order of the two Documents."""

import pytest

from strategy.document.comparison import Comparison, compare
from strategy.document.pairing import Pairing
from tests.strategy.document.plain_trees import themes, tree_document

TREE = """
    theme Klima
      guideline Leitlinie
        strategic_goal Strom
          operational_goal Sonne
            measure Dach
            measure Balkon
          operational_goal Wind
            measure Rad
        strategic_goal Wasser
"""


def uids(comparison: Comparison) -> list[str | None]:
    return [change.uid for change in comparison.changes]


@pytest.mark.parametrize(
    ("old", "new", "order"),
    [
        ("A B C", "A N C", ["B", "N"]),  # behind the sibling before it
        ("A B C D", "A N D", ["B", "C", "N"]),  # in their old order
        ("A B", "N B", ["A", "N"]),  # first of all
        ("A B C D", "B X C D A Y", ["X", "A", "Y"]),
        ("A B C", "N", ["A", "B", "C", "N"]),
        ("D A B C", "A B C D N", ["D", "N"]),
        ("B C A X", "A B C N", ["A", "X", "N"]),  # not behind one that was put elsewhere
    ],
)
def test_removed_stands_behind_what_stood_before_it(old: str, new: str, order: list[str]) -> None:
    comparison = compare(themes(old), themes(new))

    assert uids(comparison) == order


def test_removed_stands_behind_all_below_its_sibling_and_before_the_next() -> None:
    new = """
        theme Klima
          guideline Leitlinie
            strategic_goal Strom
              operational_goal Sonne
                measure Dach
                measure Balkon
                measure Tor
            strategic_goal Luft
            strategic_goal Wasser
    """

    comparison = compare(tree_document(TREE), tree_document(new))

    assert uids(comparison) == ["Tor", "Wind", "Rad", "Luft"]


def test_removed_first_child_stands_straight_behind_its_parent() -> None:
    new = TREE.replace("measure Dach", "measure Tor")

    comparison = compare(tree_document(TREE), tree_document(new, Sonne={"text": "Neu"}))

    assert uids(comparison) == ["Sonne", "Dach", "Tor"]


def test_removed_child_stands_behind_its_parent_wherever_that_went() -> None:
    new = """
        theme Klima
          guideline Leitlinie
            strategic_goal Strom
              operational_goal Wind
                measure Rad
            strategic_goal Wasser
              operational_goal Sonne
                measure Balkon
    """

    comparison = compare(tree_document(TREE), tree_document(new))

    assert uids(comparison) == ["Sonne", "Dach"]


def test_all_entries_are_read_in_the_order_of_the_new_document() -> None:
    new = TREE.replace("measure Dach", "measure Tor").replace("operational_goal Wind", "operational_goal Gas")

    pairs = Pairing(tree_document(TREE), tree_document(new)).in_order()

    assert [(old.uid if old else "", new.uid if new else "") for old, new in pairs] == [
        ("Klima", "Klima"),
        ("Leitlinie", "Leitlinie"),
        ("Strom", "Strom"),
        ("Sonne", "Sonne"),
        ("Dach", ""),
        ("", "Tor"),
        ("Balkon", "Balkon"),
        ("Wind", ""),
        ("", "Gas"),
        ("Rad", "Rad"),
        ("Wasser", "Wasser"),
    ]


def test_reordered_stands_behind_what_is_before_it_in_each_document() -> None:
    (change,) = compare(themes("A B C D"), themes("A D B C")).changes

    assert [each.title if each else None for each in change.behind or ()] == ["C", "A"]


def test_only_what_was_reordered_stands_behind_something() -> None:
    changes = compare(themes("A B C"), themes("N C B")).changes

    assert [(each.uid, each.behind is not None) for each in changes] == [
        ("A", False),
        ("N", False),
        ("B", True),
    ]
