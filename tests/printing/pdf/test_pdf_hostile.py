"""Texts that want to be more than text: printed as they are, or replaced, never obeyed and never a failure."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from bench.strategy_data import strategy_data
from printing.pdf.characters import MISSING, settable, settable_text
from strategy.document.document import Document
from strategy.editions.edition_json import edition_json
from tests.printing.pdf.pdf_files import PAPER, compiled, data_of, edition_of, forms, sheets, words
from tests.printing.pdf.structure import problems

pytestmark = pytest.mark.once

TYPST = '#panic("x") #read("/etc/passwd") $x$ @ref <label> \\u{41} #let y = 1 // /* =Titel `code`; ]] )) {{'
HTML = "<script>alert(1)</script> <b>fett</b> &amp; <!-- --> </p>"
UNSETTABLE = "Smiley 😀, \u202erückwärts\u202c, \u05d0\u05d1, 中文, \x00\x07Ende \ud83d, a\u200db, ﷽, \t|"
KEPT = {"key", "uid", "parent", "kind", "code", "slug", "colour", "text_colour", "reference", "held_on"}
KEPT |= {"dated_on", "base_value", "target_value"}


def everywhere(text: str, data: Any, name: str = "") -> Any:
    """The data with this text in every field that people write."""
    if isinstance(data, dict):
        return {key: everywhere(text, value, key) for key, value in data.items()}
    if isinstance(data, list):
        return [everywhere(text, value, name) for value in data]
    return text if isinstance(data, str) and name not in KEPT else data


def strategy(text: str) -> dict[str, Any]:
    data = strategy_data(3)
    nodes = [{**node, "easy_text": "x"} for node in data["nodes"]]
    return edition_json(everywhere(text, data["meta"]), everywhere(text, nodes))


def made(text: str, form: str, folder: Path) -> Path:
    data = strategy(text)
    seal = {"state": "adopted", "paper_number": "2026/0100", "decided_by": text, "result": text}
    edition = edition_of(data, **seal)
    printout = forms(Document.from_data(data))[form]
    return compiled(data_of(printout, edition, (everywhere(text, PAPER),)), folder / f"{form}.pdf")


@pytest.mark.parametrize("form", ["long", "short", "measure", "department"])
@pytest.mark.parametrize("text", [TYPST, HTML], ids=["typst", "html"])
def test_code_is_printed_as_it_is(form: str, text: str, tmp_path: Path):
    path = made(text, form, tmp_path)

    said = words(" ".join(sheets(path)))
    with pikepdf.open(path) as pdf:
        assert problems(pdf) == []
    assert words(text) in said
    assert "root:x:0" not in said


@pytest.mark.parametrize("form", ["long", "short", "measure"])
def test_characters_that_no_font_has_are_replaced(form: str, tmp_path: Path):
    path = made(UNSETTABLE, form, tmp_path)

    said = words(" ".join(sheets(path)))
    with pikepdf.open(path) as pdf:
        assert problems(pdf) == []
    assert words(f"Smiley {MISSING}, rückwärts, {MISSING}{MISSING}") in said
    assert words(f"{MISSING}{MISSING}, Ende {MISSING}, ab, {MISSING}") in said


@pytest.mark.parametrize(
    "text",
    [
        "Wort " * 4000,
        "W" * 20_000,
        "https://example.org/" + "a" * 2000,
        "[Plan](https://example.org/" + "a" * 9000 + ")",
        "<https://example.org/" + "a" * 9000 + ">",
        "> " * 60 + "tief",
        "".join(f"{'  ' * depth}- Ebene {depth}\n" for depth in range(40)),
        "|" + "Spalte|" * 40 + "\n|" + "-|" * 40 + "\n|" + "x|" * 40,
        "| a |\n|---|",
        "|  |\n|---|\n|  |",
        "- \n- \n\n1.\n2.",
        "*" * 500 + "x" + "_" * 500,
        "\n\n\n",
        "\\\n\\\n",
        "0. null\n1. eins",
        "999999999. viel",
    ],
    ids=lambda text: text[:12].strip() or "leer",
)
def test_any_text_can_be_set(text: str, tmp_path: Path):
    data = strategy_data(1)
    theme, guideline = data["nodes"][:2]
    theme["text"] = guideline["easy_text"] = text
    printout = forms(Document.from_data(data))["theme"]

    path = compiled(data_of(printout, edition_of(data)), tmp_path / "x.pdf")

    with pikepdf.open(path) as pdf:
        assert problems(pdf) == []


@pytest.mark.parametrize(
    "word", ["W" * 800, "Donaudampfschifffahrt" * 30, "https://example.org/" + "aB1x/" * 400]
)
def test_endless_word_stays_on_the_sheet(word: str, tmp_path: Path):
    data = strategy_data(1)
    measure = next(node for node in data["nodes"] if node["kind"] == "measure")
    measure |= {"title": word[:300], "text": word}
    measure["values"]["target_group"] = word
    printout = forms(Document.from_data(data))["measure"]

    path = compiled(data_of(printout, edition_of(data)), tmp_path / "x.pdf")

    assert words(word) in words(" ".join(sheets(path)))
    assert _right_most(path) < 595 - 40


def _right_most(path: Path) -> float:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage() for page in pdf]
        return max(text.get_charbox(i)[2] for text in texts for i in range(0, text.count_chars(), 7))


def test_settable_leaves_good_text_and_names_alone():
    data = {"is": "p", "of": ["Größe: 5 m² – „gut“ …", 7, None, True], "href": "https://example.org/😀"}

    assert settable(data) == data


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb", "a b"),
        ("a\u202fb", "a\u00a0b"),
        ("a\u2011b", "a-b"),
        ("a\u2003b", "a b"),
        ("a\u00adb", "ab"),
        ("\ud800", MISSING),
        ("x" * 400, "x" * 400),
    ],
)
def test_settable_text(text: str, shown: str):
    assert settable_text(text) == shown
