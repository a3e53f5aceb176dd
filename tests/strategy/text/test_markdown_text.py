"""A text of rule 1 in words, without the marks of Markdown."""

from functools import partial

import pytest

from strategy.text import markdown

to_text, addresses = partial(markdown.to_text, rule=1), partial(markdown.addresses, rule=1)

LINK = "Mehr [dazu](https://example.org/a) hier."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ein **Garten** und *ein* Weg.", "Ein Garten und ein Weg."),
        ("Eins.\n\nZwei.", "Eins.\n\nZwei."),
        ("Eins\nnoch eins", "Eins noch eins"),
        ("Eins\\\nzwei", "Eins\nzwei"),
        ("- eins\n- zwei\n\nDanach.", "• eins\n• zwei\n\nDanach."),
        ("- eins\n\n- zwei", "• eins\n• zwei"),
        ("- eins\n  - darin\n- zwei", "• eins\n– darin\n• zwei"),
        ("3. drei\n4. vier", "3. drei\n4. vier"),
        ("> Gesagt.", "Gesagt."),
        ("Vorher.\n\n| A | B |\n|---|---|\n| 1 | 2 |", "Vorher.\n\nA | B\n1 | 2"),
        (LINK, "Mehr dazu hier."),
        ("2 * 3 * 4 _und_ \\*", "2 * 3 * 4 und *"),
        ("", ""),
    ],
)
def test_marks_are_left_out(text: str, words: str):
    assert to_text(text) == words


def test_address_of_a_link_is_said_where_it_is_asked_for():
    assert to_text(LINK, with_addresses=True) == "Mehr dazu (https://example.org/a) hier."
    assert to_text("<https://example.org/>", with_addresses=True) == "https://example.org/"


def test_addresses_are_those_of_all_links():
    assert addresses(f"- {LINK}\n\n**[b](mailto:b@example.org)**") == [
        "https://example.org/a",
        "mailto:b@example.org",
    ]
