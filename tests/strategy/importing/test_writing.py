"""What an import writes of nodes, and the history that it leaves."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.models import Measure
from strategy.editions.working_tree import problems
from strategy.history.models import HistoryRecord
from strategy.history.restoring import restore
from strategy.importing.node_rows import NodeWrite
from strategy.importing.recording import record_plan
from strategy.importing.tree_state import TreeState
from strategy.importing.writing import TreePlan, write_plan
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.factories import DepartmentFactory, SDGFactory, UserFactory
from tests.strategy.outline import outline, plant, saved, tidy

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


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant(TREE)


def uids(nodes: dict[str, Node], *titles: str) -> list[str]:
    return [str(nodes[title].uid) for title in titles]


def changed(node: Node, **content: object) -> NodeWrite:
    return NodeWrite.of_content(str(node.uid), node.kind, content)


def written(plan: TreePlan, **options: object) -> dict[tuple[str, str], HistoryRecord]:
    """The records of a plan that is written, by what was done and to what."""
    before = TreeState.now()
    write_plan(plan)
    record_plan(plan, before, **options)
    assert problems() == []
    return {(each.action, each.title): each for each in HistoryRecord.objects.all()}


def test_each_kind_of_change_is_written_and_recorded_once(nodes: dict[str, Node]):
    new, editor = str(uuid.uuid4()), UserFactory()
    plan = TreePlan(
        new=[NodeWrite.of_content(new, "measure", {"title": "Fest"}, review="draft")],
        changed=[changed(nodes["Garten"], title="Beete", text="Neu.")],
        orders={
            str(nodes["Schulen"].uid): [new, *uids(nodes, "Labor")],
            str(nodes["Kitas"].uid): uids(nodes, "Garten", "Kurse"),
        },
        moved=uids(nodes, "Garten", "Kurse"),
    )

    records = written(plan, by=editor, reason="Datei x.yaml")

    assert outline() == tidy("""
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
              measure Fest
              measure Labor
            strategic_goal Kitas
              measure Beete
              measure Kurse
    """)
    assert list(records) == [
        ("moved", "Kurse"),
        ("moved", "Beete"),
        ("added", "Fest"),
        ("changed", "Beete"),
    ]
    assert {(each.reason, each.by) for each in records.values()} == {("Datei x.yaml", editor)}
    assert len({each.batch for each in records.values()}) == 1
    assert [field.name for field in records["changed", "Beete"].changed_fields] == ["title", "text"]
    place = [("above", "Schulen", "Kitas"), ("position", 1, 1)]
    moved = records["moved", "Kurse"]
    assert [(key, moved.before[key], moved.after[key]) for key, _old, _new in place] == place
    assert records["moved", "Beete"].before["content"]["title"] == "Beete"
    assert (records["added", "Fest"].before, records["added", "Fest"].after["position"]) == (None, 0)


def test_records_can_be_restored(nodes: dict[str, Node]):
    plan = TreePlan(
        changed=[changed(nodes["Garten"], title="Beete")],
        orders={
            str(nodes["Schulen"].uid): uids(nodes, "Kurse", "Labor"),
            str(nodes["Kitas"].uid): uids(nodes, "Garten"),
        },
        moved=uids(nodes, "Garten"),
    )

    for record in written(plan).values():
        restore(record)

    assert outline() == tidy(TREE)


def test_agreement_ends_once(nodes: dict[str, Node]):
    Node.objects.update(review=Review.AGREED)
    garden, courses = nodes["Garten"], nodes["Kurse"]
    plan = TreePlan(
        changed=[
            NodeWrite.of_content(str(garden.uid), "measure", {"text": "Neu."}, review=Review.OPEN),
            NodeWrite(str(courses.uid), "measure", marks={"review": Review.OPEN}),
        ],
        orders={str(nodes["Schulen"].uid): uids(nodes, "Labor", "Kurse", "Garten")},
        moved=uids(nodes, "Kurse", "Garten"),
    )

    records = written(plan)

    assert {key: record.ends_agreement for key, record in records.items()} == {
        ("changed", "Garten"): True,
        ("moved", "Kurse"): True,
        ("moved", "Garten"): False,
    }
    now = saved()
    assert [(now[title].review, now[title].version) for title in ("Garten", "Kurse", "Labor")] == [
        ("open", 2),
        ("open", 1),
        ("agreed", 1),
    ]
    assert HistoryRecord.objects.last_agreed()[str(garden.uid)].state["position"] == 0


def test_what_is_not_named_stays(nodes: dict[str, Node]):
    DepartmentFactory(key="umwelt", name="Umwelt")
    for number in (4, 11):
        SDGFactory(number=number)
    garden = nodes["Garten"]
    first = {"lead": {"key": "umwelt", "name": ""}, "sdgs": [{"key": 4, "name": ""}, {"key": 11, "name": ""}]}
    write_plan(TreePlan(changed=[changed(garden, text="Neu.", **first)]))

    write_plan(TreePlan(changed=[changed(garden, sdgs=[{"key": 11, "name": ""}])]))
    kept = Measure.objects.get(uid=garden.uid)
    write_plan(TreePlan(changed=[changed(garden, lead=None)]))

    assert (kept.text, kept.lead.name, [each.number for each in kept.sdgs.all()]) == ("Neu.", "Umwelt", [11])
    assert Measure.objects.get(uid=garden.uid).lead is None


def test_addresses_pass_from_node_to_node(nodes: dict[str, Node]):
    write_plan(
        TreePlan(
            changed=[
                changed(nodes["Garten"], slug="kurse"),
                changed(nodes["Kurse"], slug="labor"),
                changed(nodes["Labor"], slug="garten"),
            ]
        )
    )

    assert [saved()[title].slug for title in ("Garten", "Kurse", "Labor")] == ["kurse", "labor", "garten"]


def test_sample_data_leave_no_record_where_they_are_not_asked_for(nodes: dict[str, Node]):
    sample = plant("theme Beispiel: Wasser", **{"Beispiel: Wasser": {"is_sample": True}})["Beispiel: Wasser"]
    plan = TreePlan(changed=[changed(sample, text="Neu.")])

    assert written(plan, with_samples=False) == {}


def test_queries_of_moves_do_not_grow_with_the_siblings(nodes: dict[str, Node]):
    counts = []
    for order in (["Kurse", "Garten", "Labor"], ["Labor", "Kurse", "Garten"]):
        with CaptureQueriesContext(connection) as queries:
            Node.objects.arrange({str(nodes["Schulen"].uid): uids(nodes, *order)})
        counts.append(len(queries))

    assert counts[0] == counts[1]
