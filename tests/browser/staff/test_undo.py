"""“Rückgängig” in the message, with and without scripts; who waits long for an answer reads that it goes on."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import portal as portals
from tests.browser.kinds import Kind
from tests.browser.portal import Portal
from tests.browser.staff.office import OFFICE, at_work
from tests.browser.visit import DESK, PHONE, Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portals.running(tmp_path_factory.mktemp("undo"), OFFICE) as portal:
        yield portal


@pytest.mark.parametrize(
    "how",
    [{"size": DESK}, {"size": PHONE, "scheme": "dark"}, {"scripts": False}],
    ids=["desk", "phone, dark", "no scripts"],
)
def test_what_was_done_is_taken_back_from_its_message(
    staffed: Portal, browser: Browser, how: dict[str, Any]
) -> None:
    with at_work(browser, staffed, "karla", **how) as page:
        reader = Visit(Kind("tree", "/verwaltung/?auf="), staffed, page)
        reader.open()
        titles = page.locator(".node__title").all_inner_texts()
        page.locator("button[name=runter]").first.click()
        undo = page.locator(".messagelist").get_by_role("button", name="Rückgängig")
        expect(undo).to_be_in_viewport(ratio=1)
        if how.get("scripts", True):
            assert [*reader.barriers, *reader.too_wide] == []

        undo.focus()
        page.keyboard.press("Enter")

        expect(page.locator(".messagelist")).to_contain_text("Zurückgenommen: „")
        assert page.locator(".node__title").all_inner_texts() == titles


def test_who_waits_long_reads_that_it_goes_on(staffed: Portal, browser: Browser) -> None:
    with at_work(browser, staffed, "karla") as page:
        page.clock.install()
        page.goto(f"{staffed.url}/verwaltung/tabellen/")
        page.locator("main form").last.dispatch_event("submit")  # which alone sends nothing
        page.clock.run_for(1900)
        expect(page.locator(".working")).to_have_count(0)

        page.clock.run_for(200)

        expect(page.get_by_role("status").filter(has_text="Das dauert gerade etwas länger")).to_be_visible()
