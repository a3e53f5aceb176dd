"""A page put on paper by Chromium, and its sheets read back as a reader of the PDF gets them."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
from playwright.sync_api import Page
from pypdfium2 import raw

MM = 72 / 25.4
BODY = 13.5  # the size of texts (10 pt), as the PDF counts it, and a little more
TOP, BOTTOM, SIDE = 23 * MM, 25 * MM, 20 * MM  # the margins that static/css/paper.css gives a sheet
_TEXTS = """() => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement, box = element.getBoundingClientRect();
        if (element.checkVisibility() && box.width > 2 && walker.currentNode.data.trim())
            found.push([!!element.closest("h1, h2, h3, h4, h5, caption, .aside__head"), walker.currentNode.data]);
    }
    return found;
}"""
_TABLE_HEADS = """() => [...document.querySelectorAll("main thead")]
    .filter(head => head.checkVisibility()).map(head => head.textContent)"""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its size in points, what stands on it and at its edge, how far its text reaches, and the size
    (as the PDF counts it) of its last line."""

    size: tuple[int, int]
    content: str
    edge: str
    reach: tuple[float, float, float, float]
    last_size: float


@dataclass(frozen=True)
class Printed:
    """A printed page: its PDF, its texts as the browser had them, with whether each is a heading's, and the heads
    of its tables."""

    path: Path
    texts: list[tuple[bool, str]]
    table_heads: list[str]

    @cached_property
    def sheets(self) -> list[Sheet]:
        with pdfium.PdfDocument(self.path) as document:
            return [_sheet(page) for page in document]

    @property
    def missing(self) -> list[str]:
        """The texts that are not whole on a sheet, or on one and the next."""
        return [text for _heading, text in self.texts if not self._is_there(bare(text))]

    @property
    def lonely_headings(self) -> list[str]:
        """The headings that a sheet ends with, in letters larger than those of texts."""
        headings = {bare(text) for is_heading, text in self.texts if is_heading}
        last = [sheet.content for sheet in self.sheets if sheet.last_size > BODY]
        return [heading for heading in headings for content in last if content.endswith(heading)]

    @property
    def lonely_table_heads(self) -> list[str]:
        """The heads of tables that a sheet ends with."""
        heads = set(map(bare, self.table_heads))
        return [head for head in heads for sheet in self.sheets if sheet.content.endswith(head)]

    def _is_there(self, text: str) -> bool:
        contents = [sheet.content for sheet in self.sheets]
        return any(text in content for content in contents) or any(
            text[:cut] in here and text[cut:] in there
            for here, there in pairwise(contents)
            for cut in range(1, len(text))
        )

    def photograph(self, folder: Path, sheets: int = 3) -> None:
        """Pictures of the first sheets."""
        with pdfium.PdfDocument(self.path) as document:
            for number in range(min(sheets, len(document))):
                picture = document[number].render(scale=1.4).to_pil().convert("RGB")
                picture.save(folder / f"{self.path.stem}-{number + 1}.jpg", quality=80)


def put_on_paper(page: Page, path: Path) -> Printed:
    """Print the open page on the sheets that its stylesheet asks for."""
    page.emulate_media(media="print")
    texts = [(is_heading, text) for is_heading, text in page.evaluate(_TEXTS)]
    heads = page.evaluate(_TABLE_HEADS)
    page.pdf(path=path, prefer_css_page_size=True)
    return Printed(path, texts, heads)


def bare(text: str) -> str:
    """A text without what typesetting adds and takes away: spaces, and hyphens at line ends."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\x02-]", "", text)


def _sheet(page: pdfium.PdfPage) -> Sheet:
    width, height = page.get_size()
    low, high = BOTTOM - 8, height - TOP + 8
    words = page.get_textpage()
    edges = [words.get_text_bounded(0, 0, width, low), words.get_text_bounded(0, high, width, height)]
    boxes = {index: words.get_charbox(index) for index in range(words.count_chars())}
    inked = {index: box for index, box in boxes.items() if box[2] > box[0] and box[3] > box[1]}
    lowest = min(
        (index for index in inked if low < inked[index][1] < high), key=lambda index: inked[index][1]
    )
    left, bottom, right, top = zip(*inked.values(), strict=True)
    return Sheet(
        (round(width), round(height)),
        bare(words.get_text_bounded(0, low, width, high)),
        " ".join(" ".join(edges).split()),
        (min(left), min(bottom), max(right), max(top)),
        raw.FPDFText_GetFontSize(words.raw, lowest),
    )
