"""Fields of nodes and of the meta: which differ, in which words of JSON, and which no reader can tell."""

from typing import Any

import pytest

from strategy.document.changes import ABSENT, FieldChange
from strategy.document.comparison import compare
from tests.strategy.document.applied import apply
from tests.strategy.document.plain_trees import META, themes, tree_data, tree_document


def test_changed_fields_are_named_with_both_values() -> None:
    old = {"title": "Dächer", "text": "Alt", "values": {"cost_once": 1000, "staff": "", "partners": ["A"]}}
    new = {
        "title": "Sonnendächer",
        "slug": "sonne",
        "text": "Neu",
        "easy_text": "Leicht",
        "is_sample": True,
        "values": {"cost_once": 2000, "staff": "", "partners": ["A", "B"]},
    }

    comparison = compare(tree_document("theme A", A=old), tree_document("theme A", A=new))

    assert [(change.uid, change.kinds) for change in comparison.changes] == [("A", ("changed",))]
    assert comparison.changes[0].fields == (
        FieldChange("title", "Dächer", "Sonnendächer"),
        FieldChange("slug", "a", "sonne"),
        FieldChange("text", "Alt", "Neu"),
        FieldChange("easy_text", "", "Leicht"),
        FieldChange("is_sample", False, True),
        FieldChange("cost_once", 1000, 2000),
        FieldChange("partners", ["A"], ["A", "B"]),
    )
    assert comparison.changes[0].place is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (1, True),
        (False, 0),
        ([1], [True]),
        ({"key": 1}, {"key": True}),
        ([], ["a"]),
        (0, None),
        ({"key": "a", "name": "A"}, {"key": "a", "name": "B"}),
        ({"key": "a"}, {"key": "a", "name": "A"}),
    ],
)
def test_values_that_are_written_differently_differ(old: Any, new: Any) -> None:
    comparison = compare(
        tree_document("theme A", A={"values": {"x": old}}), tree_document("theme A", A={"values": {"x": new}})
    )

    field = comparison.changes[0].fields[0]
    assert (field.name, repr(field.old), repr(field.new)) == ("x", repr(old), repr(new))


@pytest.mark.parametrize("empty", ["", None, []])
def test_field_that_one_edition_lacks_and_the_other_leaves_empty_is_no_change(empty: Any) -> None:
    old, new = themes("A"), tree_document("theme A", A={"values": {"later": empty}})

    comparison = compare(old, new)

    assert (comparison.is_empty, comparison.by_uid) == (True, {})
    assert comparison.hidden == {"A": (FieldChange("later", ABSENT, empty),)}
    assert apply(comparison, old) == tree_data("theme A", A={"values": {"later": empty}})


@pytest.mark.parametrize("value", [False, 0, "x", ["x"]])
def test_field_that_one_edition_lacks_and_the_other_fills_is_a_change(value: Any) -> None:
    comparison = compare(tree_document("theme A", A={"values": {"former": value}}), themes("A"))

    field = comparison.changes[0].fields[0]
    assert (field.name, field.old, field.new) == ("former", value, ABSENT)
    assert not field.new


def test_changes_of_the_meta_come_first_and_without_uid() -> None:
    meta = {
        "city": "Musterstadt",
        "title": "Neu",
        "subtitle": "Bis 2030",
        "edition": {"title": "Zweite", "remark": ""},
    }

    comparison = compare(themes("A"), tree_document("theme A", meta, A={"text": "Neu"}))

    assert [(each.number, each.uid, each.kinds) for each in comparison.changes] == [
        (1, None, ("changed",)),
        (2, "A", ("changed",)),
    ]
    assert (comparison.changes[0].entry, comparison.changes[0].old_code) == (None, "")
    assert comparison.changes[0].fields == (
        FieldChange("city", "Herne", "Musterstadt"),
        FieldChange("title", "Strategie", "Neu"),
        FieldChange("subtitle", "", "Bis 2030"),
    )


def test_what_comes_with_every_edition_is_no_change_of_the_meta() -> None:
    meta = {
        "edition": {"title": "Zweite", "remark": "Bemerkung"},
        "basis": {"number": "2021/0734"},
        "has_sample": True,
        "sdgs": [{"number": 1}],
    }
    old, new = themes("A"), tree_document("theme A", meta)

    comparison = compare(old, new)

    assert comparison.is_empty
    assert apply(comparison, old)["meta"] == META | meta
