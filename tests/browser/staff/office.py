"""A portal with staff: one account a role, a proposal, a question and some history to look at."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.portal import PREPARATIONS, Portal

PASSWORD = "Klee-und-Kresse-26"
PEOPLE = {
    "fiona": "Fachbereich",
    "stefan": "Steuerungsgruppe",
    "karla": "Koordinationsstelle",
}
# Measures of the sample: two below one operational goal, one below another.
COUNSEL, GARDENS = "af3f6918-4f7a-418c-a5ce-d824de38d8e5", "1ff68fdb-c970-4340-90d3-3169408fdcc6"
FOREST = "8982851c-ea26-4ff6-8097-3bff246720c0"
STAFF = f"""
from django.contrib.auth.models import Group, User
from editing.exchange import proposal_actions
from editing.models import Remark
from strategy.history import node_actions
from strategy.history.operations import Operation, operation
from strategy.tree.levels import own
from strategy.tree.models import Node
people = {{}}
for name, role in {PEOPLE!r}.items():
    people[name] = User.objects.create_user(name, f"{{name}}@herne.example", "{PASSWORD}", is_staff=True)
    people[name].groups.add(Group.objects.get(name=role))
gardens = own(Node.objects.get(uid="{GARDENS}"))
node_actions.change(gardens, content={{"funding": "Beispiel: Fördermittel"}}, by=people["stefan"], reason="Beispiel")
with operation(Operation.Kind.BULK, title="Beispiel", by=people["karla"]):
    node_actions.step(Node.objects.get(uid="{FOREST}"), "up", by=people["karla"])
proposal_actions.propose(
    gardens, content={{"text": "Ein anderer Text."}}, by=people["fiona"], reason="Beispiel: kürzer")
Remark.objects.create(uid=gardens.uid, title=gardens.title, text="Wie viele Gärten?", by=people["karla"],
                      asked=people["stefan"])
"""
OFFICE = [*PREPARATIONS, ["shell", "--no-imports", "--command", STAFF]]


@contextmanager
def at_work(
    browser: Browser,
    portal: Portal,
    name: str,
    *,
    size: tuple[int, int] = (1280, 900),
    scheme: str = "light",
    scripts: bool = True,
) -> Iterator[Page]:
    """The browser of one of the people, logged in by typing name and password."""
    context: BrowserContext = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        locale="de-DE",
    )
    try:
        page = context.new_page()
        page.goto(f"{portal.url}/verwaltung/")
        log_in(page, name)
        yield page
    finally:
        context.close()


def log_in(page: Page, name: str) -> None:
    """Fill in the login page that is open, by keyboard alone."""
    page.get_by_label("Anmeldename").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Die Strategie im Arbeitsstand")
