"""Marks between two texts: both can be read from them, word for word."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy.document.words import Piece, counted_marks, line_marks, marks

WORDS = ["Die", "Stadt", "und", "baut", "Räume", "1.000", "2030", "Bürger*innen", "z. B.", "**fett**", "–"]
GAPS = [" ", "  ", "\n", "\n\n", "\n- ", ". ", ", ", ".", ""]
texts = st.lists(st.sampled_from(WORDS + GAPS), max_size=60).map("".join) | st.text(max_size=60)
SIGNS = {"same": "{}", "removed": "[-{}]", "added": "[+{}]"}


def shown(old: str, new: str) -> str:
    return "".join(SIGNS[piece.kind].format(piece.text) for piece in marks(old, new))


def joined(pieces: list[Piece], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@settings(max_examples=500, deadline=None)
@given(texts, texts)
def test_both_texts_can_be_read_from_the_marks(old: str, new: str) -> None:
    pieces = marks(old, new)

    assert joined(pieces, "same", "removed") == old
    assert joined(pieces, "same", "added") == new


@settings(max_examples=500, deadline=None)
@given(texts, texts)
def test_pieces_are_whole(old: str, new: str) -> None:
    """None is empty, none stands beside another of its kind, and no mere space stands between two changes."""
    pieces = marks(old, new)

    kinds = [piece.kind for piece in pieces]
    assert all(piece.text for piece in pieces)
    assert not [pair for pair in pairwise(kinds) if pair[0] == pair[1] or pair == ("added", "removed")]
    assert all(piece.text.strip() for piece in pieces[1:-1] if piece.kind == "same")


@settings(deadline=None)
@given(texts)
def test_same_text_is_one_piece(text: str) -> None:
    assert marks(text, text) == ([Piece("same", text)] if text else [])


@settings(deadline=None)
@given(texts.filter(bool))
def test_text_from_nothing_is_added_and_to_nothing_removed(text: str) -> None:
    assert marks("", text) == [Piece("added", text)]
    assert marks(text, "") == [Piece("removed", text)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b", "c d", "[-a b][+c d]"),
        ("eins zwei drei", "eins drei", "eins [-zwei ]drei"),
        ("eins drei", "eins zwei drei", "eins [+zwei ]drei"),
        ("Schule", "Schule und Kita", "Schule[+ und Kita]"),
        ("Schule.", "Schule!", "Schule[-.][+!]"),
        ("10 Räder", "12 Räder", "[-10][+12] Räder"),
        ("1.000 Bäume", "2.000 Bäume", "[-1.000][+2.000] Bäume"),
        ("12,5 %", "12,75 %", "[-12,5][+12,75] %"),
        ("für Bürger da", "für Bürger*innen da", "für Bürger[+*innen] da"),
        ("Grünfläche", "Grünflächen", "[-Grünfläche][+Grünflächen]"),
        ("ein **Ziel**", "ein Ziel", "ein [-**]Ziel[-**]"),
        ("alte Schule saniert", "neue Schule gebaut", "[-alte][+neue] Schule [-saniert][+gebaut]"),
        ("A  B", "A B", "A[- ] B"),
        ("a\n \nb", "c\n \nd", "[-a\n \nb][+c\n \nd]"),
        ("\n\na", "\n\nb", "\n\n[-a][+b]"),
    ],
)
def test_words_are_marked(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Radwege und Plätze", "Straßen und Brücken", "[-Radwege und Plätze][+Straßen und Brücken]"),
        ("Räder, Busse", "Autos, Bahnen", "[-Räder, Busse][+Autos, Bahnen]"),
        ("rot und blau", "grün und gelb", "[-rot][+grün] und [-blau][+gelb]"),
        ("die Stadt", "heute die große Stadt", "[+heute ]die [+große ]Stadt"),
        ("heute die große Stadt", "die Stadt", "[-heute ]die [-große ]Stadt"),
        ("Radwege in der Stadt", "Straßen in der Mitte", "[-Radwege][+Straßen] in der [-Stadt][+Mitte]"),
    ],
)
def test_little_word_between_two_larger_replacements_is_part_of_them(
    old: str, new: str, expected: str
) -> None:
    assert shown(old, new) == expected


def test_new_sentence_is_marked_as_a_whole() -> None:
    old = "Die Stadt baut. Die Stadt plant."

    assert shown(old, "Die Stadt baut. Die Stadt fördert. Die Stadt plant.") == (
        "Die Stadt baut. [+Die Stadt fördert. ]Die Stadt plant."
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "Die Stadt plant.",
            "Die Stadt baut. Die Stadt plant neu.",
            "[+Die Stadt baut. ]Die Stadt plant[+ neu].",
        ),
        (
            "Die Stadt baut. Die Stadt plant neu.",
            "Die Stadt plant.",
            "[-Die Stadt baut. ]Die Stadt plant[- neu].",
        ),
        (
            "Ja. Die Stadt plant.",
            "Nein. Die Stadt baut. Die Stadt plant neu.",
            "[-Ja][+Nein]. [+Die Stadt baut. ]Die Stadt plant[+ neu].",
        ),
        (
            "Die alte Stadt plant.",
            "Die Stadt plant, die alte Stadt plant.",
            "Die [+Stadt plant, die ]alte Stadt plant.",
        ),
        (
            "Alt die Stadt plant heute",
            "Neu die Stadt baut. die Stadt plant morgen",
            "[-Alt][+Neu] die Stadt [+baut. die Stadt ]plant [-heute][+morgen]",
        ),
        ("A. B x.", "A. B y. A. B x z.", "[+A. B y. ]A. B x[+ z]."),
        ("Ja, A. B x.", "Ja, A. B y. A. B x z.", "Ja, A. [+B y. A. ]B x[+ z]."),
        ("Ja, A. B. C x.", "Ja, A. B. C y. A. B. C x z.", "Ja, A. B. [+C y. A. B. ]C x[+ z]."),
        ("A. C.", "A. B. A. C.", "A. [+B. A. ]C."),
        ("Ja.\nA. B x.", "Ja.\nA. B y.\nA. B x z.", "Ja.\n[+A. B y.\n]A. B x[+ z]."),
    ],
)
def test_change_begins_with_a_sentence_where_it_can(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_sentences_are_matched_before_words() -> None:
    old = "Die Stadt baut Wege. Die Stadt pflegt Wege."

    assert shown(old, "Die Stadt pflegt Wege. Die Stadt sperrt Wege.") == (
        "[-Die Stadt baut Wege. ]Die Stadt pflegt Wege.[+ Die Stadt sperrt Wege.]"
    )


def test_sentences_are_matched_across_paragraphs() -> None:
    old = "Ja. Die Stadt baut Wege.\n\nDie Stadt pflegt Wege. Immer."
    new = "Nein. Die Stadt pflegt Wege.\n\nDie Stadt sperrt Wege. Nie."

    assert shown(old, new) == (
        "[-Ja. Die Stadt baut Wege][+Nein].[-\n\n][+ ]Die Stadt pflegt Wege."
        "[- Immer][+\n\nDie Stadt sperrt Wege. Nie]."
    )


def test_paragraphs_are_matched_before_sentences() -> None:
    old = "Es wird gebaut. Die Stadt zahlt. Das Land hilft.\n\nEs wird geplant. Die Stadt zahlt. Das Land hilft."
    new = "Es wird geplant. Die Stadt zahlt. Das Land hilft.\n\nEs wird gespart. Die Stadt zahlt. Das Land hilft."

    assert shown(old, new) == (
        "[-Es wird gebaut. Die Stadt zahlt. Das Land hilft.\n\n]Es wird geplant. Die Stadt zahlt. Das Land hilft."
        "[+\n\nEs wird gespart. Die Stadt zahlt. Das Land hilft.]"
    )


def test_new_paragraph_is_marked_as_a_whole() -> None:
    old = "Die Stadt baut.\n\nDie Stadt plant Wege."

    assert shown(old, "Die Stadt baut.\n\nDie Stadt fördert.\n\nDie Stadt plant Räume.") == (
        "Die Stadt baut.\n\n[+Die Stadt fördert.\n\n]Die Stadt plant [-Wege][+Räume]."
    )


def test_new_line_of_a_list_is_marked_as_a_whole() -> None:
    assert shown("- Bus\n- Rad", "- Bus\n- Bahn\n- Rad\n- Fuß") == "- Bus\n[+- Bahn\n]- Rad[+\n- Fuß]"


def test_space_behind_a_change_belongs_to_what_follows() -> None:
    assert marks("Die alte Stadt", "Die neue Stadt") == [
        Piece("same", "Die "),
        Piece("removed", "alte"),
        Piece("added", "neue"),
        Piece("same", " Stadt"),
    ]


def test_words_are_found_where_every_sentence_of_a_long_text_differs() -> None:
    old = " ".join(f"Der Bürger {n} geht zur Wahl {n}." for n in range(600))

    pieces = marks(old, old.replace("Der Bürger", "Die Bürgerin"))

    assert len(old) > 19_000
    assert joined(pieces, "removed") == "Der Bürger" * 600
    assert joined(pieces, "added") == "Die Bürgerin" * 600


def test_text_of_a_single_word_again_and_again_is_compared_at_once() -> None:
    old, new = "a b " * 5000, "b a b " * 3300

    pieces = marks(old, new)

    assert joined(pieces, "same", "removed") == old
    assert joined(pieces, "same", "added") == new


def test_lines_are_marked_one_by_one() -> None:
    assert line_marks(["A", "B", "C"], ["A", "N", "C", "D"]) == [
        Piece("same", "A"),
        Piece("removed", "B"),
        Piece("added", "N"),
        Piece("same", "C"),
        Piece("added", "D"),
    ]


@settings(deadline=None)
@given(st.lists(st.sampled_from("ABCD"), max_size=12), st.lists(st.sampled_from("ABCD"), max_size=12))
def test_both_lists_can_be_read_from_the_marks(old: list[str], new: list[str]) -> None:
    pieces = line_marks(old, new)

    assert [piece.text for piece in pieces if piece.kind != "added"] == old
    assert [piece.text for piece in pieces if piece.kind != "removed"] == new


_COUNT = re.compile(r"#(\d+\. )")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("ABCDE"), max_size=6), st.lists(st.sampled_from("ABCDE"), max_size=6))
def test_numbers_that_only_count_are_on_their_sides_and_never_marked(old: list[str], new: list[str]) -> None:
    texts = ["\n".join(f"#{n}. {each}" for n, each in enumerate(entries, 1)) for entries in (old, new)]

    pieces = counted_marks(*texts, _COUNT)

    assert "".join(each.text for each in pieces if each.is_old) == texts[0].replace("#", "")
    assert "".join(each.text for each in pieces if each.is_new) == texts[1].replace("#", "")
    assert all(each.is_old is each.is_new for each in pieces if each.kind == "same")
    changed = [each.text for each in pieces if each.is_change]
    assert bool(changed) is (old != new)


def test_entry_put_first_is_the_one_that_is_marked() -> None:
    pieces = counted_marks("#1. A\n#2. B\n#3. C", "#1. C\n#2. A\n#3. B", _COUNT)

    assert [(each.kind, each.text) for each in pieces if each.is_change] == [
        ("added", "1. C\n"),
        ("removed", "\n3. C"),
    ]
