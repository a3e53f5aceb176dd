"""Text rule 2: what is typed is what stands there, less the marks that the guide teaches."""

import re
import time
from html import unescape

import pytest
from hypothesis import given, settings

from strategy.text.markdown import LONGEST_ADDRESS, addresses, page_to_html, to_html, to_text, to_tree
from tests.strategy.text.test_markdown import ATTACKS
from tests.strategy.text.test_markdown_tree import kinds
from tests.strategy.text.typed import solid, texts, typed, typed_for

AS_TYPED = [
    "1. Januar 2026",
    "15. März 2026\nbis\n31. Dezember",
    "3. Quartal",
    "2. eins\n3. zwei",
    "1. eins\n3. drei",
    "01. eins\n02. zwei",
    "1) eins\n2) zwei",
    "Bürger*innen und Besucher*innen",
    r"\*kein Stern\* und \**auch nicht\**",
    "die *innen, die *außen",
    "2*3*4 und 2 * 3 * 4",
    "(*) geschätzt, (*) gerundet, 5 %*",
    "*) geschätzt, 100 %*",
    "snake_case_name und _Titel_",
    "> 65 Jahre",
    "[Ziel]: Klimaneutralität",
    "[Ziel]: https://herne.de",
    "+ 3 Stellen",
    "* Quelle: Stadt Herne",
    "Ziele:\n• Luft\n• Wasser",
    "-5 °C\n-",
    "# 1\n## 2\nTitel\n=====\n---\n***",
    "    eingerückt\n```\n`Code`",
    "&#x202E; &shy; &#128512; &amp; &lt;b&gt;",
    "C:\\neu\\ Ende\\",
    "<https://herne.de> <b>fett</b> <!-- -->",
    "[x](ftp://herne.de) [x](javascript:alert) [](https://herne.de) [x][1]",
    '[x](https://herne.de "Titel") [x](<https://herne.de>)',
    "| A | B |\n| 1 | 2 |",
    "A | B\n--- | ---\n1 | 2",
]


@pytest.mark.parametrize("text", AS_TYPED)
def test_what_is_no_markup_stands_as_typed(text: str):
    assert solid(to_text(text)) == solid(text)
    assert solid(unescape(re.sub(r"<[^>]+>", "", to_html(text)))) == solid(text)
    assert {*kinds(to_tree(text))} <= {"p", "br"}


@settings(max_examples=250, deadline=None)
@given(texts)
def test_every_letter_and_sign_that_is_no_mark_is_shown_in_its_place(text: str):
    tree = to_tree(text)

    assert typed_for(tree) == typed(text)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_page_says_what_paper_says(text: str):
    words = unescape(re.sub(r"<[^>]+>", "", to_html(text)))

    assert solid(words) == solid("".join(_leaves(to_tree(text))))


def _leaves(tree):
    for node in tree:
        yield from [node] if isinstance(node, str) else _leaves(node["of"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**fett**, *kursiv*, „*Zitat*“, **Ziel:** so", ["p", "strong", "em", "em", "strong"]),
        ("- eins\n- zwei", ["ul", "li", "p", "li", "p"]),
        ("- eins\n  - darin\n\n  noch eins\ndanach", ["ul", "li", "p", "ul", "li", "p", "p", "p"]),
        ("Drei Ziele:\n1. eins\n2. zwei\n   weiter", ["p", "ol", "li", "p", "li", "p", "br"]),
        ("1. eins\n2. zwei\n\n1. noch eins\n2. noch zwei", ["ol", "li", "p", "li", "p"] * 2),
        ("1. eins\n2. zwei\n4. vier", ["ol", "li", "p", "li", "p", "p"]),
        ("- - 5 °C\n- 1. Januar", ["ul", "li", "p", "li", "p"]),
        ("eins\nzwei  \ndrei", ["p", "br", "br"]),
        ("[**x**](https://herne.de) [y](mailto:a@herne.de)", ["p", "a", "strong", "a"]),
        (
            "| A | B |\n|:--|---|\n| 1 |   |\n| 1 | 2 | 3 |",
            ["table", *["row", "head", "head"], *["row", "cell", "cell"], "p"],
        ),
    ],
)
def test_markup_is_what_the_guide_teaches(text: str, found: list[str]):
    assert kinds(to_tree(text)) == found


def test_line_end_is_a_line_end_on_page_and_paper():
    assert to_html("eins\nzwei") == "<p>eins<br>\nzwei</p>\n"
    assert to_text("eins\nzwei") == "eins\nzwei"


def test_lists_go_no_deeper_than_paper_sets_them():
    text = "\n".join(f"{'  ' * depth}- {depth}" for depth in range(40))

    assert kinds(to_tree(text)).count("ul") == 6
    assert typed_for(to_tree(text)) == solid(text)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("*a " * 3000 + "a* " * 3000, "em"), ("*" * 9000 + "a" + "*" * 9000, "strong")],
    ids=["kursiv", "fett"],
)
def test_emphasis_goes_no_deeper_than_paper_sets_it(text: str, mark: str):
    tree = to_tree(text)

    assert kinds(tree).count(mark) == 6
    assert typed_for(tree) == typed(text)
    assert to_html(text).count(f"<{mark}>") == to_html(text).count(f"</{mark}>") == 6


@pytest.mark.parametrize(("length", "is_link"), [(LONGEST_ADDRESS, True), (LONGEST_ADDRESS + 1, False)])
def test_link_with_an_address_that_is_too_long_stands_as_typed(length: int, *, is_link: bool):
    text = f"Siehe [Plan]({'https://herne.de/'.ljust(length, 'x')})."

    assert ("a" in kinds(to_tree(text))) is is_link
    assert typed_for(to_tree(text)) == solid(text)
    assert is_link or solid(to_text(text)) == solid(text)


def test_address_leads_where_it_was_typed_and_is_said_as_typed():
    text = "[Plan](https://herne.de/grün?a=1&amp;b=(2))"

    assert 'href="https://herne.de/gr%C3%BCn?a=1&amp;amp;b=(2)"' in to_html(text)
    assert addresses(text) == ["https://herne.de/grün?a=1&amp;b=(2)"]
    assert to_text(text, with_addresses=True) == "Plan (https://herne.de/grün?a=1&amp;b=(2))"


def test_link_within_the_portal_is_one_on_the_page_and_words_on_paper():
    assert '<a href="/massnahmen/">alle</a>' in to_html("[alle](/massnahmen/)")
    assert to_tree("[alle](/massnahmen/)") == [{"is": "p", "of": ["alle"]}]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_stands_as_typed_or_is_a_link_to_the_web(attack: str):
    assert typed_for(to_tree(attack)) == typed(attack)
    assert all(each.startswith("https://") for each in addresses(attack))


@pytest.mark.parametrize(
    "part",
    ["1. a\n", "1. a\n2. b\n", "|a|\n|---|\n", "[", "*", "*a ", "**a* ", "[x](", "- - ", "|", "1. ", "(*"],
)
def test_longest_text_is_read_in_a_moment(part: str):
    text = (part * 20_000)[:20_000]
    begun = time.process_time()

    tree = to_tree(text)

    assert time.process_time() - begun < 5
    assert typed_for(tree) == typed(text)


def test_legal_page_keeps_headings_and_line_ends():
    assert page_to_html("## Anbieter\nStadt\nHerne\n### Am 1.\n#### Tief") == (
        "<h2>Anbieter</h2>\n<p>Stadt<br>\nHerne</p>\n<h3>Am 1.</h3>\n<p>#### Tief</p>\n"
    )
