"""An edition looks as it was frozen; the working tree, and what is frozen from now on, as it was typed."""

import re

import pytest
from hypothesis import given, settings

from printing.pdf.blocks import whole
from strategy.document.comparison import compare
from strategy.document.data import text_rule_of
from strategy.document.document import Document
from strategy.editions.edition_json import edition_json
from strategy.presentation.change_views import change_views
from strategy.presentation.side_by_side import read_view
from strategy.text.markdown import to_tree
from strategy.tree.content import COMMON
from tests.strategy.document.plain_trees import tree_data
from tests.strategy.text.typed import solid, texts, typed, typed_for

TYPED = "Stand: &amp;\nbis\n\n3. Quartal\n\n> 65 Jahre"
TEXT = next(field for field in COMMON if field.name == "text").declared


def document(text: str, format_: int) -> Document:
    """A chapter that says this, in an edition of this format."""
    data = tree_data("chapter A", A={"text": text, "slug": "a"})
    return Document.from_data(data if format_ == 1 else edition_json(data["meta"], data["nodes"]))


@pytest.mark.parametrize(("format_", "rule"), [(1, 1), (2, 2), (3, 2)])
def test_format_tells_the_rule(format_: int, rule: int):
    assert text_rule_of({"format": format_}) == rule


def test_edition_of_format_1_looks_as_it_was_frozen():
    entry = document(TYPED, 1).by_uid["A"]

    assert entry.text_html == (
        '<p>Stand: &amp;\nbis</p>\n<ol start="3">\n<li>Quartal</li>\n</ol>\n'
        "<blockquote>\n<p>65 Jahre</p>\n</blockquote>\n"
    )
    (block,) = whole(document(TYPED, 1), [entry], has_contents=False)
    assert {"is": "rich", "of": to_tree(TYPED, 1)} in block["of"]


def test_what_follows_rule_2_looks_as_it_was_typed_also_with_live_data_over_it():
    for each in (document(TYPED, 2), document(TYPED, 2).overlaid({})):
        entry = each.by_uid["A"]
        assert entry.text_html == (
            "<p>Stand: &amp;amp;<br>\nbis</p>\n<p>3. Quartal</p>\n<p>&gt; 65 Jahre</p>\n"
        )
        (block,) = whole(each, [entry], has_contents=False)
        assert {"is": "rich", "of": to_tree(TYPED, 2)} in block["of"]


def test_same_text_under_two_rules_is_no_change():
    assert compare(document(TYPED, 1), document(TYPED, 2)).is_empty


def test_only_what_was_typed_otherwise_is_marked_where_the_rules_differ():
    (change,) = change_views(compare(document(TYPED, 1), document(f"{TYPED} und mehr", 2)))

    (field,) = change.fields
    assert [(piece.kind, piece.text) for piece in field.pieces if piece.kind != "same"] == [
        ("added", " und mehr")
    ]
    assert "> 65 Jahre" in field.pieces[0].text


def test_two_editions_frozen_under_rule_1_are_compared_by_it():
    (change,) = change_views(compare(document("> Zwei", 1), document("> Drei", 1)))

    assert [piece.text for piece in change.fields[0].pieces] == ["Zwei", "Drei"]


@settings(max_examples=80, deadline=None)
@given(texts, texts)
def test_synopse_says_what_was_typed_on_both_sides(old: str, new: str):
    view = read_view(TEXT, [old], [new])

    for text, other in ((old, "added"), (new, "removed")):
        said = solid("".join(piece.text for piece in view.pieces if piece.kind != other))
        assert _signs(said) in (_signs(typed(text)), _signs(_unmarked(text)))


def _unmarked(text: str) -> str:
    """What was typed, without the marks of emphasis and links."""
    return typed_for(_bare(to_tree(text)))


def _bare(tree):
    bare = []
    for node in tree:
        if isinstance(node, str):
            bare.append(node)
        else:
            is_mark = node["is"] in ("em", "strong", "a")
            bare += _bare(node["of"]) if is_mark else [{**node, "of": _bare(node["of"])}]
    return bare


def _signs(text: str) -> str:
    """Marks of entries and lines of tables look otherwise in words; an address is said where both sides have others."""
    without = re.sub(r"[|•–-]+", "", solid(text))
    return re.sub(r"\(https://(?:herne\.de/ä_\(b\)|a\.de)\)", "", without)
