"""Every form of the strategy on A4: whole, in its margins, no heading alone, each sheet named and numbered."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import Kind
from tests.browser.paper import MM, Printed, put_on_paper
from tests.browser.portal import Portal
from tests.browser.visit import visit

pytestmark = pytest.mark.browser

A4, LANDSCAPE = (595, 842), (842, 595)
FORMS = {
    "long": "/druck/",
    "short": "/druck/?umfang=kurz",
    "district": "/druck/?stadtbezirk=wanne",
    "department": "/druck/?fachbereich=beispiel-gruen",
    "theme": "/themenfelder/beispiel-stadtgruen/druck/",
    "goal": "/ziele/beispiel-baeume/druck/",
    "measure": "/massnahmen/beispiel-baumgruben/druck/",
    "real": "/fassungen/plakat/druck/",
    "synopse": "/fassungen/beispiel-1/synopse/beispiel-2/druck/",
}
every_form = pytest.mark.parametrize("name", FORMS)
_PALE = """() => [...document.querySelectorAll("main *")].filter(element => {
    const style = getComputedStyle(element);
    const isFilled = !["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(style.backgroundColor);
    return isFilled && style.printColorAdjust !== "exact";
}).map(element => element.getAttribute("class"))"""
_SDGS = """() => new Set([...document.querySelectorAll("main .sdg")].map(
    element => `${element.textContent} ${getComputedStyle(element).backgroundColor}`)).size"""


@pytest.fixture(scope="module")
def printed(portal: Portal, browser: Browser, screenshots: Path) -> dict[str, Printed]:
    """Every form, printed once, with pictures of its first sheets."""
    found = {}
    for name, address in FORMS.items():
        with visit(browser, portal, Kind(f"paper-{name}", address), scheme="dark") as reader:
            found[name] = put_on_paper(reader.page, screenshots / f"paper-{name}.pdf")
            found[name].photograph(screenshots)
            assert (reader.status, reader.complaints) == (200, [])
    return found


@every_form
def test_sheets_are_a4(printed: dict[str, Printed], name: str) -> None:
    sizes = {sheet.size for sheet in printed[name].sheets}

    assert sizes == ({LANDSCAPE} if name == "synopse" else {A4})


@every_form
def test_every_text_is_there_in_full(printed: dict[str, Printed], name: str) -> None:
    form = printed[name]

    assert len(form.texts) > 20
    assert form.missing == []


@every_form
def test_text_keeps_to_the_margins(printed: dict[str, Printed], name: str) -> None:
    side, edge = 20 * MM - 1, 8 * MM

    outside = {
        number: sheet.reach
        for number, sheet in enumerate(printed[name].sheets, start=1)
        if sheet.reach[0] < side
        or sheet.reach[1] < edge
        or sheet.reach[2] > sheet.size[0] - side
        or sheet.reach[3] > sheet.size[1] - edge
    }

    assert outside == {}


@every_form
def test_no_sheet_ends_with_a_heading(printed: dict[str, Printed], name: str) -> None:
    assert printed[name].lonely_headings == []


@every_form
def test_no_sheet_ends_with_the_head_of_a_table(printed: dict[str, Printed], name: str) -> None:
    assert printed[name].lonely_table_heads == []


@every_form
def test_every_sheet_is_named_and_numbered(printed: dict[str, Printed], name: str) -> None:
    sheets = printed[name].sheets

    assert [_number(sheet.edge) for sheet in sheets] == [
        f"Seite {number} von {len(sheets)}" for number in range(1, len(sheets) + 1)
    ]
    feet = [
        re.sub(r"Seite\s+\d+\s+von\s+\d+", "", sheet.edge) for sheet in sheets
    ]  # which may stand in between
    assert {len(re.findall(r"Prüfsumme\s+des\s+Textes\s+[0-9a-f]{12}\b", foot)) for foot in feet} == {
        2 if name == "synopse" else 1
    }
    assert {"Arbeitsstand, Textstand" in sheet.edge for sheet in sheets} == {True}
    assert {"Enthält Beispieldaten" in sheet.edge for sheet in sheets} == {name != "real"}


def test_sheets_of_a_theme_name_it(printed: dict[str, Printed]) -> None:
    named = [re.findall(r"Themenfeld (\d)", sheet.edge) for sheet in printed["long"].sheets]

    assert sorted({each[0] for each in named if each}) == ["1", "2", "3", "4", "5", "6", "7"]
    assert named[0] == []
    assert all("Themenfeld 7" in sheet.edge for sheet in printed["measure"].sheets)


def test_head_of_the_table_stands_on_each_of_its_sheets(printed: dict[str, Printed]) -> None:
    sheets = printed["short"].sheets
    first = next(number for number, sheet in enumerate(sheets) if "AlleMaßnahmen" in sheet.content)

    with_table = sheets[first:]
    assert len(with_table) > 3
    assert [sheet.content.count("KennungMaßnahmeFederführungZeitraumKosten") for sheet in with_table] == [
        1
    ] * len(with_table)


def test_one_measure_begins_on_its_title_sheet(printed: dict[str, Printed]) -> None:
    first = printed["measure"].sheets[0].content

    assert "BeispielBaumgruben" in first.replace(":", "")
    assert "RegenwasservonDächern" in first


@pytest.mark.parametrize("name", ["goal", "theme"])
def test_fills_with_a_meaning_are_printed(portal: Portal, browser: Browser, name: str) -> None:
    with visit(browser, portal, Kind(f"paper-{name}", FORMS[name]), scheme="dark") as reader:
        reader.put_on_paper()

        assert reader.page.evaluate(_PALE) == []
        assert reader.page.evaluate(_SDGS) > 3


def test_bar_is_for_the_screen(portal: Portal, browser: Browser) -> None:
    with visit(browser, portal, Kind("paper-long", FORMS["long"])) as reader:
        assert reader.page.get_by_text("Drucken: im Menü Ihres Browsers").is_visible()
        reader.page.get_by_text("Was Sie noch drucken können").click()
        assert reader.page.get_by_role("link", name="Kurzfassung").is_visible()

        reader.put_on_paper()

        assert not reader.page.locator(".bar").is_visible()


def _number(edge: str) -> str:
    found = re.search(r"Seite\s+\d+\s+von\s+\d+", edge)
    return " ".join(found.group().split()) if found else ""
