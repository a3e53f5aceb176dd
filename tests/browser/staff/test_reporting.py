"""A department’s reporting in Chromium: few clicks, by keyboard alone, without barriers, without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import portal as portals
from tests.browser.kinds import Kind
from tests.browser.portal import Portal
from tests.browser.staff.office import GARDENS, OFFICE, at_work
from tests.browser.visit import DESK, PHONE, Visit

pytestmark = pytest.mark.browser

ROUNDS = "/verwaltung/berichtsrunden/"
REPORTS = f"/verwaltung/knoten/{GARDENS}/meldungen/"
ROUND = """
import datetime
from django.contrib.auth.models import User
from editing.models import Responsibility
from goals.models import OperationalGoal
from measures.models import Department, Measure
from measures.progress import Progress
from measures.report_actions import report
from measures.round_actions import open_round
from strategy.tree.models import Node
department = Department.objects.create(key="klima", name="Klima und Umwelt")
goal = OperationalGoal.objects.order_by("path").last()
uids = []
for number in range(1, 46):
    title = f"Beispiel: Quartier {number} begrünen"
    measure = Node.objects.add_child(goal, instance=Measure(title=title, slug=f"quartier-{number}", lead=department))
    uids.append(measure.uid)
    report(Progress(uid=measure.uid, state="running", reported_on=datetime.date(2026, 5, 1),
        note="Die ersten Beete sind angelegt, die Nachbarschaft pflegt sie.", next_step="Bänke aufstellen"), by=None)
fiona = User.objects.get(username="fiona")
Responsibility.objects.create(user=fiona).departments.set([department])
day = datetime.date.today()
for title, asked, at_once in (
    ("Halbjahr", uids[:15], False), ("Nachtrag", uids[15:18], True), ("Monat", uids[18:], False)
):
    open_round(title=title, key_on=day, due_on=day + datetime.timedelta(days=20), uids=asked,
        is_published_at_once=at_once, by=None)
"""
PAGES = {
    "rounds": ROUNDS,
    "new-round": f"{ROUNDS}neu/",
    "round": f"{ROUNDS}halbjahr/",
    "round-change": f"{ROUNDS}halbjahr/aendern/",
    "round-close": f"{ROUNDS}halbjahr/abschliessen/",
    "round-publish": f"{ROUNDS}halbjahr/pruefen/",
    "round-department": f"{ROUNDS}halbjahr/fachbereich/klima/",
    "round-open": f"{ROUNDS}monat/fachbereich/klima/",
}


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    preparations = [*OFFICE, ["shell", "--no-imports", "--command", ROUND]]
    with portals.running(tmp_path_factory.mktemp("rounds"), preparations) as portal:
        yield portal


class Hand:
    """A person’s mouse: each click is counted, and that the page stays the same one."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, selector: str) -> None:
        self.page.locator(selector).click()
        self.clicks += 1

    def choose(self, selector: str, value: str) -> None:
        """A list is opened by one click and something in it chosen by another."""
        self.page.locator(selector).select_option(value)
        self.clicks += 2


def test_fifteen_measures_of_which_ten_are_unchanged_take_at_most_25_clicks(
    staffed: Portal, browser: Browser
) -> None:
    with at_work(browser, staffed, "fiona") as page:
        page.goto(f"{staffed.url}{ROUNDS}halbjahr/fachbereich/klima/")
        hand = Hand(page)
        for number in range(5):
            row = f".record:nth-child({number + 1}) "
            hand.click(f"{row}summary")
            hand.choose(f"{row}select", "permanent")
            hand.click(f"{row}textarea >> nth=0")
            page.keyboard.type(" Das bleibt so.")
        hand.click("#id_rest")
        hand.click("button[name=abgeben]:not([hidden])")

        expect(page.locator(".messagelist")).to_contain_text("15 Meldungen sind abgegeben.")
        assert hand.clicks <= 25
        expect(page.locator("main")).to_contain_text("Alles ist abgegeben.")


def test_keyboard_alone_reports_and_enter_hands_nothing_in(staffed: Portal, browser: Browser) -> None:
    with at_work(browser, staffed, "fiona") as page:
        page.goto(f"{staffed.url}{ROUNDS}nachtrag/fachbereich/klima/")
        page.locator(".record input[type=checkbox]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")  # to “Neues melden” of the first
        page.keyboard.press("Tab")  # over the link to the second, to its tick
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # unfolds
        for _field in range(3):
            page.keyboard.press("Tab")
        page.keyboard.press("End")
        page.keyboard.type(" und pflanzen")
        page.keyboard.press("Enter")

        expect(page.locator(".messagelist")).to_contain_text("ist noch nicht abgegeben")
        second = page.locator(".record").nth(1)
        expect(second).to_contain_text("gespeichert, nicht abgegeben")
        expect(second.get_by_label("Nächster Schritt", exact=True)).to_have_value(
            "Bänke aufstellen und pflanzen"
        )


def test_page_works_without_scripts(staffed: Portal, browser: Browser) -> None:
    with at_work(browser, staffed, "fiona", scripts=False) as page:
        page.goto(f"{staffed.url}{ROUNDS}monat/fachbereich/klima/")
        page.locator(".record:nth-child(1) summary").click()
        page.locator(".record:nth-child(1) input[type=month]").fill("2027-03")
        page.locator("button[name=speichern]:not([hidden])").click()

        expect(page.locator(".messagelist")).to_contain_text("Gespeichert.")
        expect(page.locator(".record:nth-child(1) input[type=month]")).to_have_value("2027-03")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_no_page_of_a_round_has_a_barrier(
    staffed: Portal, browser: Browser, screenshots: Path, size: tuple[int, int]
) -> None:
    scheme = "light" if size == DESK else "dark"
    with at_work(browser, staffed, "karla", size=size, scheme=scheme) as page:
        page.goto(f"{staffed.url}{REPORTS}")
        correct = page.get_by_role("link", name="Diese Meldung berichtigen").get_attribute("href")
        for name, address in {**PAGES, "reports": REPORTS, "report-correct": f"{correct}"}.items():
            with page.context.new_page() as tab:
                reader = Visit(Kind(name, address), staffed, tab)
                reader.open()
                problems = [*reader.barriers, *reader.too_wide, *reader.complaints]
                problems += reader.barriers if reader.unfold() else []
                reader.photograph(screenshots / f"admin-{name}-{size[0]}.jpg")

                assert (reader.status, tab.locator("h1").count(), problems) == (200, 1, []), address
