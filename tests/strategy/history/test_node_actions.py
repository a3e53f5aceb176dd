"""Changing the working tree: what is written, what the history holds, what is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from treebeard.exceptions import InvalidPosition

from strategy.history import node_actions
from strategy.history.models import HistoryRecord, content_at
from strategy.tree.content import content_of
from strategy.tree.levels import own
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
    strategic_goal Kitas
"""


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED})


def records() -> list[tuple[str, str]]:
    return [(each.action, each.title) for each in HistoryRecord.objects.order_by("pk")]


def test_added_node_is_a_draft_at_the_last_place_and_has_a_record(nodes):
    author = UserFactory()

    node = node_actions.add(
        kind="measure", content={"title": "Labor", "start_year": 2026}, parent=nodes["Schulen"], by=author
    )

    assert (node.review, node.reviewed_by, node.slug, node.start_year) == ("draft", author, "labor", 2026)
    assert "measure Kurse\n      measure Labor\n" in outline()
    record = HistoryRecord.objects.get()
    assert (record.action, record.uid, record.by, record.before) == ("added", node.uid, author, None)
    assert (record.after["content"]["title"], record.after["above"], record.after["position"]) == (
        "Labor",
        "Schulen",
        2,
    )


def test_node_that_may_not_stand_there_is_refused_and_leaves_nothing(nodes):
    with pytest.raises(InvalidPosition):
        node_actions.add(kind="theme", content={"title": "Klima"}, parent=nodes["Schulen"])

    assert outline() == tidy(TREE)
    assert records() == []


def test_change_writes_every_kind_of_field(nodes):
    SDGFactory(number=4)
    SDGFactory(number=11)
    department = DepartmentFactory(name="Umwelt", key="umwelt")
    wanted = {
        "title": "Schulgarten",
        "text": "Neu.",
        "lead": {"key": "umwelt", "name": "egal"},
        "sdgs": [{"key": 11, "name": "egal"}, {"key": 4, "name": "egal"}],
        "partners": ["Verein A", "Verein B"],
        "novelty": {"key": "new", "name": "egal"},
        "is_ongoing": True,
    }

    changed = node_actions.change(nodes["Kurse"], content=wanted)

    node = own(Node.objects.get(pk=nodes["Kurse"].pk))
    assert {field.name for field in changed} == set(wanted)
    assert (node.title, node.text, node.lead, node.novelty, node.is_ongoing) == (
        "Schulgarten",
        "Neu.",
        department,
        "new",
        True,
    )
    assert node.partners == "Verein A\nVerein B"
    assert [sdg.number for sdg in node.sdgs.all()] == [4, 11]
    assert node.slug == "kurse"


FULL = {
    "theme": {"colour": "#123456", "icon": "leaf", "origin": "core_team"},
    "strategic_goal": {"horizon": 2030, "assignment_confirmed": False, "assignment_note": "Offen."},
    "operational_goal": {
        "due_year": 2028,
        "value_name": "Anteil",
        "unit": "%",
        "base_value": Decimal("12.50"),
        "base_year": 2024,
        "target_value": Decimal(30),
        "sdg_targets": "4.7\n11.b",
        "dns_references": "A\nB",
    },
    "measure": {
        "partners": "A\nB",
        "start_year": 2026,
        "is_ongoing": True,
        "cost_once": 12000,
        "participation": "none",
        "participation_note": "Nicht nötig.",
        "novelty": "existing",
    },
}


@pytest.mark.parametrize("kind", FULL)
def test_what_was_read_of_a_node_can_be_written_to_another(nodes, kind: str):
    parents = {"theme": None, "strategic_goal": "Lernen", "operational_goal": "Kitas", "measure": "Kitas"}
    parent = nodes[parents[kind]] if parents[kind] else None
    first = node_actions.add(kind=kind, content={"title": "Voll", "text": "Text."}, parent=parent)
    for name, value in FULL[kind].items():
        setattr(first, name, value)
    first.save()
    read = content_of(own(Node.objects.get(pk=first.pk)))

    copy = node_actions.add(kind=kind, content={**read, "slug": "kopie"}, parent=parent)

    assert {name: getattr(copy, name) for name in FULL[kind]} == FULL[kind]
    assert content_of(copy) == {**read, "slug": "kopie"}


def test_change_to_the_same_is_no_change(nodes):
    content = content_of(nodes["Garten"])

    assert node_actions.change(nodes["Garten"], content=content) == []
    assert records() == []
    assert saved()["Garten"].version == 1


def test_refused_value_leaves_everything_as_it_was(nodes):
    with pytest.raises(ValidationError) as refused:
        node_actions.change(
            nodes["Garten"], content={"title": "Neu", "lead": {"key": "gibt-es-nicht", "name": "x"}}
        )

    assert "„gibt-es-nicht“ ist nicht bekannt" in str(refused.value)
    assert (records(), saved()["Garten"].version) == ([], 1)


def test_values_that_contradict_each_other_are_refused(nodes):
    with pytest.raises(ValidationError, match="würde enden, bevor sie beginnt"):
        node_actions.change(nodes["Garten"], content={"start_year": 2030, "end_year": 2020})

    assert (records(), saved()["Garten"].start_year) == ([], None)


def test_changed_text_of_an_agreed_node_is_up_for_agreement(nodes):
    editor = UserFactory()

    node_actions.change(nodes["Garten"], content={"text": "Neu."}, by=editor)

    garden = saved()["Garten"]
    assert (garden.review, garden.reviewed_by, garden.version) == ("open", editor, 2)
    assert HistoryRecord.objects.last_agreed()[str(garden.uid)].state["content"]["text"] == ""


def test_editorial_correction_keeps_the_agreement(nodes):
    node_actions.change(nodes["Garten"], content={"text": "Korrigiert."}, is_correction=True)

    assert saved()["Garten"].review == "agreed"
    assert HistoryRecord.objects.last_agreed() == {}


def test_last_agreed_state_is_the_newest_one(nodes):
    node_actions.change(nodes["Garten"], content={"text": "Zwei."})
    node_actions.set_review(nodes["Garten"], Review.AGREED)
    node_actions.change(nodes["Garten"], content={"text": "Drei."})
    node_actions.change(nodes["Garten"], content={"text": "Vier."})

    agreed = HistoryRecord.objects.last_agreed()
    assert agreed[str(nodes["Garten"].uid)].state["content"]["text"] == "Zwei."


@pytest.mark.parametrize(
    ("version", "text"), [(1, ""), (2, "Zwei."), (3, "Drei.")], ids=["first", "second", "third"]
)
def test_content_of_each_version_is_known(nodes, version: int, text: str):
    node_actions.change(nodes["Kurse"], content={"text": "Zwei."})
    node_actions.move(nodes["Kurse"], target=nodes["Garten"], pos="left")
    node_actions.change(nodes["Kurse"], content={"text": "Drei."})

    assert content_at(nodes["Kurse"].uid, version)["text"] == text


def test_moved_agreed_node_is_up_for_agreement_and_its_old_place_is_kept(nodes):
    moved = node_actions.move(nodes["Garten"], target=nodes["Kitas"], pos="last-child", reason="Passt besser")

    record = HistoryRecord.objects.get()
    assert moved
    assert saved()["Garten"].review == "open"
    assert (record.action, record.reason) == ("moved", "Passt besser")
    assert (record.before["above"], record.after["above"]) == ("Schulen", "Kitas")
    assert HistoryRecord.objects.last_agreed()[str(nodes["Garten"].uid)].state["parent"] == str(
        nodes["Schulen"].uid
    )


@pytest.mark.parametrize(
    ("title", "direction", "done", "order"),
    [
        ("Kurse", "up", True, ["Kurse", "Garten"]),
        ("Garten", "down", True, ["Kurse", "Garten"]),
        ("Garten", "up", False, ["Garten", "Kurse"]),
        ("Kurse", "down", False, ["Garten", "Kurse"]),
    ],
)
def test_step_among_siblings(nodes, title: str, direction: str, done: bool, order: list[str]):
    assert node_actions.step(nodes[title], direction) is done

    measures = Node.objects.filter(kind="measure").values_list("title", flat=True)
    assert list(measures) == order
    assert len(records()) == int(done)


def test_deletion_leaves_a_record_of_every_node(nodes):
    count = node_actions.delete(nodes["Schulen"], reason="Zusammengelegt")

    assert count == 3
    assert records() == [("deleted", "Schulen"), ("deleted", "Garten"), ("deleted", "Kurse")]
    assert len(set(HistoryRecord.objects.values_list("batch", flat=True))) == 1
    assert "Schulen" not in outline()


def test_node_that_was_deleted_meanwhile_is_refused(nodes):
    Node.objects.filter(pk=nodes["Garten"].pk).delete()

    with pytest.raises(Node.DoesNotExist):
        node_actions.change(nodes["Garten"], content={"text": "Neu."})
