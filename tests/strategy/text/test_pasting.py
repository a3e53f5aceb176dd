"""What is pasted from Word, PDF and mail is replaced by the table that the guide shows."""

import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from strategy.text.pasting import REPLACEMENTS, cleaned
from strategy.text.rules import RANGES, clean_text

FROM_WORD = (
    "\uf0b7\tMaß\u00adnahme\u2028\uf0b7\t10\u202f000\u00a0€ Förder\u2011mittel\u200b, \ufb01nanziert\ufeff"
)


def test_what_word_brings_along_is_replaced():
    clean = cleaned(FROM_WORD)

    assert clean.text == "• Maßnahme\n• 10\u00a0000\u00a0€ Förder-mittel, finanziert"
    assert clean_text(clean.text) == clean.text
    assert str(clean) == (
        "2 × Aufzählungszeichen durch „•“ ersetzt, 2 × Tabulator durch ein Leerzeichen ersetzt, "
        "1 × weiches Trennzeichen entfernt, 1 × Zeilentrenner durch ein Zeilenende ersetzt, "
        "1 × schmales geschütztes Leerzeichen durch ein geschütztes Leerzeichen ersetzt, "
        "1 × besonderer Bindestrich durch „-“ ersetzt, 2 × Zeichen ohne Breite entfernt, "
        "1 × Ligatur fi durch „fi“ ersetzt"
    )


def test_line_ends_become_spaces_in_one_line_alone():
    assert cleaned("Ziel\r\nzwei\u2029drei", one_line=True).text == "Ziel zwei drei"
    assert cleaned("Ziel\r\nzwei\u2029drei").text == "Ziel\nzwei\n\ndrei"
    assert not cleaned("Ziel\r\nzwei").done


@pytest.mark.parametrize("text", ["", "„Grün“ – 10\u00a0%\n\n- a • b", "🌳", "日本"])
def test_what_is_allowed_and_what_is_not_in_the_table_stays(text: str):
    assert (cleaned(text).text, dict(cleaned(text).done)) == (text, {})


@given(st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF)))
def test_cleaning_twice_changes_nothing_more_and_takes_no_letter(text: str):
    clean = cleaned(text).text

    assert cleaned(clean).text == clean
    allowed = {chr(code) for first, last in RANGES for code in range(first, last + 1)}
    assert _is_within([char for char in text if char in allowed], clean)


def _is_within(kept: list[str], text: str) -> bool:
    """Whether all that was kept stands in the text, in its order."""
    rest = iter(text)
    return all(char in rest for char in kept)


def test_table_holds_only_what_is_refused_and_gives_only_what_is_allowed():
    allowed = {"\n"} | {chr(code) for first, last in RANGES for code in range(first, last + 1)}
    characters = [char for each in REPLACEMENTS for char in each.characters]

    assert not allowed & set(characters)
    assert len(characters) == len(set(characters))
    assert allowed.issuperset("".join(each.by + (each.in_one_line or "") for each in REPLACEMENTS))


def test_guide_shows_the_table():
    guide = (settings.BASE_DIR / "docs/redaktion.md").read_text()
    rows = re.findall(r"^\| ([^|]+) \| (U\+[^|]+) \|", guide, re.MULTILINE)

    assert [(name, codes.replace("U+", "").replace("–", "-").replace(",", "")) for name, codes in rows] == [
        (each.name, each.codes) for each in REPLACEMENTS
    ]
