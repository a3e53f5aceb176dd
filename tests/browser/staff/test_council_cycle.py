"""From a paper to an edition that the council adopted with a change of its own, and what everybody then reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import portal as portals
from tests.browser.kinds import Kind
from tests.browser.portal import Portal
from tests.browser.staff.office import PASSWORD, at_work
from tests.browser.visit import DESK, PHONE, Visit, visit

pytestmark = pytest.mark.browser

PERSON = f"""
from django.contrib.auth.models import Group, User
person = User.objects.create_user("karla", "karla@herne.example", "{PASSWORD}", is_staff=True)
person.groups.add(Group.objects.get(name="Koordinationsstelle"))
"""
REAL = [
    ["build_assets"],
    ["migrate", "--verbosity", "0"],
    ["collectstatic", "--no-input", "--verbosity", "0"],
    ["create_roles"],
    ["load_strategy", "fixtures/herne.yaml"],
    ["freeze_edition"],
    ["publish_edition", "plakat"],
    ["shell", "--no-imports", "--command", PERSON],
]
CODE, GOAL = "5.3", "Lebenswerte öffentliche Räume schaffen"
ADDED = "Der Rat möchte jedes Jahr einen Bericht dazu."
DECISION = "Beschluss vom 17.03.2026, Rat der Stadt, Vorlage 2026/0100 (geändert beschlossen)"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The real strategy, without sample data, and one person of the coordinating office."""
    with portals.running(tmp_path_factory.mktemp("council"), REAL) as portal:
        yield portal


def test_council_adopts_with_a_change(council: Portal, browser: Browser, screenshots: Path) -> None:
    with at_work(browser, council, "karla") as page:
        record_paper(page)
        lay_before_the_council(page)
        assert "In Beratung" in council.get("/fassungen/").text
        record_decision(page)
        note_the_change(page, screenshots)
        make_the_change(page)
        freeze(page)
        carry_over(page, screenshots)
    synopse = council.get("/fassungen/plakat/synopse/strategie-2026/").text
    assert "Änderung 1" in synopse and "Änderung 2" not in synopse
    assert DECISION in synopse
    assert ADDED in synopse
    read_the_history(council, browser, screenshots)
    read_what_the_council_had(council, browser, screenshots)


def record_paper(page: Page) -> None:
    """The paper lays the edition before the council, whose day is set."""
    page.get_by_role("link", name="Rat und Gremien").click()
    page.get_by_role("link", name="Vorlage erfassen").click()
    page.get_by_label("Nummer").fill("2026/0100")
    page.get_by_label("Betreff").fill("Fortschreibung")
    page.get_by_label("Eingebrachte Fassung").select_option(
        label="Leitlinien und strategische Ziele (nach dem Plakat)"
    )
    row = page.locator("#consultations-0")
    row.get_by_label("Gremium").select_option(label="Rat der Stadt")
    row.get_by_label("Rolle").select_option(label="Entscheidung")
    assert Visit(Kind("paper", page.url), Portal(""), page).barriers == []
    page.get_by_role("button", name="Speichern und hier bleiben").first.click()
    page.get_by_role("link", name="Weg durch den Rat").click()


def lay_before_the_council(page: Page) -> None:
    """It says what will happen; then it has happened."""
    expect(page.locator("main, #content").first).to_contain_text(
        "wird mit der Vorlage 2026/0100 zur Fassung in Beratung"
    )
    page.get_by_label(
        "Ich habe Fassung und Vorlage verglichen"
    ).check()  # the edition refers to an earlier paper
    page.get_by_label("Ich habe Vorlage, Fassung").check()
    page.get_by_role("button", name="Einbringen").click()
    expect(page.locator(".messagelist")).to_contain_text("ist jetzt eingebracht und öffentlich")
    expect(page.locator(".missing")).to_contain_text("Der Tag der Entscheidung fehlt: Rat der Stadt.")
    kept = page.locator(".kept-files li")
    expect(kept).to_have_count(2)
    expect(kept.first).to_contain_text("Anlage zur Vorlage 2026/0100, wie eingebracht")


def record_decision(page: Page) -> None:
    """The council has decided with changes; wording and votes follow."""
    page.get_by_role("link", name="Vorlage und Beratungsfolge ändern").click()
    row = page.locator("#consultations-0")
    row.get_by_label("Datum").fill("2026-03-17")
    row.get_by_label("Beratener Text").select_option(label="diesen Text; er wurde hier erst später erfasst")
    row.get_by_label("Ergebnis").select_option(label="geändert beschlossen")
    page.get_by_role("button", name="Speichern und hier bleiben").first.click()
    page.get_by_role("link", name="Weg durch den Rat").click()
    page.get_by_role("link", name="Wortlaut und Abstimmung erfassen").click()
    page.get_by_label("Wortlaut des Beschlusses").fill("Die Strategie wird mit einer Änderung beschlossen.")
    page.locator("#id_votes_for").fill("40")
    page.locator("#id_votes_against").fill("12")
    page.locator("#id_votes_abstaining").fill("2")
    assert Visit(Kind("resolution", page.url), Portal(""), page).barriers == []
    page.get_by_role("button", name="Speichern", exact=True).click()


def note_the_change(page: Page, screenshots: Path) -> None:
    """As the minutes have it, with the code of the edition that was before the council."""
    page.get_by_role("link", name="Rat und Gremien").click()
    page.get_by_role("link", name="2026/0100", exact=False).first.click()
    page.get_by_role("link", name="Änderungen aus der Niederschrift eintragen").click()
    page.get_by_label("Änderungen des Rates").fill(f"{CODE} Der Rat möchte einen jährlichen Bericht.")
    page.get_by_role("button", name="Notieren").click()
    reader = Visit(Kind("minutes", page.url), Portal(""), page)
    for size in (PHONE, DESK):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert [*reader.barriers, *reader.too_wide] == []
        reader.photograph(screenshots / f"council-minutes-{size[0]}.jpg")


def make_the_change(page: Page) -> None:
    """The entry opens with the decision as the reason; then it is ticked off."""
    minutes = page.url
    page.get_by_role("link", name=f"Öffnen: {CODE} {GOAL}").click()
    expect(page.locator("#id_reason")).to_have_value(DECISION)
    page.locator("#id_text").fill(ADDED)
    page.get_by_role("button", name="Speichern", exact=True).first.click()
    page.goto(minutes)
    expect(page.locator(".choice")).to_contain_text("mit diesem Beschluss als Begründung")
    page.get_by_label("eingetragen").check()
    page.get_by_role("button", name="Häkchen sichern").click()


def freeze(page: Page) -> None:
    """The changed goal goes in as it is, though nobody has agreed on it anew; the paper names the edition."""
    page.get_by_role("link", name="Weiter zum Einfrieren").click()
    page.get_by_label("Titel", exact=True).fill("Nachhaltigkeitsstrategie 2026")
    page.get_by_label("Adresse").fill("strategie-2026")
    page.get_by_role("button", name="Einfrieren").click()
    expect(page.locator(".messagelist")).to_contain_text("Öffentlich ist sie noch nicht.")


def carry_over(page: Page, screenshots: Path) -> None:
    """The page of the paper shows what the council changed before the seal is set, and what comes after it."""
    change = page.locator("#aenderung-1")
    expect(change.get_by_role("heading")).to_contain_text(GOAL)
    expect(change).to_contain_text(ADDED)
    expect(change).to_contain_text(DECISION)
    expect(page.locator("#aenderung-2, #id_decided")).to_have_count(0)
    reader = Visit(Kind("way", page.url), Portal(""), page)
    for size in (DESK, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert [*reader.barriers, *reader.too_wide] == []
        reader.photograph(screenshots / f"council-way-{size[0]}.jpg")
    page.get_by_label("Ich habe Vorlage, Fassung").check()
    page.get_by_role("button", name="Entscheidung übernehmen").click()
    expect(page.locator(".messagelist")).to_contain_text(
        "„Nachhaltigkeitsstrategie 2026“ ist jetzt: beschlossen"
    )
    expect(page.locator("#content")).to_contain_text(
        "Nächster Schritt: die beschlossene Fassung veröffentlichen"
    )
    assert reader.barriers == []


def read_the_history(council: Portal, browser: Browser, screenshots: Path) -> None:
    """Everybody reads the decision with wording and votes, on a desk and on a phone."""
    for size, scheme in ((DESK, "light"), (PHONE, "dark")):
        with visit(browser, council, Kind("history", "/fassungen/"), size=size, scheme=scheme) as reader:
            reader.unfold()
            reader.photograph(screenshots / f"council-history-{size[0]}.jpg")
            page = reader.page
            assert [*reader.barriers, *reader.too_wide, *reader.complaints] == []
            adopted = page.locator("#strategie-2026")
            expect(adopted).to_contain_text(
                "Geändert beschlossen (Rat der Stadt, 17. März 2026, Vorlage 2026/0100)"
            )
            expect(adopted).to_contain_text("Die Strategie wird mit einer Änderung beschlossen.")
            expect(adopted).to_contain_text("40 Ja-Stimmen, 12 Nein-Stimmen, 2 Enthaltungen")
            expect(page.locator("#plakat")).to_contain_text("Abgelöst")


def read_what_the_council_had(council: Portal, browser: Browser, screenshots: Path) -> None:
    """The kept files with their checksums, and the decision as a sheet of its own."""
    said = {
        "plakat/anlage": "Anlage zur Vorlage 2026/0100, wie eingebracht",
        "strategie-2026/anlage": "Beschlossene Fassung mit den Änderungen des Rates vom 17.03.2026",
        "strategie-2026/beschluss": "40 Ja-Stimmen, 12 Nein-Stimmen, 2 Enthaltungen",
    }
    for size, scheme in ((DESK, "light"), (PHONE, "dark")):
        for path, text in said.items():
            name = path.replace("/", "-")
            with visit(
                browser, council, Kind(name, f"/fassungen/{path}/"), size=size, scheme=scheme
            ) as reader:
                reader.photograph(screenshots / f"council-{name}-{size[0]}.jpg")
                assert [*reader.barriers, *reader.too_wide, *reader.complaints] == []
                expect(reader.page.locator("main")).to_contain_text(text)
