"""What a Comparison comes to, in numbers and in a sentence."""

from typing import Any

import pytest

from strategy.document.comparison import compare
from strategy.document.document import Document
from strategy.presentation.change_counts import counts, sentence
from tests.strategy.document.plain_trees import themes, tree_document


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A B", "A B", "„Neu“ sagt dasselbe wie „Alt“."),
        ("A", "A B", "„Neu“ unterscheidet sich von „Alt“ in 1 Änderung: 1 neu."),
        (
            "A B C",
            "N C A",
            "„Neu“ unterscheidet sich von „Alt“ in 3 Änderungen: 1 neu, 1 entfallen, 1 umgestellt.",
        ),
    ],
)
def test_sentence_counts_each_change_once(old: str, new: str, expected: str) -> None:
    assert sentence(compare(themes(old), themes(new)), "Alt", "Neu") == expected


def test_sentence_counts_what_was_moved_and_changed_as_moved() -> None:
    old = tree_document("theme A\n  guideline L\ntheme B")
    new = tree_document("theme A\ntheme B\n  guideline L", L={"text": "Neu"})
    comparison = compare(old, new)

    assert sentence(comparison, "Alt", "Neu") == (
        "„Neu“ unterscheidet sich von „Alt“ in 1 Änderung: 1 verschoben."
    )
    assert [(str(kind), count) for kind, count in counts(comparison)] == [("verschoben", 1), ("geändert", 1)]


def test_sentence_says_so_where_only_codes_differ() -> None:
    data: dict[str, Any] = {"format": 1, "meta": themes("A").meta, "nodes": []}
    entry = themes("A").by_uid["A"]
    node = {"uid": "A", "parent": None, "kind": "theme", "code": "I", "values": {}, "is_sample": False}
    texts = {"title": entry.title, "slug": entry.slug, "text": "", "easy_text": ""}
    old = Document.from_data({**data, "nodes": [{**node, **texts}]})

    assert sentence(compare(old, themes("A")), "Alt", "Neu") == (
        "„Neu“ sagt dasselbe wie „Alt“; nur einige Kennungen sind andere."
    )
