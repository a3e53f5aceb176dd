"""A page on paper: the text and the line that names the edition, without what can only be clicked."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import BY_NAME
from tests.browser.portal import Portal
from tests.browser.visit import visit

pytestmark = pytest.mark.browser

ONLY_FOR_THE_SCREEN = [
    ".skip-link",
    ".site-nav",
    ".breadcrumbs",
    ".pager",
    ".neighbours",
    ".footer-links",
    ".button",
    ".screen-only",
    ".chapter-links",
]
A4 = (595, 842)  # points
_EDITION_LINE = re.compile(
    r"Fassung „Beispielfassung 2“, Arbeitsstand, Textstand [0-9.]+, "
    r"Prüfsumme des Textes [0-9a-f]{12}, enthält Beispieldaten\."
)

_SHOWN = """selector => [...document.querySelectorAll(selector)]
    .filter(element => element.checkVisibility({contentVisibilityAuto: true})).length"""
_NAME = "element.tagName.toLowerCase() + '.' + element.getAttribute('class')"
_LOST_COLOURS = """() => [...document.querySelectorAll("body *")].flatMap(element =>
    ["", "::before", "::after"].filter(part => {
        const style = getComputedStyle(element, part || null);
        const isDrawn = element.checkVisibility() && (!part || style.content !== "none");
        const isPlain = ["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(style.backgroundColor)
            && style.backgroundImage === "none";
        return isDrawn && !isPlain && style.printColorAdjust !== "exact";
    }).map(part => NAME + part))""".replace("NAME", _NAME)
_PALE_TEXT = """() => [...document.querySelectorAll("body *")].filter(element => {
        const style = getComputedStyle(element), colour = style.color.match(/[0-9.]+/g).map(Number);
        const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        const isPale = Math.min(...colour.slice(0, 3)) > 160;
        return hasText && element.checkVisibility() && isPale && style.printColorAdjust !== "exact";
    }).map(element => NAME)""".replace("NAME", _NAME)


@pytest.mark.parametrize(
    "name", ["overview", "theme-every-field", "strategic-goal-every-field", "measure", "measure-list", "sdg"]
)
def test_page_on_paper(portal: Portal, browser: Browser, screenshots: Path, name: str) -> None:
    with visit(browser, portal, BY_NAME[name], scheme="dark") as reader:
        reader.put_on_paper()
        line = reader.page.locator(".imprint-line")
        pdf = reader.page.pdf(path=screenshots / f"{name}.pdf", prefer_css_page_size=True)

        assert {each for each in ONLY_FOR_THE_SCREEN if reader.page.evaluate(_SHOWN, each)} == set()
        assert line.is_visible() and _EDITION_LINE.match(line.inner_text())
        assert reader.page.get_by_text("Enthält Beispieldaten:").is_visible()
        assert sorted(set(reader.page.evaluate(_LOST_COLOURS))) == []
        assert sorted(set(reader.page.evaluate(_PALE_TEXT))) == []
        assert _sizes(pdf) == {A4}


@pytest.mark.parametrize(
    "name", ["theme-every-field", "chapter-easy", "strategic-goal-every-field", "measure"]
)
def test_plain_german_is_unfolded_on_paper(portal: Portal, browser: Browser, name: str) -> None:
    with visit(browser, portal, BY_NAME[name]) as reader:
        folded = reader.page.evaluate(_SHOWN, ".prose--easy")
        reader.put_on_paper()

        assert folded == 0
        assert reader.page.evaluate(_SHOWN, ".prose--easy") == reader.page.locator("details.easy").count() > 0
        assert all(text.bounding_box()["height"] > 10 for text in reader.page.locator(".prose--easy").all())


def _sizes(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of a PDF's pages, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)
    return {(round(float(width)), round(float(height))) for width, height in boxes}
