"""A table that comes back after others have worked on: what they did stays, or the preview says that it goes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from editing.tables.plan import Plan
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table, summary
from tests.factories import UserFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant("""
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
              measure Beratung
              measure Preis
    """)


def contested(plan: Plan) -> dict[str, list[str]]:
    return {change.title: [field.name for field in change.contested] for change in plan.contested}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_others_changed_stays_where_the_table_left_it_alone(nodes: dict[str, Node], kind: str):
    table = Table(kind)
    node_actions.change(
        nodes["Beratung"], content={"funding": "Landesmittel", "cost_once": 1250}, by=UserFactory()
    )
    table.set("Beratung", target_group="Familien")
    table.set("Preis", target_group="Alle")

    plan = table.take_over()

    assert summary(plan) == {"Beratung": ["target_group"], "Preis": ["target_group"]}
    assert contested(plan) == {}
    measure = Node.objects.get(title="Beratung").measure
    assert (measure.funding, measure.cost_once, measure.target_group) == ("Landesmittel", 1250, "Familien")


def test_untouched_old_table_changes_nothing(nodes: dict[str, Node]):
    table = Table()
    for text in ("Eins.", "Zwei."):
        node_actions.change(nodes["Beratung"], content={"text": text}, by=UserFactory())

    assert table.plan().changes == []


def test_field_that_both_changed_is_named_before_the_table_takes_its_place(nodes: dict[str, Node]):
    table = Table()
    node_actions.change(nodes["Beratung"], content={"funding": "Land", "staff": "Eine"}, by=UserFactory())
    table.set("Beratung", funding="Bund", staff="Eine", text="Neu.")

    plan = table.take_over()

    assert summary(plan) == {"Beratung": ["funding", "text"]}
    assert contested(plan) == {"Beratung": ["funding"]}
    assert Node.objects.get(title="Beratung").measure.funding == "Bund"


def test_field_that_is_emptied_in_the_table_is_emptied(nodes: dict[str, Node]):
    node_actions.change(nodes["Beratung"], content={"funding": "Land"}, by=UserFactory())
    table = Table()
    node_actions.change(nodes["Beratung"], content={"text": "Neu."}, by=UserFactory())
    table.set("Beratung", funding=None)

    assert summary(table.plan()) == {"Beratung": ["funding"]}


def test_table_without_versions_takes_the_place_of_everything(nodes: dict[str, Node]):
    table = Table()
    node_actions.change(nodes["Beratung"], content={"funding": "Land"}, by=UserFactory())
    table.set("Beratung", version=None)

    assert summary(table.plan()) == {"Beratung": ["funding"]}
    for row in table.grid:
        row.pop()
    assert summary(table.plan()) == {"Beratung": ["funding"]}


@pytest.mark.parametrize("version", ["neu", "1.5", "-1", "9" * 30])
def test_version_that_is_none_is_refused_with_its_cell(nodes: dict[str, Node], version: str):
    table = Table()
    table.set("Preis", version=version)

    ((place, says),) = table.complaints()

    assert place.endswith("6")
    assert (
        says == "Bitte lassen Sie diese Spalte so, wie sie heruntergeladen wurde, oder leeren Sie die Zelle."
    )


def test_preview_names_what_others_changed(nodes: dict[str, Node]):
    table = Table()
    node_actions.change(nodes["Beratung"], content={"funding": "Land"}, by=UserFactory())
    table.set("Beratung", funding="Bund")

    browser = browser_of(person("Steuerungsgruppe"))
    file = SimpleUploadedFile("tabelle.xlsx", table.content())

    page = browser.post("/verwaltung/tabellen/", {"file": file}, follow=True).content.decode()

    says = "Bei 1 Knoten würde die Tabelle ersetzen, was andere seit dem Herunterladen geändert haben."
    assert says in page
    assert "Seit dem Herunterladen auch von anderen geändert:" in page
