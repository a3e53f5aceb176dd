"""What PDF/UA-1 and PDF/A-2a ask of a file, as far as a program can tell: `problems(pdf)` lists what is wrong."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE"}
HEADING = re.compile(r"\A/H([1-6])\Z")
CHILDREN = {"/L": {"/LI", "/L", "/Caption"}, "/LI": {"/Lbl", "/LBody"}, "/Table": {"/THead", "/TBody", "/TR"}}
CHILDREN |= {"/THead": {"/TR"}, "/TBody": {"/TR"}, "/TR": {"/TH", "/TD"}, "/TOC": {"/TOCI", "/TOC"}}


def problems(pdf: Pdf) -> list[str]:
    """Every breach that is found, in words; [] where there is none."""
    elements = list(_elements(pdf.Root.StructTreeRoot.K)) if "/StructTreeRoot" in pdf.Root else []
    reachable = {place for element in elements for place in _places(element)}
    return [
        *_whole_file(pdf),
        *_headings(elements),
        *(problem for element in elements for problem in _element(element)),
        *(
            f"Sheet {number}: {problem}"
            for number, page in enumerate(pdf.pages, 1)
            for problem in [*_painted(page, reachable), *_links(page), *_fonts(page)]
        ),
    ]


def _whole_file(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not marked as tagged"
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "title not displayed"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        if not said.get("dc:title"):
            yield "no title"
        if said.get("pdfuaid:part") != "1":
            yield "not declared as PDF/UA-1"
        if (said.get("pdfaid:part"), said.get("pdfaid:conformance")) != ("2", "A"):
            yield "not declared as PDF/A-2a"


def _elements(kids: Any) -> Iterator[Dictionary]:
    """All structure elements in reading order."""
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _elements(kid.K)


def _places(element: Dictionary) -> Iterator[tuple[Any, int]]:
    """The marked contents that an element holds: (sheet, number)."""
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            yield kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)


def _headings(elements: list[Dictionary]) -> Iterator[str]:
    before = 0
    for found in filter(None, (HEADING.match(str(element.S)) for element in elements)):
        level = int(found[1])
        if level > before + 1:
            yield f"heading of level {level} after level {before}"
        before = level


def _element(element: Dictionary) -> Iterator[str]:
    role = str(element.S)
    if role in ("/Figure", "/Formula") and not str(element.get("/Alt", "")).strip():
        yield "figure without alternative text"
    if role == "/TH" and not _attribute(element, "/Scope"):
        yield "table header without scope"
    if role in CHILDREN:
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid and str(kid.S) not in CHILDREN[role]:
                yield f"{kid.S} straight in {role}"


def _attribute(element: Dictionary, name: str) -> Any:
    given = element.get("/A", Array())
    found = [each.get(name) for each in (given if isinstance(given, Array) else [given])]
    return next(filter(None, found), None)


def _painted(page: Any, reachable: set[tuple[Any, int]]) -> Iterator[str]:
    """What is painted outside marked content, and marked content that no element holds."""
    marks: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            given = operands[1] if len(operands) > 1 else None
            number = given.get("/MCID") if isinstance(given, Dictionary) else None
            if number is not None and (page.objgen, int(number)) not in reachable:
                yield f"marked content {number} is in no element"
            marks.append(number is not None or operands[0] == Name.Artifact)
        elif name == "EMC":
            marks.pop()
        elif name in PAINTING and not any(marks):
            yield f"{name} outside marked content"


def _links(page: Any) -> Iterator[str]:
    links = [each for each in page.get("/Annots", []) if each.Subtype == Name.Link]
    if links and page.get("/Tabs") != Name.S:
        yield "tab order does not follow the structure"
    for link in links:
        if "/StructParent" not in link:
            yield "link outside the structure"
        if not str(link.get("/Contents", "")):
            yield "link without a description"


def _fonts(holder: Any) -> Iterator[str]:
    resources = holder.get("/Resources", Dictionary())
    for font in dict(resources.get("/Font", Dictionary())).values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        described = inner.get("/FontDescriptor", Dictionary())
        if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"font {font.get('/BaseFont')} is not embedded"
        if "/ToUnicode" not in font:
            yield f"font {font.get('/BaseFont')} says no characters"
    for inner in dict(resources.get("/XObject", Dictionary())).values():
        yield from _fonts(inner)
