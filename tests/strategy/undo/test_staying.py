"""What others did since stays, and is named; all else returns."""

import uuid

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError

from measures.models import Department
from strategy.history import node_actions
from strategy.history.operations import Operation, operation
from strategy.importing.node_rows import NodeWrite
from strategy.importing.writing import TreePlan
from strategy.tree.models import Node
from strategy.tree.review import Review
from strategy.undo import beside, built_on
from strategy.undo.planning import undo_plan
from tests.factories import DepartmentFactory, PowerlessUserFactory, SDGFactory, UserFactory
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import outline, plant, saved, tidy
from tests.strategy.undo.undoing import TREE, done, new, staying, undone, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED, "text": "Alt."})


@pytest.fixture
def eva():
    return UserFactory(first_name="Eva", last_name="Beispiel")


def test_field_that_was_changed_since_stays_and_others_return(nodes, eva):
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"text": "Neu.", "title": "Beete"}))
    node_actions.change(nodes["Garten"], content={"text": "Von Eva."}, by=eva)

    (says, _agreed) = staying(batch)["Beete"]
    undone(batch)

    assert says.startswith("Text: seitdem geändert (Eva Beispiel, ")
    garden = saved()["Garten"]
    assert (garden.text, garden.review) == ("Von Eva.", Review.OPEN)


def test_list_loses_what_was_added_and_keeps_what_came_since(nodes):
    for number in (1, 2, 3):
        SDGFactory(number=number)

    def named(*numbers: int) -> object:
        sdgs = [{"key": number, "name": ""} for number in numbers]
        return node_actions.change(nodes["Garten"], content={"sdgs": sdgs})

    batch = done(lambda: named(1, 2))
    named(1, 2, 3)
    undone(batch)

    assert [sdg.number for sdg in saved()["Garten"].sdgs.all()] == [3]


def test_new_nodes_on_which_something_was_built_stay_with_what_is_above_them(nodes, eva):
    goal, festival, lonely = (str(uuid.uuid4()) for _number in range(3))
    batch = written(
        TreePlan(
            new=[new(goal, "Feste", "operational_goal"), new(festival, "Fest"), new(lonely, "Allein")],
            orders={str(nodes["Kitas"].uid): [goal], goal: [festival, lonely]},
        )
    )
    node_actions.change(saved()["Fest"], content={"text": "Von Eva."}, by=eva)

    says = staying(batch)
    plan = undone(batch)

    assert says["Fest"][0].startswith("seitdem geändert (Eva Beispiel")
    assert says["Feste"] == ("„Fest“ steht darunter",)
    assert [each.title for each in plan.going] == ["Allein"]
    assert {"Fest", "Feste"} < saved().keys()


@pytest.mark.parametrize(
    ("since", "says"),
    [
        (lambda node, other: node_actions.move(node, target=other, pos="last-child"), "seitdem verschoben"),
        (lambda node, other: node_actions.set_review(node, "open"), "Stand der Abstimmung seitdem geändert"),
    ],
    ids=["moved", "reviewed"],
)
def test_new_node_that_was_moved_or_reviewed_since_stays(nodes, since, says):
    batch = done(lambda: node_actions.add(kind="measure", content={"title": "Fest"}, parent=nodes["Schulen"]))
    since(saved()["Fest"], nodes["Kitas"])

    assert staying(batch)["Fest"][0].startswith(says)
    with pytest.raises(ValidationError, match="nichts mehr"):
        undone(batch)


def test_new_node_that_others_name_stays(nodes):
    batch = done(lambda: node_actions.add(kind="theme", content={"title": "Sport"}))
    named = [{"key": str(saved()["Sport"].uid), "name": "Sport"}]
    node_actions.change(nodes["Schulen"], content={"also_serves": named})

    assert staying(batch) == {"Sport": ("„Schulen“ verweist darauf",)}


def test_new_node_of_which_something_is_kept_stays(nodes, monkeypatch):
    monkeypatch.setattr(built_on, "_kept", [])
    built_on.register(list, "hat eine Meldung")
    batch = done(lambda: node_actions.add(kind="theme", content={"title": "Sport"}))

    assert staying(batch) == {"Sport": ("hat eine Meldung",)}


def test_place_that_was_changed_since_stays(nodes, eva):
    batch = done(lambda: node_actions.move(nodes["Kurse"], target=nodes["Kitas"], pos="last-child"))
    node_actions.move(nodes["Kurse"], target=nodes["Räume"], pos="last-child", by=eva)

    assert staying(batch)["Kurse"][0].startswith("Platz: seitdem verschoben (Eva Beispiel")


def test_node_whose_old_parent_is_gone_stays(nodes):
    batch = done(lambda: node_actions.move(nodes["Umbau"], target=nodes["Kitas"], pos="last-child"))
    node_actions.delete(saved()["Räume"])

    assert staying(batch) == {"Umbau": ("„Räume“, worunter der Eintrag stand, ist nicht da",)}


def test_deleted_node_whose_parent_is_gone_stays_deleted_and_others_return(nodes):
    batch = done(lambda: [node_actions.delete(nodes[title]) for title in ("Umbau", "Garten")])
    node_actions.delete(nodes["Räume"])

    plan = undone(batch)

    assert [each.title for each in plan.returning] == ["Garten"]
    assert [each.title for each in plan.staying] == ["Umbau"]


def test_guideline_finds_no_place_beside_another(nodes):
    batch = done(lambda: node_actions.delete(nodes["Lernen"]))
    node_actions.add(kind="guideline", content={"title": "Neu"}, parent=nodes["Bildung"])

    plan = undo_plan(batch, by=None)

    assert plan.is_empty
    assert {each.title for each in plan.staying} >= {"Lernen", "Schulen", "Garten"}


def test_department_that_is_gone_is_not_brought_back(nodes):
    old, other = DepartmentFactory(name="Alt"), DepartmentFactory(name="Neu")
    nodes["Garten"].lead = old
    nodes["Garten"].save()
    lead = {"key": other.key, "name": "Neu"}
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"lead": lead, "text": "Neu."}))
    Department.objects.filter(pk=old.pk).delete()

    assert staying(batch)["Garten"] == (
        "Federführung: „Alt“ gibt es nicht mehr",
        "wird nicht wieder „abgestimmt“: Es steht nicht mehr genau das da, was abgestimmt war, oder nicht "
        "mehr dort",
    )
    undone(batch)
    assert (saved()["Garten"].text, saved()["Garten"].lead) == ("Alt.", other)


def test_address_that_another_has_by_now_is_not_taken_from_it(nodes):
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"slug": "beete"}))
    node_actions.add(kind="measure", content={"title": "Garten"}, parent=nodes["Kitas"])
    taken = saved()["Garten"].slug

    says = [says for title, says in staying(batch).items() if title == "Garten"]

    assert taken == "garten"
    assert says[0][0].startswith("Web-Adresse: die frühere")


def test_returning_node_gets_another_address_where_its_own_is_taken(nodes):
    batch = done(lambda: node_actions.delete(nodes["Garten"]))
    node_actions.add(kind="measure", content={"title": "Garten"}, parent=nodes["Kitas"])

    undone(batch)

    assert set(Node.objects.filter(title="Garten").values_list("slug", flat=True)) == {"garten", "garten-2"}


def test_agreed_since_is_up_for_agreement_again(nodes):
    batch = done(lambda: node_actions.change(nodes["Kurse"], content={"text": "Neu."}))
    node_actions.set_review(nodes["Kurse"], Review.AGREED)

    undone(batch)

    assert (saved()["Kurse"].text, saved()["Kurse"].review) == ("", Review.OPEN)


def test_who_may_not_agree_brings_no_agreement_back(nodes):
    editor = PowerlessUserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="change_node"))
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"text": "Neu."}, by=editor))

    assert staying(batch, by=editor) == {
        "Garten": ("wird nicht wieder „abgestimmt“: Das kann nur, wer abstimmen darf",)
    }
    undone(batch, by=editor)
    assert (saved()["Garten"].text, saved()["Garten"].review) == ("Alt.", Review.OPEN)


def test_who_could_not_have_done_it_may_not_take_it_back(nodes):
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"text": "Neu."}))

    with pytest.raises(PermissionDenied):
        undone(batch, by=PowerlessUserFactory())

    assert saved()["Garten"].text == "Neu."


def test_who_may_agree_takes_an_agreement_back(nodes):
    member = PowerlessUserFactory()
    member.user_permissions.add(Permission.objects.get(codename="agree_node"))
    node_actions.set_review(nodes["Kurse"], Review.OPEN)
    batch = done(lambda: node_actions.set_review(nodes["Kurse"], Review.AGREED, by=member))

    undone(batch, by=member)

    assert saved()["Kurse"].review == Review.OPEN


def test_what_the_council_has_adopted_needs_a_reason(nodes):
    adopt()
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"text": "Neu."}, reason="Rat"))

    with pytest.raises(ValidationError, match="Begründung"):
        undone(batch)

    undone(batch, reason="Irrtum")
    assert saved()["Garten"].text == "Alt."


def test_what_was_written_beside_nodes_is_taken_back_and_that_again(nodes, monkeypatch):
    monkeypatch.setattr(beside, "_beside", {})
    kept = ["da"]

    def take_back(value: object, by: object) -> object:
        was = kept.copy()
        kept[:] = value  # type: ignore[call-overload]
        return was

    plan = beside.BesidePlan(written=("Es ist wieder da.",))
    beside.register("kept", beside.Beside(lambda value: plan, take_back))
    with operation(Operation.Kind.BULK) as made:
        node_actions.change(nodes["Garten"], content={"text": "Neu."})
        made.details["kept"] = kept.copy()
        kept[:] = ["weg"]

    undone(made.uid)
    assert kept == ["da"]
    undone(Operation.objects.get(kind="undo").uid)
    assert kept == ["weg"]


def test_content_that_would_no_longer_be_right_stays(nodes):
    nodes["Garten"].start_year, nodes["Garten"].end_year = 2030, 2032
    nodes["Garten"].save()
    batch = done(lambda: node_actions.change(nodes["Garten"], content={"start_year": 2025}))
    node_actions.change(nodes["Garten"], content={"end_year": 2027})

    (says, _agreed) = staying(batch)["Garten"]

    assert says.startswith("kann den früheren Inhalt nicht wieder annehmen: ")
    assert undo_plan(batch, by=None).is_empty


def test_many_nodes_are_taken_back_with_as_many_queries(nodes, django_assert_max_num_queries):
    def imported(count: int) -> object:
        uids = [str(uuid.uuid4()) for _number in range(count)]
        there = [str(nodes["Umbau"].uid)]
        return written(
            TreePlan(
                new=[new(uid, f"Fest {uid}") for uid in uids],
                changed=[NodeWrite.of_content(there[0], "measure", {"text": uids[0]})],
                orders={str(nodes["Räume"].uid): [*there, *uids]},
            )
        )

    batch = imported(40)

    with django_assert_max_num_queries(40):
        undo_plan(batch, by=None)
    undone(batch)
    assert outline() == tidy(TREE)
