"""What is recorded of many changes at once."""

import pytest

from strategy.editions.working_tree import rows
from strategy.history import node_actions
from strategy.history.bulk_history import record_difference, reviews_now
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Labor
    strategic_goal Kitas
"""


def test_each_kind_of_change_is_recorded_once():
    nodes = plant(TREE)
    before, reviews = list(rows()), reviews_now()
    kitas, garden = Node.objects.get(title="Kitas"), saved()["Garten"]
    Node.objects.move(Node.objects.get(title="Kurse"), kitas, "last-child")
    garden.text = "Neu."
    garden.save()
    Node.objects.filter(title="Labor").delete()
    plant("theme Klima")

    count = record_difference(before, rows(), reviews=reviews, reason="Datei x.yaml")

    records = {(each.action, each.title): each for each in HistoryRecord.objects.all()}
    assert count == 4
    assert set(records) == {
        ("changed", "Garten"),
        ("moved", "Kurse"),
        ("deleted", "Labor"),
        ("added", "Klima"),
    }
    assert {each.reason for each in records.values()} == {"Datei x.yaml"}
    assert len({each.batch for each in records.values()}) == 1
    assert [field.name for field in records["changed", "Garten"].changed_fields] == ["text"]
    assert records["moved", "Kurse"].before["above"] == "Schulen"
    assert records["deleted", "Labor"].before["parent"] == str(nodes["Schulen"].uid)


def test_sample_data_leave_no_record():
    nodes = plant(TREE)
    before, reviews = list(rows()), reviews_now()
    node_actions.place_new("measure", {"title": "Beispiel: Beet"}, nodes["Kitas"], is_sample=True)

    assert record_difference(before, rows(), reviews=reviews) == 0
    assert HistoryRecord.objects.count() == 0
