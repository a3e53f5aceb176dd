"""A text of rule 1 as a tree for print says what it says as HTML."""

import re
from functools import partial
from html import unescape
from typing import Any

import pytest

from strategy.text import markdown
from strategy.text.markdown import LONGEST_ADDRESS
from tests.strategy.text.test_markdown import ATTACKS

to_html, to_tree = partial(markdown.to_html, rule=1), partial(markdown.to_tree, rule=1)


def said(tree: list[Any]) -> str:
    """Every word of a tree."""
    return "".join(each if isinstance(each, str) else said(each["of"]) + " " for each in tree)


def kinds(tree: list[Any]) -> list[str]:
    """What the nodes of a tree are, in order."""
    return [name for each in tree if isinstance(each, dict) for name in (each["is"], *kinds(each["of"]))]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("length", "is_link"),
    [(LONGEST_ADDRESS, True), (LONGEST_ADDRESS + 1, False), (9000, False)],
)
def test_link_with_an_address_that_is_too_long_is_text(length: int, *, is_link: bool):
    address = "https://example.org/".ljust(length, "x")
    text = f"Siehe [Plan]({address})."

    assert ("a" in kinds(to_tree(text))) is is_link
    assert (f'<a href="{address}">' in to_html(text)) is is_link
    assert plain(said(to_tree(text))) == "SiehePlan."
    assert plain(re.sub(r"<[^>]+>", "", to_html(text))) == "SiehePlan."


def test_each_kind_of_node():
    text = (
        "Ein *b* **c** [d](https://example.org/)\\\nneu\n\n3. e\n   - f\n\n"
        "> g\n\n| h | i |\n|---|---|\n| j | k |"
    )

    tree = to_tree(text)

    assert tree == [
        {
            "is": "p",
            "of": [
                "Ein ",
                {"is": "em", "of": ["b"]},
                " ",
                {"is": "strong", "of": ["c"]},
                " ",
                {"is": "a", "of": ["d"], "href": "https://example.org/"},
                {"is": "br", "of": []},
                "neu",
            ],
        },
        {
            "is": "ol",
            "start": 3,
            "of": [
                {
                    "is": "li",
                    "of": [
                        {"is": "p", "of": ["e"]},
                        {"is": "ul", "of": [{"is": "li", "of": [{"is": "p", "of": ["f"]}]}]},
                    ],
                }
            ],
        },
        {"is": "quote", "of": [{"is": "p", "of": ["g"]}]},
        {
            "is": "table",
            "of": [
                {"is": "row", "of": [{"is": "head", "of": ["h"]}, {"is": "head", "of": ["i"]}]},
                {"is": "row", "of": [{"is": "cell", "of": ["j"]}, {"is": "cell", "of": ["k"]}]},
            ],
        },
    ]


def test_empty_text_is_an_empty_tree():
    assert to_tree("") == []


def test_line_end_is_a_space():
    assert to_tree("eins\nzwei") == [{"is": "p", "of": ["eins", " ", "zwei"]}]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[x](https://example.org/)", ["p", "a"]),
        ("[x](mailto:a@example.org)", ["p", "a"]),
        ("[x](HTTP://example.org/)", ["p", "a"]),
        ("[x](ftp://example.org/)", ["p"]),
        ("[x](/massnahmen/)", ["p"]),
        ("[x](javascript:alert(1))", ["p"]),
        ("# Titel", ["p"]),
        ("***", []),
        ("`x`", ["p"]),
    ],
)
def test_links_that_lead_somewhere_and_nothing_that_html_lacks(text: str, found: list[str]):
    assert kinds(to_tree(text)) == found


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_words(attack: str):
    tree = to_tree(attack)

    assert plain(said(tree)) == plain(unescape(re.sub(r"<[^>]+>", "", to_html(attack))))
    assert "a" not in kinds(tree) or "https://example.org" in str(tree)
