"""The pictures of docs/redaktion.md, taken anew: `make pictures`. They show the sample strategy."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import programs
from tests.browser import portal as portals
from tests.browser.portal import ARGUMENTS, ROOT, Portal
from tests.browser.staff.office import GARDENS, OFFICE, at_work

FOLDER = ROOT / "docs" / "bilder"
SIZE = (1000, 720)


def main() -> int:
    executable = programs.chromium()
    if not executable:
        print(f"Chromium is not here: {programs.INSTALL['Chromium']}")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        portals.running(Path(folder), OFFICE) as portal,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        with at_work(browser, portal, "karla", size=SIZE) as page:
            take_pictures(page, portal)
        with at_work(browser, portal, "fiona", size=SIZE) as page:
            page.goto(f"{portal.url}/verwaltung/knoten/{GARDENS}/vorschlagen/")
            _picture(page, "vorschlagen")
        browser.close()
    print(f"{len(list(FOLDER.glob('*.jpg')))} pictures: {FOLDER.relative_to(ROOT)}")
    return 0


def take_pictures(page: Page, portal: Portal) -> None:
    """What the coordinating office sees."""
    url = f"{portal.url}/verwaltung"
    page.goto(f"{url}/baum/?q=Schulg%C3%A4rten")
    form = page.locator(".node__title").first.get_attribute("href") or ""
    pages = {
        "baum": "/baum/",
        "formular": form.removeprefix("/verwaltung"),
        "was-bei-mir-liegt": "/",
        "vorschlag": "/vorschlaege/4/",
        "verlauf": f"/knoten/{GARDENS}/verlauf/",
        "anmerkungen": f"/knoten/{GARDENS}/anmerkungen/",
        "fassungen": "/fassungsliste/",
        "was-sich-aendert": "/was-sich-aendert/",
        "einfrieren": "/einfrieren/",
        "tabellen": "/tabellen/",
        "viele-massnahmen": "/massnahmen-aendern/",
    }
    for name, address in pages.items():
        page.goto(url + address)
        if name == "baum":
            page.locator(".node--strategic_goal .node__toggle").first.click()
            page.locator(".node--measure").first.wait_for()
        _picture(page, name)


def _picture(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=70)


if __name__ == "__main__":
    sys.exit(main())
