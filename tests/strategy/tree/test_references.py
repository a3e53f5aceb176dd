"""Nodes that name others: what a deletion does to them, and what comes back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.editions.working_tree import problems
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.restore_preview import restoration_of
from strategy.history.restoring import restore
from strategy.tree.models import Node
from strategy.tree.references import naming
from strategy.tree.review import Review
from tests.factories import DepartmentFactory, UserFactory
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import outline, plant, saved, tidy

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
    strategic_goal Kitas
theme Klima
  guideline Wärme
    strategic_goal Energie
theme Wasser
"""


@pytest.fixture
def nodes():
    """The goals Schulen and Kitas serve Klima, too; Energie its own theme and Wasser."""
    found = plant(TREE, Schulen={"review": Review.AGREED}, Garten={"review": Review.AGREED})
    found["Schulen"].also_serves.set([found["Klima"], found["Wasser"]])
    found["Kitas"].also_serves.set([found["Klima"]])
    found["Energie"].also_serves.set([found["Klima"], found["Wasser"]])
    return found


def serves(title: str) -> list[str]:
    return sorted(theme.title for theme in saved()[title].also_serves.all())


def records() -> list[tuple[str, str]]:
    return [(each.action, each.title) for each in HistoryRecord.objects.order_by("pk")]


def deletion(title: str) -> HistoryRecord:
    return HistoryRecord.objects.get(action="deleted", title=title)


def test_nodes_that_name_a_theme_are_found_in_the_order_of_the_tree(nodes):
    found = naming(Node.objects.get_tree(nodes["Klima"]))

    assert [(each.node.title, each.field.name) for each in found] == [
        ("Schulen", "also_serves"),
        ("Kitas", "also_serves"),
    ]
    assert naming([nodes["Garten"]]) == []


def test_deletion_of_a_theme_is_a_recorded_change_of_the_goals_that_name_it(nodes):
    editor = UserFactory()

    node_actions.delete(nodes["Klima"], by=editor, reason="Zusammengelegt")

    assert records() == [
        ("changed", "Schulen"),
        ("changed", "Kitas"),
        ("deleted", "Klima"),
        ("deleted", "Wärme"),
        ("deleted", "Energie"),
    ]
    assert set(HistoryRecord.objects.values_list("by", "reason")) == {(editor.pk, "Zusammengelegt")}
    assert len(set(HistoryRecord.objects.values_list("batch", flat=True))) == 1
    assert (serves("Schulen"), serves("Kitas")) == (["Wasser"], [])
    school = saved()["Schulen"]
    assert (school.review, school.version) == ("open", 2)
    last_agreed = HistoryRecord.objects.last_agreed()[str(school.uid)].state["content"]["also_serves"]
    assert [each["name"] for each in last_agreed] == ["Klima", "Wasser"]


def test_deletion_of_what_nobody_names_changes_nobody(nodes):
    node_actions.delete(nodes["Garten"])

    assert records() == [("deleted", "Garten")]
    assert (serves("Schulen"), saved()["Schulen"].version) == (["Klima", "Wasser"], 1)


def test_adopted_goal_that_names_a_new_theme_needs_a_reason_when_that_is_deleted(nodes):
    adopt()
    new = node_actions.add(kind="theme", content={"title": "Neu"})
    nodes["Kitas"].also_serves.set([new])

    with pytest.raises(ValidationError, match="„Kitas“"):
        node_actions.delete(new)

    assert (serves("Kitas"), "theme Neu" in outline()) == (["Neu"], True)
    node_actions.delete(new, reason="Doch nicht")
    assert serves("Kitas") == []


def test_restored_theme_is_named_again_by_those_that_named_it(nodes):
    node_actions.delete(nodes["Klima"])
    before = HistoryRecord.objects.first().pk

    count = restore(deletion("Klima"), reason="Irrtum")

    assert count == 3
    assert (serves("Schulen"), serves("Kitas"), serves("Energie")) == (
        ["Klima", "Wasser"],
        ["Klima"],
        ["Klima", "Wasser"],
    )
    done = HistoryRecord.objects.filter(pk__gt=before).order_by("pk")
    assert [(each.action, each.title, each.reason) for each in done] == [
        ("restored", "Klima", "Irrtum"),
        ("restored", "Wärme", "Irrtum"),
        ("restored", "Energie", "Irrtum"),
        ("changed", "Schulen", "Irrtum"),
        ("changed", "Kitas", "Irrtum"),
    ]
    assert len(set(done.values_list("batch", flat=True))) == 1
    assert (outline(), problems()) == (tidy(TREE), [])


def test_what_a_goal_names_since_is_kept_when_the_theme_comes_back(nodes):
    node_actions.delete(nodes["Klima"])
    new = node_actions.add(kind="theme", content={"title": "Neu"})
    named = [{"key": str(new.uid), "name": "Neu"}]
    node_actions.change(saved()["Schulen"], content={"also_serves": named})
    node_actions.delete(saved()["Kitas"])

    restore(deletion("Klima"))

    assert serves("Schulen") == ["Klima", "Neu"]
    assert "Kitas" not in outline()


def test_part_of_the_deletion_that_nobody_named_brings_no_name_back(nodes):
    node_actions.delete(nodes["Klima"])
    restore(deletion("Klima"))
    node_actions.change(saved()["Kitas"], content={"also_serves": []})
    node_actions.delete(saved()["Energie"])

    restore(HistoryRecord.objects.filter(action="deleted", title="Energie").first())

    assert serves("Kitas") == []


def test_deleted_goal_comes_back_without_the_theme_that_is_gone_meanwhile_and_says_so(nodes):
    node_actions.delete(nodes["Schulen"])
    node_actions.delete(nodes["Klima"])

    said = restoration_of(deletion("Schulen")).gone
    restore(deletion("Schulen"))

    assert said == ("Klima",)
    assert serves("Schulen") == ["Wasser"]


def test_deleted_measure_comes_back_without_the_department_that_is_gone_meanwhile(nodes):
    department = DepartmentFactory(name="Umwelt")
    node_actions.change(
        nodes["Garten"], content={"lead": {"key": department.key, "name": "Umwelt"}, "text": "Beete."}
    )
    node_actions.delete(nodes["Garten"])
    department.delete()

    said = restoration_of(deletion("Garten")).gone
    restore(deletion("Garten"))

    assert said == ("Umwelt",)
    assert (saved()["Garten"].lead, saved()["Garten"].text) == (None, "Beete.")


def test_older_change_comes_back_without_the_theme_that_is_gone_meanwhile(nodes):
    node_actions.change(nodes["Schulen"], content={"also_serves": [], "text": "Neu."})
    change = HistoryRecord.objects.get()
    node_actions.delete(nodes["Klima"])

    said = restoration_of(change)
    restore(change)

    assert (said.gone, [view.name for view in said.fields]) == (("Klima",), ["text", "also_serves"])
    assert (serves("Schulen"), saved()["Schulen"].text) == (["Wasser"], "")


def test_number_of_queries_that_find_what_names_a_node_does_not_grow_with_the_tree(nodes):
    counts = []
    for more in (1, 20):
        for number in range(more):
            node_actions.add(
                kind="strategic_goal", content={"title": f"Mehr {more} {number}"}, parent=nodes["Wärme"]
            )
        with CaptureQueriesContext(connection) as queries:
            naming(Node.objects.get_tree(Node.objects.get(title="Klima")))
        counts.append(len(queries))

    assert counts[0] == counts[1]
