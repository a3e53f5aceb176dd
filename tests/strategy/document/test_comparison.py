"""The Comparison of two Documents: each kind of Change on a small tree, their order, numbers and places."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from strategy.document.changes import Change, FieldChange
from strategy.document.comparison import Comparison, compare
from strategy.document.document import Document
from strategy.document.pairing import SiblingPlace
from tests.strategy.document.applied import apply
from tests.strategy.document.plain_trees import themes, tree_data, tree_document

TREE = """
    chapter Vorwort
    theme Klima
      guideline KlimaLeitlinie
        strategic_goal Strom
          measure Rat
          operational_goal Sonne
            measure Dach
            measure Wand
            measure Balkon
          operational_goal Wind
            measure Rad
    theme Bildung
      guideline BildungLeitlinie
        strategic_goal Schule
"""
Kinds = list[tuple[str | None, tuple[str, ...]]]


def kinds(comparison: Comparison) -> Kinds:
    return [(change.uid, change.kinds) for change in comparison.changes]


def codes(changes: tuple[Change, ...]) -> list[tuple[str | None, str, str]]:
    return [(change.uid, change.old_code, change.new_code) for change in changes]


def edited(*edits: tuple[str, str], **changes: dict[str, Any]) -> Document:
    """TREE with lines of it replaced."""
    outline = TREE
    for line, instead in edits:
        assert outline.count(line) == 1
        outline = outline.replace(line, instead)
    return tree_document(outline, **changes)


def test_same_document_has_no_differences() -> None:
    comparison = compare(edited(), edited())

    assert comparison.is_empty
    assert (comparison.changes, comparison.renumbered, comparison.counts) == ((), (), {})


def test_added_node_is_found_with_its_place() -> None:
    line = "            measure Wand\n"

    comparison = compare(edited(), edited((line, f"            measure Fenster\n{line}")))

    change = comparison.by_uid["Fenster"]
    assert kinds(comparison) == [("Fenster", ("added",))]
    assert (change.old, change.new and change.new.title, change.fields) == (None, "Fenster", ())
    assert change.place == SiblingPlace("Sonne", "Dach")
    assert (change.old_code, change.new_code) == ("", "1.1.1.2")


def test_removed_subtree_is_a_change_a_node() -> None:
    subtree = "          operational_goal Wind\n            measure Rad\n"

    comparison = compare(edited(), edited((subtree, "")))

    change = comparison.by_uid["Wind"]
    assert kinds(comparison) == [("Wind", ("removed",)), ("Rad", ("removed",))]
    assert (change.old and change.old.title, change.new, change.place) == ("Wind", None, None)
    assert (change.old_code, change.new_code, change.is_renumbered) == ("1.1.2", "", False)


def test_moved_node_takes_along_what_stands_below_it() -> None:
    subtree = "          operational_goal Wind\n            measure Rad\n"
    school = "        strategic_goal Schule\n"

    comparison = compare(edited(), edited((subtree, ""), (school, school + subtree)))

    assert kinds(comparison) == [("Wind", ("moved",))]
    assert comparison.by_uid["Wind"].place == SiblingPlace("Schule", None)
    assert codes(comparison.changes) == [("Wind", "1.1.2", "2.1.1")]
    assert codes(comparison.renumbered) == [("Rad", "1.1.2.1", "2.1.1.1")]


def test_reordered_is_the_one_that_passed_the_others() -> None:
    comparison = compare(themes("A B C D"), themes("D A B C"))

    assert kinds(comparison) == [("D", ("reordered",))]
    assert comparison.by_uid["D"].place == SiblingPlace(None, None)
    assert codes(comparison.renumbered) == [("A", "1", "2"), ("B", "2", "3"), ("C", "3", "4")]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("N A B C", [("N", ("added",))]),
        ("B C", [("A", ("removed",))]),
        ("N C", [("A", ("removed",)), ("B", ("removed",)), ("N", ("added",))]),
        ("N C A B M", [("N", ("added",)), ("C", ("reordered",)), ("M", ("added",))]),
    ],
)
def test_added_and_removed_siblings_reorder_no_others(new: str, expected: Kinds) -> None:
    comparison = compare(themes("A B C"), themes(new))

    assert kinds(comparison) == expected


def test_arrival_and_leaving_of_siblings_reorder_no_others() -> None:
    new = edited(("measure Dach", "measure -"), ("measure Rad", "measure Dach"), ("measure -", "measure Rad"))

    comparison = compare(edited(), new)

    assert kinds(comparison) == [("Rad", ("moved",)), ("Dach", ("moved",))]


def test_node_can_be_moved_and_changed_at_once() -> None:
    wall = "            measure Wand\n"
    wheel = "            measure Rad\n"

    comparison = compare(edited(), edited((wall, ""), (wheel, wheel + wall), Wand={"text": "Neu"}))

    change = comparison.by_uid["Wand"]
    assert kinds(comparison) == [("Wand", ("moved", "changed"))]
    assert change.fields == (FieldChange("text", "", "Neu"),)
    assert (change.old_code, change.new_code, change.is_renumbered) == ("1.1.1.2", "1.1.2.2", True)


def test_renumbered_is_a_kind_only_where_nothing_else_differs() -> None:
    roof = "            measure Dach\n"

    comparison = compare(edited(), edited((roof, ""), Balkon={"text": "Neu"}))

    assert kinds(comparison) == [("Dach", ("removed",)), ("Balkon", ("changed",))]
    assert codes(comparison.changes)[1] == ("Balkon", "1.1.1.3", "1.1.1.2")
    assert comparison.changes[1].is_renumbered
    assert [(each.uid, each.kinds, each.number) for each in comparison.renumbered] == [
        ("Wand", ("renumbered",), None)
    ]
    assert codes(comparison.renumbered) == [("Wand", "1.1.1.2", "1.1.1.1")]


def test_codes_of_an_older_rule_alone_are_differences() -> None:
    data = tree_data("theme Klima")
    data["nodes"][0]["code"] = "I"

    comparison = compare(Document.from_data(data), tree_document("theme Klima"))

    assert comparison.changes == ()
    assert codes(comparison.renumbered) == [("Klima", "I", "1")]
    assert not comparison.is_empty


def test_same_uid_on_another_level_is_removed_and_added() -> None:
    wind = "          operational_goal Wind\n            measure Rad\n"
    sun = "          operational_goal Sonne\n"
    old, new = edited(), edited((wind, ""), (sun, f"          measure Wind\n{sun}"))

    comparison = compare(old, new)

    assert kinds(comparison) == [("Wind", ("added",)), ("Wind", ("removed",)), ("Rad", ("removed",))]
    assert comparison.by_uid["Wind"] is comparison.changes[0]
    assert Document.from_data(apply(comparison, old)).by_uid["Wind"].kind == "measure"


def test_changes_are_numbered_in_the_order_of_the_document() -> None:
    roof, wheel = "            measure Dach\n", "            measure Rad\n"

    comparison = compare(
        edited(), edited((roof, f"{roof}            measure Tor\n"), (wheel, ""), Schule={"text": "Neu"})
    )

    assert [(change.number, change.uid) for change in comparison.changes] == [
        (1, "Tor"),
        (2, "Rad"),
        (3, "Schule"),
    ]


def test_child_of_a_removed_node_can_live_on_elsewhere() -> None:
    goal = "          operational_goal Wind\n            measure Rad\n"
    balcony = "            measure Balkon\n"

    comparison = compare(edited(), edited((goal, ""), (balcony, f"{balcony}            measure Rad\n")))

    assert kinds(comparison) == [("Rad", ("moved",)), ("Wind", ("removed",))]


def test_counts_name_each_kind_that_occurs() -> None:
    comparison = compare(
        themes("A B C D"),
        tree_document("theme N\ntheme M\ntheme B\ntheme A\ntheme D", B={"text": "Neu"}),
    )

    assert comparison.counts == {"added": 2, "removed": 1, "reordered": 1, "changed": 1, "renumbered": 1}
    assert list(comparison.counts) == ["added", "removed", "reordered", "changed", "renumbered"]
    assert set(comparison.by_uid) == {"A", "B", "C", "D", "N", "M"}


def test_live_records_play_no_part() -> None:
    reported = Document.from_data(tree_data(TREE), {"Dach": "in Umsetzung"})

    assert compare(edited(), reported).is_empty


def test_changes_cannot_be_changed() -> None:
    comparison = compare(themes("A"), themes("B"))

    with pytest.raises(FrozenInstanceError):
        comparison.changes[0].number = 7  # type: ignore[misc]
