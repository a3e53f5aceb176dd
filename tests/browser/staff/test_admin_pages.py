"""Every kind of page of the administration in Chromium: no barrier, nothing that the browser complains of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import Kind
from tests.browser.portal import Portal
from tests.browser.staff.office import GARDENS, at_work, log_in
from tests.browser.visit import DESK, PHONE, Visit
from tests.editing.delivered.city_lists import with_sections

pytestmark = pytest.mark.browser

TITLE = "Beispiel: Schulgärten wiederbeleben"
# {pk}: the measure; {goal}: the goal above it; {theme}: its theme; {edition}, {proposal}, {record}: one of these;
# {batch}: of an operation.
PAGES = {
    "tree": "/verwaltung/baum/",
    "tree-open": "/verwaltung/baum/?alle={theme}",
    "tree-closed": "/verwaltung/baum/?auf=",
    "tree-search": "/verwaltung/baum/?q=ökologie",
    "tree-search-nothing": "/verwaltung/baum/?q=gibtesnicht",
    "measure": "/verwaltung/measures/measure/{pk}/change/",
    "measure-add": "/verwaltung/measures/measure/add/?parent={goal}",
    "goal": "/verwaltung/goals/operationalgoal/{goal}/change/",
    "theme": "/verwaltung/themes/theme/{theme}/change/",
    "delete": "/verwaltung/goals/operationalgoal/{goal}/delete/",
    "move": "/verwaltung/baum/{pk}/verschieben/",
    "history": "/verwaltung/verlauf/",
    "history-node": f"/verwaltung/knoten/{GARDENS}/verlauf/",
    "restore": "/verwaltung/verlauf/{record}/wiederherstellen/",
    "history-operation": "/verwaltung/verlauf/?vorgang={batch}",
    "undo": "/verwaltung/verlauf/vorgang/{batch}/zuruecknehmen/",
    "proposals": "/verwaltung/vorschlaege/?alle=1",
    "proposal": "/verwaltung/vorschlaege/{proposal}/",
    "proposed-move": "/verwaltung/vorschlaege/{proposed_move}/",
    "proposed-deletion": "/verwaltung/vorschlaege/{proposed_deletion}/",
    "proposed-new": "/verwaltung/vorschlaege/{proposed_new}/",
    "remarks": f"/verwaltung/knoten/{GARDENS}/anmerkungen/",
    "reports": f"/verwaltung/knoten/{GARDENS}/meldungen/",
    "origins": f"/verwaltung/knoten/{GARDENS}/herkunft/?q=Beispiel",
    "desk": "/verwaltung/",
    "handover": "/verwaltung/uebergabe/",
    "help": "/verwaltung/hilfe/",
    "help-words": "/verwaltung/hilfe/begriffe/",
    "help-roles": "/verwaltung/hilfe/rollen/",
    "help-search": "/verwaltung/hilfe/?q=kennung",
    "agree": "/verwaltung/abstimmen/",
    "editions": "/verwaltung/fassungsliste/",
    "what-would-change": "/verwaltung/was-sich-aendert/",
    "freeze": "/verwaltung/einfrieren/",
    "publish": "/verwaltung/veroeffentlichen/{edition}/",
    "take-back": "/verwaltung/zuruecknehmen/",
    "delete-edition": "/verwaltung/fassung-loeschen/{edition}/",
    "synopse": "/verwaltung/fassungen/beispiel-1/synopse/beispiel-2/",
    "tables": "/verwaltung/tabellen/",
    "list": "/verwaltung/tabellen/einlesen/",
    "list-columns": "/verwaltung/tabellen/einlesen/{list}/",
    "list-check": "/verwaltung/tabellen/einlesen/{list}/pruefen/",
    "list-preview": "/verwaltung/tabellen/einlesen/{list}/vorschau/",
    "many-measures": "/verwaltung/massnahmen-aendern/",
    "replace-department": "/verwaltung/fachbereich-abloesen/",
    "all-data": "/verwaltung/alle-daten/",
    "users": "/verwaltung/auth/user/",
    "user-add": "/verwaltung/auth/user/add/",
    "persons": "/verwaltung/personen/",
    "own-role": "/verwaltung/meine-rolle/",
    "council": "/verwaltung/rat/",
    "paper-add": "/verwaltung/council/paper/add/",
    "paper": "/verwaltung/council/paper/1/change/",
    "body-add": "/verwaltung/council/body/add/",
    "resolution-add": "/verwaltung/council/resolution/add/",
    "legal-pages": "/verwaltung/legal/legalpage/",
    "title-page": "/verwaltung/strategy/strategy/",
    "list-editions": "/verwaltung/strategy/edition/",
    "list-measures": "/verwaltung/measures/measure/",
    "list-departments": "/verwaltung/measures/department/",
    "list-progress": "/verwaltung/measures/progress/?federfuehrung=alle",
    "progress-add": "/verwaltung/measures/progress/add/",
    "department-add": "/verwaltung/measures/department/add/",
    "department-delete": "/verwaltung/measures/department/1/delete/",
    "list-empty": "/verwaltung/legal/barrierreport/",
    "preview": "/verwaltung/vorschau/",
    "preview-measure": "/verwaltung/vorschau/massnahmen/beispiel-schulgaerten/",
}


# Fields that stick out of the box round them, which hides it.
CUT_OFF = """() => [...document.querySelectorAll("fieldset :is(input, select, textarea)")].filter(field => {
    const box = field.closest("fieldset.module") || field.closest("fieldset");
    return field.checkVisibility() && field.type !== "hidden"
        && field.getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
}).map(field => field.id || field.name)"""


@dataclass
class Office:
    """The portal, somebody's logged-in browser in each size, and what the addresses above stand for."""

    portal: Portal
    page: Page
    keys: dict[str, str] = field(default_factory=dict)

    def look_up(self) -> "Office":
        page, url = self.page, self.portal.url
        page.goto(f"{url}/verwaltung/baum/?q={TITLE}")
        self.keys["pk"] = _number(page.locator(".node__title").first, "href")
        page.goto(f"{url}/verwaltung/measures/measure/{self.keys['pk']}/change/")
        places = page.locator(".panel__place a")
        self.keys["theme"], self.keys["goal"] = _number(places.first, "href"), _number(places.last, "href")
        self.keys["slug"] = page.locator("#id_slug").input_value()
        page.goto(f"{url}/verwaltung/vorschlaege/?alle=1")
        for at, name in enumerate(("proposal", "proposed_move", "proposed_deletion", "proposed_new")):
            self.keys[name] = _number(page.locator("tbody a").nth(at), "href")
        page.goto(f"{url}/verwaltung/verlauf/")
        self.keys["record"] = _number(
            page.get_by_role("link", name="Den Stand davor wiederherstellen").first, "href"
        )
        undo = page.get_by_role("link", name="Diesen Schritt zurücknehmen").first.get_attribute("href")
        self.keys["batch"] = undo.split("/")[4]
        page.goto(f"{url}/verwaltung/fassungsliste/")
        self.keys["edition"] = _number(page.get_by_role("link", name="veröffentlichen").first, "href")
        page.goto(f"{url}/verwaltung/tabellen/einlesen/")
        file = {"name": "liste.xlsx", "mimeType": "application/octet-stream", "buffer": with_sections()}
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Liste lesen").click()
        page.wait_for_url("**/einlesen/*/")
        self.keys["list"] = page.url.rstrip("/").rpartition("/")[2]
        return self

    def kind(self, name: str) -> Kind:
        address = PAGES[name].replace("beispiel-schulgaerten", "{slug}").format(**self.keys)
        return Kind(name, address)


def _number(locator, attribute: str) -> str:
    """The first number in an attribute of this element."""
    parts = locator.get_attribute(attribute).replace("=", "/").replace("#", "/").split("/")
    return next(part for part in parts if part.isdigit())


@pytest.fixture(scope="module")
def desk(staffed: Portal, browser: Browser) -> Iterator[Office]:
    with at_work(browser, staffed, "karla", size=DESK) as page:
        yield Office(staffed, page).look_up()


@pytest.fixture(scope="module")
def phone(staffed: Portal, browser: Browser, desk: Office) -> Iterator[Office]:
    with at_work(browser, staffed, "karla", size=PHONE, scheme="dark") as page:
        yield Office(staffed, page, desk.keys)


# The bar that saves covers what is being scrolled below it, and axe does not scroll. That it never covers what has the
# focus is tested in test_node_forms.py.
BAR_AT_THE_END = ".submit-row { position: static !important; }"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("place", ["desk", "phone"])
def test_page_has_no_barrier(
    request: pytest.FixtureRequest, screenshots: Path, place: str, name: str
) -> None:
    office: Office = request.getfixturevalue(place)
    with office.page.context.new_page() as page:
        reader = Visit(office.kind(name), office.portal, page)
        reader.open()
        reader.photograph(screenshots / f"admin-{name}-{place}.jpg")
        reader.use_styles(BAR_AT_THE_END)

        assert (reader.status, page.locator("h1").count()) == (200, 1)  # and no redirect to a login
        problems = {"axe": reader.barriers, "too wide": reader.too_wide, "cut off": page.evaluate(CUT_OFF)}
        if reader.unfold():
            problems["axe, unfolded"] = reader.barriers

        found = {**problems, "the browser complains": reader.complaints}
        lines = [f"{each}: {one}" for each, all_of_it in found.items() for one in all_of_it]
        assert not lines, "\n".join([reader.kind.address, *lines])


PROPOSING = {
    "change": f"/verwaltung/knoten/{GARDENS}/vorschlagen/",
    "move": f"/verwaltung/knoten/{GARDENS}/platz-vorschlagen/",
    "deletion": f"/verwaltung/knoten/{GARDENS}/loeschung-vorschlagen/",
    "new": "/verwaltung/vorschlaege/neu/measure/",
}


@pytest.mark.parametrize(("name", "status", "size"), [("fiona", 200, PHONE), ("karla", 403, DESK)])
def test_forms_of_proposals_and_their_refusal_have_no_barrier(
    staffed: Portal, browser: Browser, name: str, status: int, size: tuple[int, int]
) -> None:
    with at_work(browser, staffed, name, size=size) as page:
        for proposing, address in PROPOSING.items():
            reader = Visit(Kind(proposing, address, status=status), staffed, page)
            reader.open()

            assert (reader.status, page.locator("h1").count()) == (status, 1)
            assert [*reader.barriers, *reader.too_wide, *reader.complaints] == []


def test_field_of_a_proposal_that_is_to_be_changed_opens_without_a_script(
    staffed: Portal, browser: Browser, desk: Office
) -> None:
    with at_work(browser, staffed, "stefan", scripts=False) as page:
        page.goto(staffed.url + desk.kind("proposed-new").address)
        field = page.get_by_label("Für wen", exact=True)
        expect(field).to_be_hidden()
        page.locator("#id_wahl-target_group_0").focus()
        for _twice in range(2):
            page.keyboard.press("ArrowDown")
        expect(field).to_have_value("Alle")
        field.fill("Beispiel: Kinder")
        page.get_by_role("button", name="Annehmen").click()

        expect(page.locator(".messagelist")).to_contain_text("in den Arbeitsstand übernommen")
        expect(page.locator("main")).to_contain_text("Geändert übernommen: für wen.")


@pytest.mark.parametrize("place", ["desk", "phone"])
def test_errors_of_a_form_take_the_focus_and_lead_to_their_fields(
    request: pytest.FixtureRequest, place: str
) -> None:
    office: Office = request.getfixturevalue(place)
    with office.page.context.new_page() as page:
        reader = Visit(office.kind("measure"), office.portal, page)
        reader.open()
        page.locator("#id_title").fill("")
        page.locator("#id_text").fill("Verbotenes Zeichen: 😀")
        page.locator("input[name=_save]").first.click()
        page.wait_for_load_state("load")

        assert page.locator(".errorlist").count() == 2
        assert page.locator("#id_text").input_value() == "Verbotenes Zeichen: 😀"
        expect(page.locator("#fehler")).to_be_focused()
        expect(page.locator("#fehler")).to_be_in_viewport(ratio=1)
        assert [*reader.barriers, *reader.too_wide, *reader.complaints] == []
        for key in ("Tab", "Tab", "Enter"):
            page.keyboard.press(key)
        expect(page.locator("#id_text")).to_be_focused()
        assert "Zeichen 21" in page.locator("#id_text_error").inner_text()


@pytest.mark.parametrize("place", ["desk", "phone"])
def test_what_was_saved_is_said_in_view_of_the_node_in_the_tree(
    request: pytest.FixtureRequest, place: str
) -> None:
    office: Office = request.getfixturevalue(place)
    with office.page.context.new_page() as page:
        page.goto(office.portal.url + office.kind("measure").address)
        page.locator("input[name=_save]").first.click()
        page.wait_for_url("**/verwaltung/baum/?zeige=*")
        message, row = page.locator(".messagelist"), page.locator(f"#k{office.keys['pk']} > .node__row")
        expect(message).to_be_in_viewport(ratio=1)
        expect(row).to_be_in_viewport(ratio=1)
        box = message.bounding_box()
        assert row.bounding_box()["y"] >= box["y"] + box["height"]


def test_handover_fits_on_two_sheets(desk: Office) -> None:
    with desk.page.context.new_page() as page:
        page.goto(desk.portal.url + desk.kind("handover").address)
        sheets = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))

        assert len(sheets) <= 2
        assert "Kontakte" in sheets[len(sheets) - 1].get_textpage().get_text_range()


@pytest.mark.parametrize(
    "name", ["tree", "measure", "proposal", "freeze", "remarks", "move", "list-columns", "list-check"]
)
def test_page_without_scripts(staffed: Portal, browser: Browser, desk: Office, name: str) -> None:
    with at_work(browser, staffed, "karla", scripts=False) as page:
        page.goto(staffed.url + desk.kind(name).address)

        assert page.locator("h1").is_visible()
        assert page.locator("main form").count() > 0


def test_form_is_saved_without_scripts(staffed: Portal, browser: Browser, desk: Office) -> None:
    with at_work(browser, staffed, "stefan", scripts=False) as page:
        page.goto(staffed.url + desk.kind("measure").address)
        page.locator("#id_target_group").fill("Beispiel: alle Schulen")
        page.locator("input[name=_save]").first.click()

        assert page.locator(".messagelist .success").count() == 1
        page.goto(staffed.url + desk.kind("measure").address)
        assert page.locator("#id_target_group").input_value() == "Beispiel: alle Schulen"


def test_what_was_typed_survives_the_end_of_the_login(
    staffed: Portal, browser: Browser, desk: Office
) -> None:
    with at_work(browser, staffed, "stefan") as page:
        reader = Visit(desk.kind("measure"), staffed, page)
        page.goto(staffed.url + reader.kind.address)
        page.locator("#id_funding").fill("Beispiel: eine Stiftung und eine zweite")
        page.context.clear_cookies()
        page.locator("input[name=_save]").first.click()
        expect(page.locator("h1")).to_have_text("Noch nicht gespeichert")
        assert [*reader.barriers, *reader.too_wide] == []

        with page.context.expect_page() as opened:
            page.get_by_role("link", name="In einem neuen Fenster anmelden").click()
        log_in(opened.value, "stefan")
        page.get_by_role("button", name="Noch einmal absenden").click()
        expect(page.get_by_text("Diese Seite wurde vor Ihrer letzten Anmeldung geöffnet.")).to_be_visible()
        page.get_by_role("button", name="Noch einmal absenden").click()

        expect(page.locator(".messagelist .success")).to_be_visible()
        page.goto(staffed.url + reader.kind.address)
        assert page.locator("#id_funding").input_value() == "Beispiel: eine Stiftung und eine zweite"


def test_text_is_previewed_and_unsaved_changes_are_warned_of(desk: Office) -> None:
    with desk.page.context.new_page() as page:
        page.goto(desk.portal.url + desk.kind("measure").address)
        page.locator("#id_text").fill("Ein **starker** Satz.")
        page.get_by_role("button", name="Vorschau: Text", exact=True).click()
        page.locator(".preview-box strong").wait_for()
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.get_by_role("link", name="Arbeitsstand").first.click()
        page.wait_for_url("**/verwaltung/**")

        assert asked == ["beforeunload"]


def test_node_is_dragged_to_another_place(desk: Office) -> None:
    with desk.page.context.new_page() as page:
        page.goto(f"{desk.portal.url}/verwaltung/baum/?zeige={desk.keys['pk']}")
        rows = page.locator(f"#k{desk.keys['goal']} .node--measure > .node__row")
        before = rows.locator(".node__title").all_inner_texts()
        last, first = rows.last, rows.first
        height = first.bounding_box()["height"]

        last.drag_to(first, target_position={"x": 200, "y": height * 0.1})
        page.locator(".messagelist").wait_for()

        after = rows.locator(".node__title").all_inner_texts()
        assert [_without_code(each) for each in after] == [
            _without_code(each) for each in [before[-1], *before[:-1]]
        ]


@pytest.mark.parametrize("height", [900, 4000])  # a page that scrolls, and one that need not
def test_button_of_the_order_stays_under_the_pointer(desk: Office, height: int) -> None:
    pk = desk.keys["pk"]
    with desk.page.context.new_page() as page:
        page.set_viewport_size({"width": 1280, "height": height})
        page.goto(f"{desk.portal.url}/verwaltung/baum/?zeige={pk}#k{pk}")
        last = page.locator(f"#k{desk.keys['goal']} > ul > .node--measure").count()
        for name, arrived in (("hoch", 1), ("runter", last), ("hoch", 1)):
            button = page.locator(f"button[name={name}][value='{pk}']")
            box = button.bounding_box() if button.count() else None
            if box:  # at first it may be there already
                for _click in range(last + 1):  # more than there are places: the end is no trap
                    page.mouse.click(box["x"] + 10, box["y"] + 10)
                    page.evaluate("async () => await sending")  # of tree.js
            expect(page.locator(f"#t{pk}")).to_contain_text(f"1.1.1.{arrived} ")


def _without_code(name: str) -> str:
    """The title alone: behind the code, and behind that in the shown edition where it is another one."""
    return re.sub(r"^[\d.]+ (\(in der Fassung [\d.]+\) )?", "", name)
