"""A field that the program gained after a node's last record: what is typed there is kept, shown and never agreed
unseen. The records are those of a program without the field."""

from typing import Any

import pytest
from django.test import Client

from editing.editions.freeze_plan import FreezePlan
from editing.exchange import proposal_actions
from editing.exchange.proposal_effects import NodeNow, Taken, basis_of, conflicts
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.restoring import restore
from strategy.tree.levels import level_of, levels
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table, summary
from tests.factories import UserFactory
from tests.levels.new_field import Probe, form_address, plant_probes, value_of
from tests.opened_form import opened
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
"""


@pytest.fixture
def office() -> Client:
    return browser_of(person("Steuerungsgruppe", name="Erika"))


@pytest.fixture
def garden() -> Any:
    """A measure that says something new since a record of a program that knew no `funding` and no `sdgs`."""
    node = plant(TREE, Garten={"text": "Alt."})["Garten"]
    node_actions.change(node, content={"text": "Neu."})
    forget(["funding", "sdgs"])
    return saved()["Garten"]


def forget(names: list[str]) -> None:
    """Have the history say nothing of these fields, as that of a program without them."""
    for record in HistoryRecord.objects.all():
        for state in filter(None, (record.before, record.after)):
            state["content"] = {name: value for name, value in state["content"].items() if name not in names}
        record.save()


@pytest.mark.parametrize("level", list(levels()), ids=lambda level: level.kind)
def test_what_is_typed_into_it_is_kept_though_somebody_saved_meanwhile(office: Client, level):
    own = {each.name for each in level_of(level.kind).fields if each.is_loaded}
    probes = [each for each in plant_probes() if each.kind == level.kind and each.name in own]
    probes = [each for each in probes if each.pk == probes[0].pk] if probes else []
    node = level.model.objects.get(pk=probes[0].pk) if probes else level.model.objects.first()
    node_actions.change(node, content={"text": "Früher."}, by=UserFactory())
    forget([*own])
    page = office.get(_address(node)).content.decode()

    node_actions.change(node, content={"easy_text": "Inzwischen."}, by=UserFactory())
    typed = {probe.name: probe.typed for probe in probes}
    before = [value_of(probe) for probe in probes]
    sent = {name: value for name, value in {**opened(page), **typed, "text": "Jetzt."}.items() if value}
    response = office.post(_address(node), sent)

    assert response.status_code == 302, text_of(response.content.decode())
    now = Node.objects.get(pk=node.pk)
    assert (now.text, now.easy_text) == ("Jetzt.", "Inzwischen.")
    assert all(value_of(probe) != old for probe, old in zip(probes, before, strict=True))


def _address(node: Node) -> str:
    return form_address(Probe(node.kind, "text", node.pk, str(node.uid), "", ""))


def test_what_two_typed_into_it_is_a_conflict(office: Client, garden):
    page = office.get(_address(garden)).content.decode()
    node_actions.change(garden, content={"funding": "Land"}, by=UserFactory())

    response = office.post(_address(garden), {**opened(page), "funding": "Bund"})

    assert "Inzwischen hat jemand anderes diesen Knoten gespeichert." in text_of(response.content.decode())
    assert saved()["Garten"].funding == "Land"


def test_table_keeps_what_it_says_there_and_names_what_others_said(garden):
    table = Table()
    node_actions.change(garden, content={"funding": "Land"}, by=UserFactory())
    table.set("Garten", funding="Bund", staff="Eine")

    plan = table.take_over()

    assert summary(plan) == {"Garten": ["funding", "staff"]}
    assert [field.name for field in plan.contested[0].contested] == ["funding"]
    assert saved()["Garten"].funding == "Bund"


def test_node_as_agreed_last_lacks_what_was_typed_there_since():
    plant(TREE, Garten={"text": "Alt."})
    Node.objects.update(review=Review.AGREED)
    node_actions.change(saved()["Garten"], content={"text": "Neu."})
    forget(["funding"])
    node_actions.change(saved()["Garten"], content={"funding": "Nicht abgestimmt"})

    plan = FreezePlan({})

    uid = str(saved()["Garten"].uid)
    entry = plan.document.by_uid[uid]
    assert (entry.content.text, entry.values["funding"]) == ("Alt.", "")
    assert entry.values["decision"]  # the council's, which no history holds: as it is today
    assert [view.name for view in plan.open[0].since.views] == ["text", "funding"]


def test_restoring_a_change_of_it_empties_it_again(garden):
    node_actions.change(garden, content={"funding": "Land", "text": "Heute."})
    record = HistoryRecord.objects.first()
    forget(["funding"])
    HistoryRecord.objects.filter(pk=record.pk).update(after=record.after)  # by the program of today

    assert [field.name for field in HistoryRecord.objects.get(pk=record.pk).changed_fields] == [
        "text",
        "funding",
    ]
    assert restore(HistoryRecord.objects.get(pk=record.pk)) == 1
    assert (saved()["Garten"].text, saved()["Garten"].funding) == ("Neu.", "")


def test_deleted_node_comes_back_without_it(garden):
    node_actions.delete(garden)
    forget(["funding", "sdgs"])

    restore(HistoryRecord.objects.first())

    assert (saved()["Garten"].text, saved()["Garten"].funding) == ("Neu.", "")


def test_proposal_is_applied_in_the_fields_that_it_names_and_no_other(garden):
    proposal = proposal_actions.propose(
        garden, content={"funding": "Bund"}, by=person("Fachbereich"), reason="Besser."
    )
    node_actions.change(garden, content={"text": "Inzwischen."})

    assert conflicts(proposal, NodeNow.of(saved()["Garten"])) == []
    node_actions.change(garden, content={"funding": "Land"})
    now = NodeNow.of(saved()["Garten"])
    assert [field.name for field in conflicts(proposal, now)] == ["funding"]
    taken = Taken(seen=basis_of(proposal, now))
    proposal_actions.accept(proposal, by=person("Steuerungsgruppe"), taken=taken)
    assert (saved()["Garten"].text, saved()["Garten"].funding) == ("Inzwischen.", "Bund")
