"""The checker of tests/printing/pdf/structure.py finds each damage: otherwise its silence would mean nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from bench.strategy_data import strategy_data
from printing import printout as printouts
from strategy.document.document import Document
from tests.printing.pdf.pdf_files import compiled, data_of, edition_of
from tests.printing.pdf.structure import problems

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = strategy_data(6)
    data["nodes"][0]["text"] = "[Ein Verweis](https://example.org/)\n\n- eins\n- zwei"
    printout = printouts.short_form(Document.from_data(data))
    return compiled(data_of(printout, edition_of(data)), tmp_path_factory.mktemp("pdf") / "whole.pdf")


def elements(pdf: Pdf, role: str) -> list[Dictionary]:
    return [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name(role)]


def without(role: str, key: str) -> Callable[[Pdf], None]:
    """A damage: no element of this role has this key."""

    def damage(pdf: Pdf) -> None:
        for element in elements(pdf, role):
            del element[key]

    return damage


def scope_gone(pdf: Pdf) -> None:
    for header in elements(pdf, "/TH"):
        header.A = Array([each for each in header.A if "/Scope" not in each])


def metadata_says(name: str, value: str | None) -> Callable[[Pdf], None]:
    def damage(pdf: Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            if value is None:
                del said[name]
            else:
                said[name] = value

    return damage


def heading_skipped(pdf: Pdf) -> None:
    elements(pdf, "/H2")[0].S = Name("/H4")


def painted_unmarked(pdf: Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"0 0 10 10 re f")


def cut_off(pdf: Pdf) -> None:
    """A paragraph leaves the tree; its marked content stays on the sheet."""
    elements(pdf, "/P")[0].K = Array()


def item_in_no_list(pdf: Pdf) -> None:
    elements(pdf, "/LI")[0].S = Name("/P")


def cell_in_no_row(pdf: Pdf) -> None:
    elements(pdf, "/TR")[0].S = Name("/Div")


def font_gone(pdf: Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and "/FontFile3" in each:
            del each["/FontFile3"]
        if isinstance(each, Dictionary) and "/FontFile2" in each:
            del each["/FontFile2"]


def characters_gone(pdf: Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and "/ToUnicode" in each:
            del each["/ToUnicode"]


def annotations(key: str) -> Callable[[Pdf], None]:
    def damage(pdf: Pdf) -> None:
        for page in pdf.pages:
            for link in page.get("/Annots", []):
                del link[key]

    return damage


def no_tabs(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Tabs" in page:
            del page.Tabs


DAMAGES: dict[str, tuple[Callable[[Pdf], Any], str]] = {
    "alt": (without("/Figure", "/Alt"), "figure without alternative text"),
    "language": (lambda pdf: pdf.Root.__delitem__("/Lang"), "no language"),
    "marked": (lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "not marked as tagged"),
    "displayed": (lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"), "title not displayed"),
    "title": (metadata_says("dc:title", None), "no title"),
    "ua": (metadata_says("pdfuaid:part", "2"), "not declared as PDF/UA-1"),
    "a": (metadata_says("pdfaid:conformance", "B"), "not declared as PDF/A-2a"),
    "scope": (scope_gone, "table header without scope"),
    "heading": (heading_skipped, "heading of level 4 after level 1"),
    "painted": (painted_unmarked, "Sheet 1: f outside marked content"),
    "reach": (cut_off, "is in no element"),
    "tree": (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "is in no element"),
    "list": (item_in_no_list, "/P straight in /L"),
    "row": (cell_in_no_row, "/Div straight in /THead"),
    "font": (font_gone, "is not embedded"),
    "unicode": (characters_gone, "says no characters"),
    "link": (annotations("/Contents"), "link without a description"),
    "parent": (annotations("/StructParent"), "link outside the structure"),
    "tabs": (no_tabs, "tab order does not follow the structure"),
}


def test_whole_file_has_no_fault(whole: Path):
    with pikepdf.open(whole) as pdf:
        assert problems(pdf) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_found(whole: Path, name: str):
    damage, expected = DAMAGES[name]

    with pikepdf.open(whole) as pdf:
        damage(pdf)
        found = problems(pdf)

    assert found
    assert any(expected in problem for problem in found), found
