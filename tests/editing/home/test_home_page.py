"""The start page: what each role is told first, and that it asks the database no more often the more there is."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editing.home.models import ReadGreeting
from editing.models import Proposal
from measures.execution import Execution, Milestone
from measures.reporting_rounds import ReportDraft, ReportingRound
from strategy.editions.actions import freeze, set_state
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.reporting.rounds import City
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    DepartmentFactory,
    EditionFactory,
    PaperFactory,
    UserFactory,
)
from themes.models import Theme

pytestmark = pytest.mark.django_db

HOME, TREE = "/verwaltung/", "/verwaltung/baum/"
GREETING = "/verwaltung/begruessung/"
IN_A_MONTH = timezone.localdate() + datetime.timedelta(days=30)


@pytest.fixture
def edition(nodes: dict[str, Node]) -> Edition:
    Strategy(city="Herne", title="Strategie").save()
    return freeze(slug="entwurf", title="Entwurf")


def read(client: Client) -> str:
    answer = client.get(HOME)
    assert answer.status_code == 200
    return text_of(answer.content.decode())


@pytest.mark.parametrize(
    ("role", "says"),
    [
        ("Koordinationsstelle", "Bei Ihnen läuft alles zusammen"),
        ("Steuerungsgruppe", "Sie bearbeiten alle Texte der Strategie"),
        ("Delegierte", "Ein Vorschlag allein ändert nichts"),
        ("Themenfeld-Redaktion", "Sie bearbeiten die Themenfelder, die unten genannt sind"),
        ("Fachbereich", "Sie melden, wie weit die Maßnahmen Ihres Fachbereichs sind"),
        ("Gremienbüro", "Sie erfassen, womit sich Rat und Gremien befassen"),
        ("Lesen", "Aus Versehen ändern können Sie nichts"),
    ],
)
def test_first_login_greets_in_four_sentences_that_fit_the_role(role: str, says: str):
    client = browser_of(person(role))

    greeting = read(client).partition("Willkommen")[2].partition("Verstanden")[0]

    assert says in greeting
    assert len([each for each in greeting.split(". ") if each.strip()]) == 4
    assert f"Rollen {role}" in read(client)


def test_greeting_is_gone_for_whoever_put_it_away_and_for_nobody_else():
    client, other = browser_of(person("Lesen")), browser_of(person("Lesen"))

    answers = [client.post(GREETING), client.post(GREETING)]  # a second click says no more than the first

    assert [answer.headers["Location"] for answer in answers] == [HOME, HOME]
    assert "Willkommen" not in read(client) and "Willkommen" in read(other)
    assert ReadGreeting.objects.count() == 1


def test_two_roles_are_greeted_with_what_both_do():
    user = person("Fachbereich")
    user.groups.add(*person("Gremienbüro").groups.all())

    greeting = read(browser_of(user))

    assert "Sie melden, wie weit" in greeting and "Sie erfassen, womit" in greeting


def test_whom_nothing_is_expected_of_reads_so_and_no_empty_section(nodes: dict[str, Node]):
    page = read(browser_of(person("Lesen")))

    assert "Im Moment wird nichts von Ihnen erwartet." in page
    for heading in (
        "Nächste Termine",
        "Zuletzt geändert",
        "Auf dem Weg durch den Rat",
        "Vorschläge zur",
        "Übergabe",
    ):
        assert heading not in page


def test_long_lists_begin_and_lead_to_the_others(editor: Client, nodes: dict[str, Node]):
    Node.objects.update(review="open")
    for _n in range(25):
        Proposal.objects.create(
            uid=nodes["Garten"].uid,
            kind="measure",
            title="Garten",
            base={},
            content={},
            reason="x",
            by=UserFactory(),
        )

    page = editor.get(HOME).content.decode()

    assert f"Zur Abstimmung ({Node.objects.count()})" in page and "Vorschläge zur Entscheidung (25)" in page
    assert (
        page.count("/verwaltung/vorschlaege/") == 20 + 3
    )  # each, the navigation, the form that accepts, all of them
    assert page.count("?zeige=") == 5


def test_papers_say_what_they_wait_for_to_those_who_keep_them(nodes: dict[str, Node], edition: Edition):
    PaperFactory(reference="2026/0100", name="Fortschreibung", edition=edition)
    before_the_council = set_state(EditionFactory(), "consultation", paper_number="2026/0200")
    paper = PaperFactory(reference="2026/0200", name="Erste", edition=before_the_council)
    body = BodyFactory(key="umwelt", name="Umweltausschuss", kind="committee")
    ConsultationFactory(paper=paper, body=body, held_on=IN_A_MONTH, role="preliminary", result="")
    bodies = browser_of(person("Gremienbüro"))

    waiting = read(bodies)
    paper.consultations.update(held_on=timezone.localdate() - datetime.timedelta(days=1))
    overdue = read(bodies)
    paper.consultations.update(role="decision", result="approved")
    decided = read(bodies)

    assert (
        "2026/0100 Fortschreibung Entwurf (Arbeitsstand) Die Fassung ist noch nicht eingebracht." in waiting
    )
    assert f"Als Nächstes: Umweltausschuss am {IN_A_MONTH:%d.%m.%Y}." in waiting
    assert "wird nichts von Ihnen erwartet" in waiting and "wird nichts von Ihnen erwartet" not in overdue
    assert "fehlt noch (Umweltausschuss)" in overdue
    assert "Die Entscheidung ist eingetragen und noch zu übernehmen." in decided
    assert "Auf dem Weg durch den Rat" not in read(browser_of(person("Steuerungsgruppe")))


def test_next_dates_keep_papers_that_are_not_public_from_those_who_do_not_keep_them():
    for number, is_public in (("2026/0001", True), ("2026/0002", False)):
        ConsultationFactory(
            paper=PaperFactory(reference=number, is_public=is_public), held_on=IN_A_MONTH, result=""
        )
    ConsultationFactory(
        paper=PaperFactory(reference="2026/0003"),
        held_on=timezone.localdate() - datetime.timedelta(days=1),
        result="",
    )

    bodies, reader = read(browser_of(person("Gremienbüro"))), read(browser_of(person("Lesen")))

    assert ("Vorlage 2026/0001" in bodies, "Vorlage 2026/0002" in bodies) == (True, True)
    assert ("Vorlage 2026/0001" in reader, "Vorlage 2026/0002" in reader) == (True, False)
    assert "Vorlage 2026/0003" not in reader


def test_last_changes_say_once_what_was_done_in_one_go(editor: Client, nodes: dict[str, Node]):
    erika = person("Steuerungsgruppe", name="Erna")
    node_actions.change(nodes["Kurse"].measure, content={"text": "Neu"}, by=erika, reason="")
    node_actions.delete(nodes["Räume"], by=erika, reason="")

    page = read(editor)

    assert re.search(r"Räume und 1 weiteres ?: gelöscht.*Kurse ?: geändert", page)


def test_own_part_names_themes_and_departments(nodes: dict[str, Node]):
    theme = Theme.objects.get(title="Bildung")
    redaktion = read(browser_of(person("Themenfeld-Redaktion", themes=[theme])))
    department = read(browser_of(person("Fachbereich", departments=[DepartmentFactory(name="Umwelt")])))

    assert "Meine Themenfelder 1 Bildung" in redaktion and "Ökologie" not in redaktion
    assert "Meine Fachbereiche Umwelt" in department


@pytest.mark.parametrize("query", ["?zeige=1", "?q=garten&ebene=measure", "?auf="])
def test_old_addresses_of_the_tree_lead_there(editor: Client, query: str):
    assert editor.get(f"{HOME}{query}").headers["Location"] == f"{TREE}{query}"
    assert editor.get(f"{HOME}was-bei-mir-liegt/").headers["Location"] == HOME


def test_three_of_each_take_as_many_queries_as_one(nodes: dict[str, Node], edition: Edition):
    user = person("Koordinationsstelle")
    client = browser_of(user)

    def queries_with_one_more(number: int) -> int:
        ConsultationFactory(
            paper=PaperFactory(reference=f"2026/000{number}", edition=edition), held_on=IN_A_MONTH
        )
        node_actions.change(nodes["Kurse"].measure, content={"text": f"{number}"}, by=user, reason="")
        read(client)
        with CaptureQueriesContext(connection) as queries:
            assert f"Vorlage 2026/000{number}" in read(client)
        return len(queries)

    assert len({queries_with_one_more(number) for number in (1, 2, 3)}) == 1


def test_rounds_say_what_they_expect_of_departments_and_of_those_who_keep_them(nodes: dict[str, Node]):
    city = City()
    asked = city.open()
    office, department = (
        browser_of(person("Koordinationsstelle")),
        person("Fachbereich", departments=[city.built]),
    )
    reporter = browser_of(department)

    before, expected = read(office), read(reporter)
    ReportDraft.objects.create(
        round=asked,
        uid=city.other.uid,
        state="running",
        reported_on=timezone.localdate(),
        handed_in_at=timezone.now(),
    )
    handed_in, done = read(office), read(reporter)
    ReportingRound.objects.update(due_on=timezone.localdate() - datetime.timedelta(days=1))

    assert f"{asked.due_on:%d.%m.%Y} Meldungen sind fällig: Halbjahr" in before and "zu prüfen" not in before
    assert "noch zu 1 Maßnahme zu melden" in expected and "wird nichts von Ihnen erwartet" not in expected
    assert "1 Meldung prüfen und veröffentlichen" in handed_in
    assert "Bauen hat alles abgegeben." in done
    assert "Nachsehen, wer noch fehlt" in read(office) and "Nachsehen, wer noch fehlt" not in read(reporter)


def test_department_reads_the_milestones_of_its_measures_and_no_others(nodes: dict[str, Node]):
    city = City()
    for measure, title in ((city.measures[0], "Gepflanzt"), (city.other, "Gebaut")):
        execution = Execution.objects.create(uid=measure.uid)
        Milestone.objects.create(execution=execution, title=title, due_on=IN_A_MONTH)

    page = read(browser_of(person("Fachbereich", departments=[city.green])))

    assert f"{IN_A_MONTH:%d.%m.%Y} Gepflanzt (" in page and "Gebaut" not in page
