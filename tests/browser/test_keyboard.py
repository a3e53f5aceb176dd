"""The portal with the keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import BY_NAME
from tests.browser.portal import Portal
from tests.browser.visit import visit

pytestmark = pytest.mark.browser

NAME = "`<${element.tagName.toLowerCase()}> ${(element.textContent || element.name || '').trim()}`"
FOCUS = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
        name: NAME,
        tag: element.tagName,
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        isInView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
    };
}""".replace("NAME", NAME)
STOPS = """() => [...document.querySelectorAll("a[href], button, input, textarea, select, summary, [tabindex]")]
    .filter(element => element.tabIndex >= 0 && element.checkVisibility({contentVisibilityAuto: true}))
    .map(element => NAME)""".replace("NAME", NAME)


def test_the_first_stop_of_the_keyboard_leads_to_the_content(portal: Portal, browser: Browser) -> None:
    with visit(browser, portal, BY_NAME["theme"]) as reader:
        reader.page.keyboard.press("Tab")
        first = reader.page.evaluate(FOCUS)
        reader.page.keyboard.press("Enter")

        assert first["name"] == "<a> Zum Inhalt springen"
        assert first["isInView"] and first["outline"] >= 2
        expect(reader.page.locator("main")).to_be_focused()
        reader.page.keyboard.press("Tab")
        assert reader.page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "name", ["overview", "theme-every-field", "measure", "edition-list", "barrier-form-errors"]
)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    portal: Portal, browser: Browser, name: str
) -> None:
    with visit(browser, portal, BY_NAME[name]) as reader:
        reachable = reader.page.evaluate(STOPS)
        stops = _press_tab_through(reader.page, limit=len(reachable) + 5)

        assert [stop["name"] for stop in stops] == reachable
        assert [stop["name"] for stop in stops if stop["outline"] < 2 or not stop["isInView"]] == []


@pytest.mark.parametrize("name", ["overview", "theme-every-field", "measure", "chapter-easy"])
def test_the_keyboard_unfolds_everything(portal: Portal, browser: Browser, name: str) -> None:
    with visit(browser, portal, BY_NAME[name]) as reader:
        all_details = reader.page.locator("details").all()
        for number, details in enumerate(all_details):
            summary = details.locator("summary")
            summary.focus()

            reader.page.keyboard.press("Enter" if number % 2 else "Space")
            expect(details.locator("> :not(summary)").first).to_be_visible()

            reader.page.keyboard.press("Enter")
            expect(details.locator("> :not(summary)").first).to_be_hidden()
        assert all_details


def _press_tab_through(page: Page, *, limit: int) -> list[dict]:
    """Where the keyboard stops, from the first stop of the page to the last."""
    page.locator(".skip-link").focus()
    stops = [page.evaluate(FOCUS)]
    for _number in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    return stops
