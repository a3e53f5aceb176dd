"""What is searched for in a PDF, or copied out of it, is what was typed, wherever its lines are broken."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from bench.strategy_data import strategy_data
from strategy.document.document import Document
from strategy.editions.edition_json import edition_json
from tests.printing.pdf.pdf_files import compiled, data_of, edition_of, forms, sheets

pytestmark = pytest.mark.once

TYPED = [
    "nachhaltigkeitsbuero.geschaeftsstelle_eins@stadtverwaltung-herne.beispiel-stadt.example.org",
    "https://www.herne.de/Stadt-und-Leben/Umwelt/Nachhaltigkeitsstrategie_2030/Alle-Unterlagen.html?seite=1&art=zwei",
    "www.herne.de/Stadt-und-Leben/Umwelt/Nachhaltigkeitsstrategie/Sitzungsunterlagen/Niederschrift.pdf",
    "(https://example.org/eine/sehr/lange/Adresse/die/nicht/enden/will/und/doch/einmal/endet)",
    "0123456789abcdef" * 4,
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung",
    "Fachbereiche/Eigenbetriebe/Tochtergesellschaften/Nachhaltigkeitsbeauftragte/Gleichstellungsstelle",
    "Ruder" + "W" * 90,
    "x1" * 150,
]
RIGHT_EDGE = 595 - 23 / 25.4 * 72 + 3  # of the text, in points; a blank that ends a line stands beyond it


def made(folder: Path, text: str, form: str = "measure", **values: Any) -> Path:
    """A printout of one measure with this text; `values` are others of the measure's."""
    data = strategy_data(1)
    measure = next(node for node in data["nodes"] if node["kind"] == "measure")
    measure["text"] = text
    measure["values"] |= values
    data = edition_json(data["meta"], data["nodes"])
    printout = forms(Document.from_data(data))[form]
    return compiled(data_of(printout, edition_of(data)), folder / f"{form}.pdf")


def copied(path: Path) -> str:
    """The text as a reader copies it: lines joined, hyphens at their ends taken out (pdfium marks these)."""
    return re.sub("\ufffe|\r\n", "", "".join(sheets(path)))


def right_most(path: Path) -> float:
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage() for page in pdf]
        return max(text.get_charbox(i)[2] for text in texts for i in range(text.count_chars()))


def test_whatever_is_long_is_copied_as_it_was_typed_and_stays_on_the_sheet(tmp_path: Path):
    path = made(tmp_path, "\n\n".join(f"Davor steht noch etwas: {each} und danach." for each in TYPED))

    said = copied(path)
    assert [each for each in TYPED if each not in said] == []
    assert not set(said) & set("\u200b\u00ad\u2060\ufffc")
    assert right_most(path) <= RIGHT_EDGE


def test_the_same_in_facts_and_in_narrow_columns(tmp_path: Path):
    typed = [TYPED[0], TYPED[4], TYPED[5]]
    lead = {"key": "a", "name": " ".join(typed)}

    in_facts = made(tmp_path, "", target_group=typed[0], staff=typed[1], lead=lead)
    facts = copied(in_facts), right_most(in_facts)
    in_table = made(tmp_path, "", form="short", cost_note=" ".join(typed), lead=lead)

    assert [each for each in typed if each not in facts[0]] == []
    assert facts[1] <= RIGHT_EDGE
    assert [copied(in_table).count(each) for each in typed] == [
        2,
        2 + 1,
        2,
    ]  # the digest is on the title sheet too


def test_short_digest_and_whole_digest_are_found_as_they_are(tmp_path: Path):
    with pypdfium2.PdfDocument(made(tmp_path, "Text.")) as pdf:
        found = [
            pdf[0].get_textpage().search(each).get_next() for each in ("0123456789abcdef" * 4, "0123456789ab")
        ]

    assert None not in found


def test_words_are_divided_with_three_letters_before_and_behind_the_hyphen(tmp_path: Path):
    """Both kinds of words that Typst would divide behind or before two letters, in many places of the line."""
    long = [
        "Gelegenheitsarbeiten",
        "Erinnerungskultur",
        "Beteiligungsformate",
        "Abendveranstaltungen",
        "Alleenprogramme",
        "Europabeauftragte",
        "Oberflächenwasser",
        "Umbaumaßnahmen",
    ]
    short = ["Gelegenheit", "Abendessen", "Europa"]  # which are never divided
    words = [*long, *short]
    text = " ".join(" ".join(words[i % 11 :] + ["und"] * (i % 5)) for i in range(90))

    ends = re.findall(r"(\w+)\ufffe(?:\r\n)?(\w+)", "".join(sheets(made(tmp_path, text))))

    assert len(ends) > 8
    assert [end for end in ends if len(end[0]) < 3 or len(end[1]) < 3] == []
    assert {"".join(end) for end in ends}.isdisjoint(short)


def test_narrow_columns_divide_no_word_that_a_line_has_room_for(tmp_path: Path):
    lead = {"key": "a", "name": "Fachbereich Digitales und Internationales"}

    said = "".join(
        sheets(made(tmp_path, "", form="short", lead=lead, start_year=2024, end_year=None, is_ongoing=True))
    )

    assert "Internationales" in said
    assert "fortlaufend" in said
