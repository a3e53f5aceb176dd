"""From a proposal to a published edition and back, by three people, with the keyboard alone."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import portal as portals
from tests.browser.portal import Portal
from tests.browser.staff.office import COUNSEL, OFFICE, at_work

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const element = document.activeElement;
    const said = (element.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean)
        .map(id => document.getElementById(id).textContent.trim()).join(" ");
    const label = element.labels && element.labels.length ? element.labels[0].textContent.trim() : "";
    const style = getComputedStyle(element);
    return {
        name: said || element.getAttribute("aria-label") || label
            || (element.tagName === "INPUT" ? element.value : element.textContent.trim()),
        isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
}"""
NEW_TEXT = "Beispiel: Zweimal im Jahr kommt das Beratungsteam in die Schule."


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portals.running(tmp_path_factory.mktemp("cycle"), OFFICE) as portal:
        yield portal


def tab_to(page: Page, name: str, *, limit: int = 250) -> None:
    """Press Tab until what has this name has the focus; everything on the way shows that it has it."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["name"].rstrip(":").startswith(name):
            assert focused["isSeen"], f"„{name}“ hat keinen sichtbaren Fokus."
            return
    pytest.fail(f"„{name}“ ist mit der Tabulatortaste nicht zu erreichen.")


def go(page: Page, name: str, **kwargs: int) -> None:
    """Follow a link or press a button, and wait for the page that it leads to."""
    tab_to(page, name, **kwargs)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def find(page: Page, words: str) -> None:
    """Search the tree, and open the form of the first match."""
    page.goto(page.url.split("?")[0].split("/verwaltung/")[0] + "/verwaltung/baum/")
    tab_to(page, "Suche")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    go(page, "1.1.1.")


def test_an_editorial_cycle(staffed: Portal, browser: Browser) -> None:
    before = Public.of(staffed)
    assert NEW_TEXT not in before.measure

    with at_work(browser, staffed, "fiona") as page:
        propose(page)
    with at_work(browser, staffed, "stefan") as page:
        accept(page)
        reorder(page, staffed)
        find(page, "Beratung für Schulen auf dem Weg")
        go(page, "Auf „abgestimmt“ setzen")
    assert Public.of(staffed) == before

    with at_work(browser, staffed, "karla") as page:
        freeze(page)
        assert Public.of(staffed) == before

        publish(page)
        published = Public.of(staffed)
        assert NEW_TEXT in published.measure
        assert published.order == [before.order[1], before.order[0], *before.order[2:]]

        go(page, "Die letzte Veröffentlichung zurücknehmen")
        assert Public.of(staffed) == published
        go(page, "Zurücknehmen")
        expect(page.locator(".messagelist")).to_contain_text("wird wieder gezeigt")
        assert Public.of(staffed) == before


def propose(page: Page) -> None:
    """Somebody of a department, who may not save the form, sends a proposal."""
    find(page, "Beratung für Schulen auf dem Weg")
    assert page.locator("input[name=_save]").count() == 0
    go(page, "Änderung vorschlagen")
    tab_to(page, "Text")
    page.keyboard.press("Control+a")
    page.keyboard.type(NEW_TEXT)
    tab_to(page, "Begründung")
    page.keyboard.type("Beispiel: kürzer und klarer")
    go(page, "Vorschlag absenden")
    expect(page.locator(".messagelist")).to_contain_text("Danke. Ihr Vorschlag liegt jetzt bei denen")


def accept(page: Page) -> None:
    """The steering group finds it on its desk, compares, and takes it over."""
    go(page, "Was bei mir liegt")
    go(page, "Beispiel: Beratung für Schulen auf dem Weg")
    expect(page.locator("ins").first).to_be_visible()
    go(page, "Annehmen")
    expect(page.locator(".messagelist")).to_contain_text("in den Arbeitsstand übernommen")


def reorder(page: Page, portal: Portal) -> None:
    """One place down; the button keeps the focus."""
    page.goto(f"{portal.url}/verwaltung/baum/?zeige={_pk(page, portal, COUNSEL)}")
    tab_to(page, "Einen Platz nach unten: 1.1.1.1 Beispiel: Beratung für Schulen")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("verschoben.")
    assert page.evaluate(FOCUSED)["name"].startswith(
        "Einen Platz nach unten: 1.1.1.2 (in der Fassung 1.1.1.1) Beispiel: Beratung für Schulen"
    )


def freeze(page: Page) -> None:
    """The coordinating office makes an edition of what is agreed."""
    go(page, "Fassungen")
    go(page, "Den Arbeitsstand als Fassung einfrieren")
    tab_to(page, "Titel")
    page.keyboard.type("Beispiel: Redaktion")
    tab_to(page, "Adresse")
    page.keyboard.type("beispiel-redaktion")
    go(page, "Einfrieren")
    expect(page.locator(".messagelist")).to_contain_text("Öffentlich ist sie noch nicht.")


def publish(page: Page) -> None:
    """Asked first, with what changes for readers."""
    go(page, "veröffentlichen")
    expect(page.locator("main")).to_contain_text("Was sich für Leserinnen und Leser ändert")
    go(page, "Veröffentlichen")
    expect(page.locator(".messagelist")).to_contain_text("ist jetzt öffentlich zu sehen")


@dataclass(frozen=True)
class Public:
    """What readers see: the page of the measure, and the titles of the measures beside it in their order."""

    measure: str
    order: list[str]

    @classmethod
    def of(cls, portal: Portal) -> "Public":
        time.sleep(1.1)  # within a second every process has noticed what was published
        return cls(portal.get(f"/massnahmen/{_slug(portal)}/").text, _order(portal))


def _pk(page: Page, portal: Portal, uid: str) -> str:
    """The number of the node whose remarks this address shows."""
    page.goto(f"{portal.url}/verwaltung/knoten/{uid}/anmerkungen/")
    address = page.get_by_role("link", name="Woandershin verschieben").get_attribute("href") or ""
    return address.split("/baum/")[1].split("/")[0]


def _slug(portal: Portal) -> str:
    """The address of the measure whose text is going to change, as readers reach it."""
    text = portal.get("/massnahmen/").text
    before = text.split("Beispiel: Beratung für Schulen auf dem Weg")[0]
    return before.rsplit('href="/massnahmen/', 1)[1].split("/")[0]


def _order(portal: Portal) -> list[str]:
    """The titles of the measures of goal 1.1.1, as readers see them."""
    page = portal.get("/k/1.1.1/")
    text = portal.get(page.headers["Location"]).text if page.status in (301, 302) else page.text
    rows = text.split('<ul class="measure-list">')[1].split("</ul>")[0]
    return [part.split("</a>")[0].split("</span>")[-1].strip() for part in rows.split('class="code">')[1:]]
