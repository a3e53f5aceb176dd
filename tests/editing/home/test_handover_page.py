"""The handover: all that a successor has to know, from what the portal knows; what is missing is said."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editing.models import Proposal, Remark
from measures.execution import Execution, Milestone
from measures.models import Measure
from strategy.editions import actions
from strategy.editions.models import Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import (
    ConsultationFactory,
    DepartmentFactory,
    MeasureFactory,
    PaperFactory,
    ProgressFactory,
    UserFactory,
)
from themes.models import Theme

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/uebergabe/"
YEAR = timezone.localdate().year


@pytest.fixture
def office(nodes: dict[str, Node]) -> Client:
    Strategy(city="Herne", title="Strategie").save()
    return browser_of(person("Koordinationsstelle", name="Karla"))


def read(client: Client) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return text_of(answer.content.decode())


def test_it_says_where_the_strategy_stands(office: Client, nodes: dict[str, Node]):
    before = read(office)
    edition = actions.freeze(slug="plakat", title="Plakat")
    actions.publish(edition)
    node_actions.change(nodes["Kurse"].measure, content={"text": "Neu"}, by=None, reason="")
    after = read(office)

    assert "Noch ist keine Fassung veröffentlicht." in before and "Anders als in der Fassung" not in before
    assert "Öffentlich zu lesen Plakat" in after
    assert "Anders als in der Fassung geändert: 1 Maßnahme" in after
    assert f"zur Abstimmung: 1, abgestimmt: {Node.objects.count() - 1}" in after
    assert "keine Vorlage unterwegs" in after


def test_it_says_what_is_due_within_a_year_and_what_is_overdue(office: Client, nodes: dict[str, Node]):
    for days, number in ((300, "2026/0001"), (400, "2026/0002")):
        day = timezone.localdate() + datetime.timedelta(days=days)
        ConsultationFactory(paper=PaperFactory(reference=number), held_on=day, result="")
    for title, year in (("Garten", YEAR), ("Kurse", YEAR - 3), ("Umbau", YEAR + 2)):
        Measure.objects.filter(title=title).update(end_year=year)
    done = MeasureFactory(title="Fertig", end_year=YEAR - 1)
    ProgressFactory(measure=done, state="done", reported_on=timezone.localdate(), note="Fertig gebaut")

    execution = Execution.objects.create(uid=nodes["Garten"].uid)
    for title, days in (("Gebaut", -40), ("Bepflanzt", 40), ("Geerntet", 400)):
        day = timezone.localdate() + datetime.timedelta(days=days)
        Milestone.objects.create(execution=execution, title=title, due_on=day)

    page = read(office).partition("zwölf Monaten")[2].partition("Was offen ist")[0]

    assert "Vorlage 2026/0001" in page and "Vorlage 2026/0002" not in page
    assert f"Endet {YEAR} (1): 1.1.0.1 Garten" in page
    assert "Sollte schon beendet sein (1): 1.1.0.2 Kurse" in page
    assert "Umbau" not in page and "Fertig" not in page
    assert re.search(r"Überfällige Meilensteine \(1\): [\d.]+ Gebaut \(1.1.0.1 Garten\)", page)
    assert re.search(r"Nächste Meilensteine \(1\): [\d.]+ Bepflanzt", page) and "Geerntet" not in page


def test_it_names_who_is_responsible_and_where_nobody_is(office: Client, nodes: dict[str, Node]):
    environment, sports = (
        DepartmentFactory(name="Umwelt", email="umwelt@herne.example"),
        DepartmentFactory(name="Sport"),
    )
    DepartmentFactory(name="Ohne alles")
    Measure.objects.filter(title__in=["Garten", "Kurse"]).update(lead=environment)
    Measure.objects.filter(title="Umbau").update(lead=sports)
    person("Fachbereich", departments=[environment], name="Fiona")
    person("Themenfeld-Redaktion", themes=[Theme.objects.get(title="Bildung")], name="Thea")
    locked = person("Fachbereich", departments=[sports], name="Gesperrt")
    locked.is_active = False
    locked.save()

    page = read(office)

    assert "Koordinationsstelle: Karla" in page and "Gremienbüro: noch niemand" in page
    assert "1 Bildung: Thea" in page and "2 Ökologie: keine eigene Redaktion" in page
    assert "Umwelt (2 Maßnahmen): Fiona, umwelt@herne.example" in page
    assert "Sport (1 Maßnahme): noch meldet niemand" in page
    assert "Gesperrt" not in page and "Ohne alles" not in page


def test_it_lists_what_is_open_and_leaves_out_what_is_answered(office: Client, nodes: dict[str, Node]):
    asker, asked = UserFactory(), UserFactory(username="gefragt")
    node = nodes["Garten"]
    Proposal.objects.create(
        uid=node.uid, kind="measure", title="Garten", base={}, content={}, reason="x", by=asker
    )
    _open, answered = (
        Remark.objects.create(uid=node.uid, title=title, text="?", by=asker, asked=asked)
        for title in ("Offen", "Beantwortet")
    )
    Remark.objects.create(uid=node.uid, title="Beantwortet", text="!", by=asked, answers=answered)

    page = read(office).partition("Was offen ist")[2].partition("Wer zuständig ist")[0]

    assert "Änderungsvorschläge (1) Garten" in page
    assert "Fragen (1) Offen" in page and "an gefragt" in page and "Beantwortet" not in page
    assert "Gemeldete Barrieren keine" in page


def test_contacts_are_those_that_the_portal_knows(office: Client, settings):
    settings.OPERATOR_MAIL_TO = ""
    missing = read(office)
    settings.OPERATOR_MAIL_TO = "it@herne.example"
    known = read(office)

    assert "[noch einzutragen durch die IT: OPERATOR_MAIL_TO]" in missing
    assert "IT it@herne.example" in known and "Koordinationsstelle Karla" in known.partition("Kontakte")[2]


def test_it_is_reached_from_the_start_page_and_read_by_the_coordination_alone(office: Client):
    assert PAGE in office.get("/verwaltung/").content.decode()
    for role in ("Steuerungsgruppe", "Fachbereich", "Gremienbüro"):
        client = browser_of(person(role))
        assert client.get(PAGE).status_code == 403
        assert PAGE not in client.get("/verwaltung/").content.decode()


def test_three_of_each_take_as_many_queries_as_one(office: Client, nodes: dict[str, Node]):
    def queries_with_one_more(number: int) -> int:
        department = DepartmentFactory()
        MeasureFactory(lead=department, end_year=YEAR, parent=nodes["Schulen"])
        person("Fachbereich", departments=[department])
        read(office)
        with CaptureQueriesContext(connection) as queries:
            read(office)
        return len(queries)

    assert len({queries_with_one_more(number) for number in (1, 2, 3)}) == 1
