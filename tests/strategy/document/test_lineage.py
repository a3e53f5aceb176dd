"""Mergers and splits: found where somebody named them, and nowhere else."""

from collections.abc import Mapping

import pytest

from strategy.document.comparison import Comparison, compare
from strategy.document.document import Document
from tests.strategy.document.applied import apply
from tests.strategy.document.plain_trees import themes, tree_document


def kinds(comparison: Comparison) -> dict[str | None, tuple[str, ...]]:
    return {change.uid: change.kinds for change in comparison.changes}


def links(comparison: Comparison) -> dict[str | None, tuple[list[str], list[str]]]:
    return {
        change.uid: ([each.uid for each in change.origins], [each.uid for each in change.successors])
        for change in comparison.changes
    }


@pytest.mark.parametrize(
    ("old", "new", "origins", "expected"),
    [
        pytest.param(
            "A B",
            "N",
            {"N": {"A", "B"}},
            {"A": ("removed", "merged_into"), "B": ("removed", "merged_into"), "N": ("added",)},
            id="two into a new one",
        ),
        pytest.param("A B", "A", {"A": {"B"}}, {"B": ("removed", "merged_into")}, id="one into another"),
        pytest.param(
            "A",
            "M N",
            {"M": {"A"}, "N": {"A"}},
            {"A": ("removed",), "M": ("added", "split_from"), "N": ("added", "split_from")},
            id="one into two new ones",
        ),
        pytest.param("A", "A N", {"N": {"A"}}, {"N": ("added", "split_from")}, id="a new one out of another"),
        pytest.param(
            "A", "N", {"N": {"A"}}, {"A": ("removed",), "N": ("added",)}, id="one in place of another"
        ),
        pytest.param("A", "N", {}, {"A": ("removed",), "N": ("added",)}, id="nobody said so"),
        pytest.param(
            "A B",
            "A",
            {"A": {"A", "B"}},
            {"B": ("removed", "merged_into")},
            id="one into another, both named",
        ),
        pytest.param("A", "A N", {"A": {"A"}, "N": {"N"}}, {"N": ("added",)}, id="out of themselves"),
        pytest.param(
            "A B",
            "A",
            {"X": {"A", "B"}, "A": {"Y"}},
            {"B": ("removed",)},
            id="of nodes that neither Document has",
        ),
    ],
)
def test_what_became_of_what(
    old: str, new: str, origins: Mapping[str, set[str]], expected: dict[str, tuple[str, ...]]
) -> None:
    comparison = compare(themes(old), themes(new), origins=origins)

    assert kinds(comparison) == expected


def test_merger_is_linked_on_both_sides_in_the_order_of_the_documents() -> None:
    comparison = compare(themes("B C A"), themes("N"), origins={"N": {"A", "B", "C"}})

    assert links(comparison) == {
        "B": ([], ["N"]),
        "C": ([], ["N"]),
        "A": ([], ["N"]),
        "N": (["B", "C", "A"], []),
    }


def test_split_is_linked_on_both_sides_in_the_order_of_the_documents() -> None:
    comparison = compare(themes("A"), themes("N M"), origins={"M": ["A"], "N": ["A"]})

    assert links(comparison) == {"A": ([], ["N", "M"]), "N": (["A"], []), "M": (["A"], [])}


def test_node_that_lives_on_is_not_linked_to_itself() -> None:
    new = tree_document("theme A", A={"text": "Neu"})

    comparison = compare(themes("A B"), new, origins={"A": {"A", "B"}})

    assert links(comparison) == {"A": (["B"], []), "B": ([], ["A"])}


def test_merger_is_counted_and_applied_like_any_other_change() -> None:
    old, new = themes("A B"), themes("N")

    comparison = compare(old, new, origins={"N": {"A", "B"}})

    assert comparison.counts == {"added": 1, "removed": 2, "merged_into": 2}
    assert compare(Document.from_data(apply(comparison, old)), new).is_empty
