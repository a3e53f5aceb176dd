"""The text rules: what is kept, what is made alike, what is refused in which words."""

from pathlib import Path

import fontpkg_fira_sans
import pytest
from fontTools.ttLib import TTFont

from strategy.text.rules import MAX_LENGTH, RANGES, TextError, clean_text

GERMAN = "„Grün“ – Äpfel, Öl & Straße: 10 % (1.000 €) …\n\n- ½ m², H₂O, 20 °C → ≥ 3 ‚Ziele‘\n"


def refusal(text: str, **options: object) -> str:
    with pytest.raises(TextError) as caught:
        clean_text(text, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_german_text_stays_as_it_is():
    assert clean_text(GERMAN) == GERMAN


def test_empty_text_stays_empty():
    assert clean_text("") == ""


def test_decomposed_umlauts_are_composed():
    assert clean_text("Bu\u0308rger, Scho\u0308nes A\u030a") == "Bürger, Schönes Å"


def test_line_ends_become_line_feeds():
    assert clean_text("eins\r\nzwei\rdrei\nvier") == "eins\nzwei\ndrei\nvier"


@pytest.mark.parametrize(
    ("text", "place", "character"),
    [
        ("Mehr Grün 🌳!", "Zeile 1, Zeichen 11", "„🌳“ (U+1F333)"),
        ("a\nbc\x07", "Zeile 2, Zeichen 3", "(U+0007, Steuerzeichen)"),
        ("\x00", "Zeile 1, Zeichen 1", "(U+0000, Nullzeichen)"),
        ("Stand\tZiel", "Zeile 1, Zeichen 6", "(U+0009, Tabulator)"),
        ("a\r\n\r\nZu \u202eleiZ", "Zeile 3, Zeichen 4", "(U+202E, Umkehr der Schreibrichtung)"),
        ("\ufeffZiel", "Zeile 1, Zeichen 1", "(U+FEFF, Bytereihenfolge-Marke)"),
        ("Maß\u00adnahme", "Zeile 1, Zeichen 4", "(U+00AD, weiches Trennzeichen)"),
        ("10\u202f000", "Zeile 1, Zeichen 3", "(U+202F, schmales geschütztes Leerzeichen)"),
        ("☎", "Zeile 1, Zeichen 1", "„☎“ (U+260E)"),
        ("u\u0308\ufe0f", "Zeile 1, Zeichen 2", "(U+FE0F, Emoji-Kennzeichen)"),
        ("日", "Zeile 1, Zeichen 1", "„日“ (U+65E5)"),
        ("x\ud800", "Zeile 1, Zeichen 2", "(U+D800, Steuerzeichen)"),
    ],
)
def test_refusal_names_character_and_place(text: str, place: str, character: str):
    message = refusal(text)

    assert message == (
        f"{place}: Das Zeichen {character} ist nicht erlaubt, weil es im Druck nicht gesetzt werden kann. "
        "Bitte löschen oder ersetzen Sie das Zeichen."
    )


def test_refusal_names_all_at_once():
    assert refusal("gut\n🌳\tso\u00ad\t, \t-\t-\t") == (
        "Diese Zeichen sind nicht erlaubt, weil sie im Druck nicht gesetzt werden können: "
        "„🌳“ (U+1F333): Zeile 2, Zeichen 1; "
        "(U+0009, Tabulator): Zeile 2, Zeichen 2 / Zeile 2, Zeichen 6 / Zeile 2, Zeichen 9 und 2 weitere Stellen; "
        "(U+00AD, weiches Trennzeichen): Zeile 2, Zeichen 5. Bitte löschen oder ersetzen Sie die Zeichen."
    )


def test_refusal_of_many_different_characters_names_the_first():
    assert "„丗“ (U+4E17)" not in (message := refusal("".join(chr(0x4E00 + n) for n in range(24))))
    assert "„三“ (U+4E09): Zeile 1, Zeichen 10;" in message and "; und 4 weitere. Bitte" in message


def test_refusal_of_a_line_break_names_other_characters_too():
    assert refusal("Ziel\nzw\u00adei", one_line=True) == (
        "Zeile 1, Zeichen 5: Hier ist kein Zeilenumbruch möglich. Bitte schreiben Sie den Text in eine Zeile. "
        "Nicht erlaubt sind auch: (U+00AD, weiches Trennzeichen): Zeile 2, Zeichen 3."
    )


def test_length_at_the_limit_is_accepted():
    assert len(clean_text("ä" * MAX_LENGTH)) == MAX_LENGTH == 20_000


def test_length_beyond_the_limit_is_refused_with_both_numbers():
    assert refusal("ä" * 20_001) == (
        "Der Text hat 20.001 Zeichen; erlaubt sind höchstens 20.000. Bitte kürzen Sie ihn."
    )


def test_length_is_counted_after_composing():
    assert clean_text("u\u0308" * 3, max_length=3) == "üüü"
    assert refusal("üüüü", max_length=3).startswith("Der Text hat 4 Zeichen; erlaubt sind höchstens 3.")


def test_line_break_in_one_line_is_refused():
    assert refusal("Ziel\r\nzwei", one_line=True) == (
        "Zeile 1, Zeichen 5: Hier ist kein Zeilenumbruch möglich. Bitte schreiben Sie den Text in eine Zeile."
    )


def test_one_line_keeps_what_a_text_keeps():
    assert clean_text("„Grün“ – Straße", one_line=True) == "„Grün“ – Straße"


def test_print_font_can_set_every_allowed_character():
    fonts = sorted(Path(fontpkg_fira_sans.__file__).parent.glob("files/FiraSans-*.ttf"))
    allowed = {code for first, last in RANGES for code in range(first, last + 1)}

    missing = {font.name: allowed - set(TTFont(font).getBestCmap()) for font in fonts}

    assert len(fonts) >= 4
    assert {name: codes for name, codes in missing.items() if codes} == {}
