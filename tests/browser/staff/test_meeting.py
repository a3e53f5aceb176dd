"""A meeting that agrees on a hundred entries, in the browser: how many clicks it takes; no page is a barrier."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import portal as portals
from tests.browser.kinds import Kind
from tests.browser.portal import Portal
from tests.browser.staff.office import PASSWORD, at_work
from tests.browser.visit import DESK, PHONE, Visit

pytestmark = pytest.mark.browser

ENTRIES, DEFERRED, MOST_CLICKS = 100, 3, 10
STRATEGY = f"""
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from strategy.tree.models import Node
from tests.strategy.outline import plant
call_command("build_assets", verbosity=0)
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
call_command("create_roles")
karla = User.objects.create_user("karla", "karla@herne.example", "{PASSWORD}", is_staff=True)
karla.groups.add(Group.objects.get(name="Koordinationsstelle"))
lines = []
for theme in range(4):
    lines += [f"theme Themenfeld {{theme}}", f"  guideline Leitlinie {{theme}}", f"    strategic_goal Ziel {{theme}}"]
    lines += [f"      measure Maßnahme {{theme}}.{{number}}" for number in range({ENTRIES} // 4)]
plant("\\n".join(lines))
Node.objects.update(review="agreed")
Node.objects.filter(kind="measure").update(review="open", text="Ein neuer Text, den noch niemand kennt. " * 8)
"""
PREPARATIONS = [["shell", "--no-imports", "--command", STRATEGY]]  # one process: each takes seconds to start


@dataclass
class Hand:
    """Somebody's hand: how often it has clicked."""

    page: Page
    clicks: int = field(default=0)

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True).first)


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portals.running(tmp_path_factory.mktemp("meeting"), PREPARATIONS) as portal:
        yield portal


@pytest.fixture(scope="module")
def going_on(staffed: Portal, browser: Browser) -> str:
    """The address of a meeting that somebody has prepared and left."""
    with at_work(browser, staffed, "karla") as page:
        page.goto(f"{staffed.url}/verwaltung/sitzungen/neu/")
        page.get_by_label("Gruppe").fill("Runde")
        page.get_by_label("Mit diesen Wörtern").fill("Maßnahme 0.2")
        page.get_by_role("button", name="Sitzung vorbereiten").click()
        return page.url.removeprefix(staffed.url)


@pytest.mark.parametrize("look", [(DESK, "light"), (PHONE, "dark")])
def test_pages_of_a_meeting_have_no_barrier(
    staffed: Portal, browser: Browser, going_on: str, screenshots: Path, look: tuple[tuple[int, int], str]
) -> None:
    size, scheme = look
    addresses = {
        "meetings": "/verwaltung/sitzungen/",
        "meeting-new": "/verwaltung/sitzungen/neu/",
        "meeting": going_on,
        "meeting-collect": f"{going_on}ergaenzen/?q=Maßnahme+1.2",
        "meeting-close": f"{going_on}abschliessen/",
        "meeting-drop": f"{going_on}verwerfen/",
    }
    with at_work(browser, staffed, "karla", size=size, scheme=scheme) as page:
        for name, address in addresses.items():
            reader = Visit(Kind(name, address), staffed, page)
            reader.open()
            reader.photograph(screenshots / f"admin-{name}-{size[0]}.jpg")

            assert (name, reader.status, page.locator("h1").count()) == (name, 200, 1)
            assert [name, *reader.barriers, *reader.too_wide, *reader.complaints] == [name]


def test_hundred_entries_are_agreed_on_with_ten_clicks_and_no_script(
    staffed: Portal, browser: Browser, tmp_path: Path
) -> None:
    with at_work(browser, staffed, "karla", scripts=False) as page:
        hand = Hand(page)
        hand.follow("Sitzungen")
        hand.follow("Neue Sitzung")
        page.get_by_label("Gruppe").fill("Steuerungsgruppe")
        hand.press("Sitzung vorbereiten")
        defer(page)
        while page.get_by_role("button", name="Alles hier noch Offene abstimmen und weiter").count():
            hand.press("Alles hier noch Offene abstimmen und weiter")
        page.get_by_label("Anwesende Mitglieder").fill("9")
        hand.press("Sitzung abschließen")

        expect(page.locator(".counts")).to_contain_text(f"Abgestimmt: {ENTRIES - DEFERRED}")
        expect(page.locator(".counts")).to_contain_text(f"Zurückgestellt: {DEFERRED}")
        assert hand.clicks <= MOST_CLICKS
        record = page.get_by_role("link", name="Ergebnisvermerk (PDF)").get_attribute("href")
        with pypdfium2.PdfDocument(page.request.get(f"{staffed.url}{record}").body()) as pdf:
            assert "Kosten unklar" in "".join(sheet.get_textpage().get_text_range() for sheet in pdf)


def defer(page: Page) -> None:
    """Put the first three aside: a click and a reason each, which are not counted."""
    for number in range(DEFERRED):
        line = page.locator(".agenda-line").nth(number)
        expect(line.get_by_label("Grund der Zurückstellung")).to_be_hidden()
        line.get_by_label("zurückstellen").check()
        line.get_by_label("Grund der Zurückstellung").fill("Kosten unklar")
