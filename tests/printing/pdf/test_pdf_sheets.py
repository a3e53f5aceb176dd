"""What a reader of sheets needs: measures kept whole or named again, no empty half sheets, Leichte Sprache."""

import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from bench.strategy_data import strategy_data
from strategy.document.document import Document
from strategy.editions.edition_json import edition_json
from tests.printing.pdf.pdf_files import PAPER, compiled, data_of, edition_of, forms, sheets, words
from tests.printing.pdf.structure import problems

pytestmark = pytest.mark.once
EARLIER = {"body": "Umweltausschuss", "role": "Vorberatung", "held_on": "2026-02-03", "result": "beschlossen"}


def strategy(**changed: Any) -> dict[str, Any]:
    """A few measures; `changed` are values of every measure's."""
    data = strategy_data(12)
    for node in data["nodes"]:
        if node["kind"] == "measure":
            node.update(changed)
    return edition_json(data["meta"], data["nodes"])


def made(
    data: dict[str, Any], folder: Path, form: str = "long", papers: tuple[Any, ...] = (), **seal: Any
) -> Path:
    printout = forms(Document.from_data(data))[form]
    return compiled(data_of(printout, edition_of(data, **seal), papers), folder / f"{form}.pdf")


def codes(data: dict[str, Any]) -> list[str]:
    return [measure.code for measure in Document.from_data(data).all_measures]


def test_short_measure_is_whole_on_one_sheet(tmp_path: Path):
    data = strategy(text="Anfang der Maßnahme. " + "Und noch ein Satz dazu. " * 25 + "Ende der Maßnahme.")

    found = sheets(made(data, tmp_path))

    assert sum(sheet.count("Anfang der Maßnahme") for sheet in found) == 12
    assert [
        n for n, s in enumerate(found) if s.count("Anfang der Maßnahme") != s.count("Ende der Maßnahme")
    ] == []
    assert "(Fortsetzung)" not in "".join(found)


def test_long_measure_says_its_code_on_every_further_sheet_and_only_there(tmp_path: Path):
    data = strategy(text="Anfang. " + "Und noch ein langer Satz zu diesem Thema. " * 150 + "Ende.")
    path = made(data, tmp_path)

    open_code, further = "", 0
    for sheet in sheets(path):
        said = re.findall(r"([\d.]+) \(Fortsetzung\)", sheet)
        assert said == ([open_code] if open_code else [])
        further += len(said)
        begun = [code for code in codes(data) if re.search(rf"(?m)^{re.escape(code)} Beispiel", sheet)]
        is_over = sheet.rfind("SDG ") > sheet.rfind("Anfang.") or sheet.rfind("Federführung") > sheet.rfind(
            "Anfang."
        )
        open_code = "" if is_over else (begun[-1] if begun else open_code)
    with pikepdf.open(path) as pdf:
        assert problems(pdf) == []
    assert further >= 12


def test_short_form_has_contents_goals_and_table_without_a_gap(tmp_path: Path):
    found = sheets(made(strategy(), tmp_path, "short"))

    assert all(each in found[1] for each in ("Inhalt", "Themenfeld 1"))
    assert re.search(r"Themenfeld 6.*Alle Maßnahmen", "\n".join(found), re.S)
    before = next(sheet for sheet in found if re.search(r"(?m)^Alle Maßnahmen", sheet) and "Kennung" in sheet)
    assert "Themenfeld" in before


def test_short_form_says_which_assignments_are_not_confirmed(tmp_path: Path):
    data = strategy()
    goals = [node for node in data["nodes"] if node["kind"] == "strategic_goal"]
    for goal in goals[:2]:
        goal["values"]["assignment_confirmed"] = False

    said = "".join(sheets(made(data, tmp_path, "short")))

    assert len(goals) > 2
    assert said.count("Die Zuordnung zu diesem Themenfeld ist nicht bestätigt.") == 2


def test_file_names_edition_state_paper_and_digest(tmp_path: Path):
    path = made(strategy(), tmp_path, "short", state="consultation", paper_number="2026/0100")

    with pikepdf.open(path) as pdf:
        title, subject, keywords = (str(pdf.docinfo[name]) for name in ("/Title", "/Subject", "/Keywords"))
    standing = "in Beratung{}Vorlage 2026/0100{}Textstand 17.03.2026{}Prüfsumme des Textes 0123456789ab"
    assert title.endswith(f": Kurzfassung · Beispiel mit 12 Maßnahmen · {standing.replace('{}', ' · ')}")
    assert subject == f"Fassung „Beispiel mit 12 Maßnahmen“, {standing.replace('{}', ', ')}"
    assert keywords == "0123456789abcdef" * 4


def test_body_that_had_an_earlier_text_is_named(tmp_path: Path):
    first = {**EARLIER, "is_authoritative": False, "resolution": None, "is_of_earlier_text": True}
    paper = {**PAPER, "consultations": [first, *PAPER["consultations"]]}

    said = words("".join(sheets(made(strategy(), tmp_path, "short", (paper,)))))

    assert said.count(words("beriet einen früheren Stand des Textes")) == 1
    assert words("Umweltausschuss (beriet einen früheren Stand des Textes) 03.02.2026") in said


def test_leichte_sprache_has_larger_letters_and_a_sentence_a_line(tmp_path: Path):
    sentences = ["Das ist gut.", "Alle Menschen sind eingeladen und machen mit.", "Auch Kinder."]
    path = made(
        strategy(easy_text=" ".join(sentences), text="Andere Sprache steht hier."), tmp_path, "measure"
    )

    (sheet,) = [sheet for sheet in sheets(path) if "In Leichter Sprache" in sheet]
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[0].get_textpage()
        heights = [_height(text, each) for each in ("Auch", "Andere")]

    lines = [line.strip() for line in sheet.split("\r\n")]
    assert [line for line in lines if line in sentences] == sentences
    assert heights[0] >= 1.19 * heights[1]


def _height(text: Any, word: str) -> float:
    index, _count = text.search(word).get_next()
    _left, bottom, _right, top = text.get_charbox(index)
    return top - bottom
