"""Importing a table: all of it as the preview showed it, with its history, or nothing."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from editing.models import ImportFile, Proposal
from editing.tables.import_actions import Outdated, run_import
from editing.tables.reading import read_sheet
from measures.models import Measure
from strategy.editions import actions, working_tree
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.tables.table_files import Table
from tests.factories import DepartmentFactory, UserFactory
from tests.strategy.outline import outline, plant, saved, tidy

pytestmark = pytest.mark.django_db

OUTLINE = """
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          operational_goal Siegel
            measure Beratung
            measure Preis
        strategic_goal Kitas
"""


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant(OUTLINE)


@pytest.fixture
def table(nodes: dict[str, Node]) -> Table:
    return Table()


def records() -> list[tuple[str, str, str]]:
    found = HistoryRecord.objects.order_by("pk")
    return [(record.action, record.title, record.reason) for record in found]


def test_all_that_a_table_can_do(table: Table, nodes: dict[str, Node]):
    DepartmentFactory(key="fb-44", name="Umwelt")
    table.set("Beratung", title="Rat", text="=1+1", lead="fb-44", parent="neu-1")
    table.put("Kitas", before="Schulen")
    table.add(
        uid="neu-1", level="operatives Ziel", parent=str(nodes["Kitas"].uid), title="Plätze", due_year=2030
    )
    table.add(
        after="Siegel", level="Maßnahme", parent=str(nodes["Siegel"].uid), title="Fest", slug="schulfest"
    )
    table.add(level="Kapitel", title="Nachwort", text="Danke.")

    plan = table.take_over()

    assert outline() == tidy("""
        theme Bildung
          guideline Lernen
            strategic_goal Kitas
              operational_goal Plätze
                measure Rat
            strategic_goal Schulen
              operational_goal Siegel
                measure Fest
                measure Preis
        chapter Nachwort
    """)
    now: dict[str, Any] = saved()
    assert (now["Rat"].uid, now["Rat"].text, now["Rat"].lead.name) == (
        nodes["Beratung"].uid,
        "=1+1",
        "Umwelt",
    )
    assert (now["Plätze"].due_year, now["Fest"].slug, now["Nachwort"].text) == (2030, "schulfest", "Danke.")
    assert (now["Fest"].is_sample, now["Fest"].review) == (False, Review.DRAFT)
    assert (len(plan.new), len(plan.changed), len(plan.moved)) == (3, 1, 2)
    assert working_tree.problems() == []


def test_history_has_the_reason_and_who_imported_it(table: Table, nodes: dict[str, Node]):
    editor = UserFactory(username="steuerung")
    table.set("Preis", title="Schulpreis")
    table.put("Kitas", before="Schulen")
    table.add(level="Kapitel", title="Nachwort")

    reason = "Beschluss der Steuerungsgruppe"
    table.take_over("strategie-2026.xlsx", editor, reason)

    assert records() == [
        ("changed", "Schulpreis", reason),
        ("added", "Nachwort", reason),
        ("moved", "Schulen", reason),
    ]
    found = HistoryRecord.objects.all()
    assert {record.by for record in found} == {editor}
    assert len({record.batch for record in found}) == 1
    assert found.get(action="added").after["position"] == 1


def test_file_is_forgotten_once_it_is_imported(table: Table):
    table.set("Preis", title="Schulpreis")

    table.take_over()

    assert ImportFile.objects.count() == 0


def test_agreed_node_is_up_for_agreement_again(table: Table, nodes: dict[str, Node]):
    node_actions.set_review(nodes["Preis"], Review.AGREED)
    table.set("Preis", cost_once=100)

    table.take_over()

    assert Node.objects.get(title="Preis").review == Review.OPEN


def test_adopted_node_changes_only_with_a_reason(table: Table, nodes: dict[str, Node]):
    edition = actions.freeze(slug="ratsfassung", title="Ratsfassung")
    actions.set_state(edition, "consultation", paper_number="2026/0001")
    actions.set_state(edition, "adopted", decided_by="Rat", decided_on="2026-10-01", result="beschlossen")
    table.set("Preis", title="Schulpreis")

    with pytest.raises(ValidationError):
        table.take_over("Beschluss.xlsx")
    assert (records(), ImportFile.objects.count()) == ([], 1)
    table.take_over("Beschluss.xlsx", reason="Änderung des Rates")

    assert records() == [("changed", "Schulpreis", "Änderung des Rates")]


def test_addresses_that_become_free_are_taken_in_the_right_order(table: Table, nodes: dict[str, Node]):
    table.set("Beratung", slug="preis")
    table.set("Preis", slug="siegel")
    table.set("Siegel", slug="guetesiegel")
    table.add(level="Kapitel", title="Neu", slug="beratung")

    table.take_over()

    assert {title: node.slug for title, node in saved().items()} == {
        "Bildung": "bildung",
        "Lernen": "lernen",
        "Schulen": "schulen",
        "Kitas": "kitas",
        "Beratung": "preis",
        "Preis": "siegel",
        "Siegel": "guetesiegel",
        "Neu": "beratung",
    }


def test_guidelines_follow_each_other(nodes: dict[str, Node]):
    plant("""
        theme Klima
          guideline Schützen
        theme Leer
    """)
    table = Table()
    table.set("Lernen", parent=str(Node.objects.get(title="Klima").uid))
    table.set("Schützen", parent=str(Node.objects.get(title="Leer").uid))

    table.take_over()

    assert [row["title"] for row in working_tree.rows() if row["kind"] in ("theme", "guideline")] == [
        "Bildung",
        "Klima",
        "Lernen",
        "Leer",
        "Schützen",
    ]


def confirm(table: Table, digest: str) -> None:
    by = UserFactory()
    file = ImportFile.objects.create(by=by, name="Tabelle.xlsx", content=b"")
    run_import(read_sheet(table.content()), file=file, digest=digest, by=by)


@pytest.mark.parametrize("change", [{"title": "Anders"}, {"cost_once": 7}])
def test_preview_that_no_longer_holds_is_refused(table: Table, nodes: dict[str, Node], change: dict):
    table.set("Preis", title="Schulpreis", cost_once=100)
    digest = table.plan().digest
    node_actions.change(nodes["Preis"], content=change)
    before = (outline(), records())

    with pytest.raises(Outdated):
        confirm(table, digest)

    assert (outline(), records()) == before
    assert ImportFile.objects.count() == 1


def test_preview_holds_where_something_else_was_changed(table: Table, nodes: dict[str, Node]):
    table.set("Preis", title="Schulpreis")
    table.drop("Beratung")
    digest = table.plan().digest
    node_actions.change(nodes["Beratung"], content={"title": "Rat"})

    confirm(table, digest)

    assert set(saved()) == {"Bildung", "Lernen", "Schulen", "Siegel", "Rat", "Schulpreis", "Kitas"}


def test_node_that_was_deleted_meanwhile_is_refused(table: Table, nodes: dict[str, Node]):
    table.set("Preis", title="Schulpreis")
    digest = table.plan().digest
    node_actions.delete(nodes["Preis"])

    with pytest.raises(Outdated):
        confirm(table, digest)

    assert "Schulpreis" not in outline()


class Failing:
    """A database that fails at the statement of this number, of those that write."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.left -= 1
            if self.left == 0:
                raise RuntimeError("Strom weg")
        return execute(sql, params, many, context)


def test_failure_in_the_middle_leaves_everything_as_it_was(nodes: dict[str, Node]):
    node_actions.change(nodes["Beratung"], content={"text": "vorher"})
    person = UserFactory()
    Proposal.objects.create(
        uid=nodes["Preis"].uid, kind="measure", title="Preis", base={}, content={}, by=person
    )
    table = Table()
    table.set("Preis", title="Schulpreis")
    table.set("Beratung", text="nachher", cost_once=100)
    table.set("Siegel", title="Gütesiegel", slug="guetesiegel")
    table.put("Kitas", before="Schulen")
    table.add(level="Kapitel", title="Nachwort")
    table.add(level="operatives Ziel", parent=str(nodes["Kitas"].uid), title="Plätze")
    before = state()

    found = []
    for at in range(2, 100):  # the first statement keeps the file, before the import
        failing = Failing(at)
        with suppress(RuntimeError), connection.execute_wrapper(failing):
            table.take_over(by=person)
        if failing.left > 0:
            break
        found.append(state())

    assert len(found) > 12
    assert [each for each in found if each != before] == []
    assert state() != before


def state() -> dict[str, Any]:
    return {
        "tree": list(working_tree.rows()),
        "paths": list(Node.objects.values_list("path", "depth", "numchild", "version", "review")),
        "history": list(HistoryRecord.objects.order_by("pk").values()),
        "proposals": list(Proposal.objects.values()),
        "measures": list(Measure.objects.values()),
    }
