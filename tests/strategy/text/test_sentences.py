"""Leichte Sprache has a sentence a line; what only looks like the end of a sentence is none."""

import pytest

from strategy.text.markdown import to_html, to_text
from strategy.text.sentences import sentence_by_line


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Das ist gut. Alle machen mit! Auch Kinder?", ["Das ist gut.", "Alle machen mit!", "Auch Kinder?"]),
        ("Das gilt bis 2030. Danach nicht.", ["Das gilt bis 2030.", "Danach nicht."]),
        ("Am 3. Mai ist es so weit.", ["Am 3. Mai ist es so weit."]),
        ("Es gibt z. B. Bäume, Nr. 5 und ca. 3 Teiche.", ["Es gibt z. B. Bäume, Nr. 5 und ca. 3 Teiche."]),
        ("Es kostet 1.000 Euro. Siehe www.herne.de.", ["Es kostet 1.000 Euro.", "Siehe www.herne.de."]),
        ("Er sagt: „Ja.“ Dann geht er. (Nach Hause.)", ["Er sagt: „Ja.“", "Dann geht er.", "(Nach Hause.)"]),
        ("Eins.\nZwei. Drei", ["Eins.", "Zwei.", "Drei"]),
        ("Das geht\nweiter. Ja.", ["Das geht", "weiter.", "Ja."]),
        ("**Eins. Zwei.** Drei.", ["Eins.", "Zwei.", "Drei."]),
    ],
)
def test_sentence_by_line(text: str, lines: list[str]) -> None:
    assert to_text(sentence_by_line(text)).split("\n") == lines


@pytest.mark.parametrize(
    ("rule", "others"),
    [
        (1, ["<blockquote>\n<p>Fünf.<br>\nSechs.</p>", "<ol>\n<li>Sieben.<br>\nAcht.</li>"]),
        (2, ["<p>&gt; Fünf.<br>\nSechs.</p>", "<ol>\n<li>Sieben.<br>\nAcht.</li>\n<li>Neun.</li>"]),
    ],
)
def test_lists_and_quotes_stay_what_their_rule_makes_of_them(rule: int, others: list[str]) -> None:
    text = "Eins.\n- Zwei. Drei.\n- Vier.\n\n> Fünf. Sechs.\n\n1. Sieben. Acht.\n2. Neun."

    html = to_html(sentence_by_line(text, rule), rule)

    assert [each for each in ["<li>Zwei.<br>\nDrei.</li>\n<li>Vier.</li>", *others] if each not in html] == []


@pytest.mark.parametrize(
    "text", ["", "Eins", "a. b. c.", "| Eins. Zwei | Drei. Vier |\n|---|---|", "## Was? Wer?\n\nWir."]
)
def test_what_has_nothing_to_break_stays_as_it_is(text: str) -> None:
    assert sentence_by_line(text) == text


def test_letters_are_all_kept() -> None:
    text = "Eins. Zwei! „Drei?“ *Vier.* 5. Sechs\n\n- Sieben. Acht.\n"

    assert sentence_by_line(text, 1).replace("\\\n", " ") == text
    assert sentence_by_line(text, 2).split() == text.split()
