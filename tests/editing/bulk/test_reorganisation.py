"""Departments are reorganised: the measures of one go to its successor, all or none."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db.models.signals import pre_save
from django.test import Client

from measures.models import Department, Measure
from strategy.editions.models import PublicState
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.bulk.reorganising import AFTER, BEFORE, PAGE, address, confirm, leads, page_of, planted
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory
from tests.strategy.outline import saved

pytestmark = pytest.mark.django_db

STALE = "Seit der Vorschau hat sich etwas geändert. Es wurde nichts geschrieben"


@pytest.fixture
def old():
    return DepartmentFactory(name="Umwelt")


@pytest.fixture
def new():
    return DepartmentFactory(name="Klima", valid_from="2027-01-01")


@pytest.fixture
def nodes(old):
    return planted(old)


@pytest.fixture
def coordinator() -> Client:
    return browser_of(person("Koordinationsstelle", name="Konrad"))


def test_departments_that_lead_something_are_offered(coordinator, nodes, old, new):
    offered = re.findall(r"<option value=\"\d+\">([^<]+)", page_of(coordinator, PAGE))

    assert offered == ["Umwelt (2 Maßnahmen)"]


def test_recorded_successor_is_filled_in(coordinator, nodes, old, new):
    Department.objects.filter(pk=old.pk).update(successor=new)

    page = page_of(coordinator, address(old))

    assert f'<option value="{new.pk}" selected>Klima' in page
    assert "als Nachfolger von" not in page
    assert "2 Maßnahmen würden sich ändern" in text_of(page)


def test_preview_lists_every_measure_with_both_leads_and_writes_nothing(coordinator, nodes, old, new):
    page = page_of(coordinator, address(old, new))

    body = page.split("<thead>")[1].split("</table>")[0]
    rows = [text_of(row).split() for row in body.split("<tr>")[2:]]
    assert rows == [
        ["1.1.0.1", "Garten", "abgestimmt", "Federführung", "Umwelt", "Klima"],
        ["1.1.0.2", "Kurse", "Federführung", "Umwelt", "Klima"],
    ]
    assert "„Klima“ wird auch als Nachfolger von „Umwelt“ eingetragen." in text_of(page)
    assert "1 davon ist abgestimmt. Sie steht danach wieder zur Abstimmung." in text_of(page)
    assert leads() == BEFORE
    assert HistoryRecord.objects.count() == 0


def test_all_measures_are_given_in_one_go(coordinator, nodes, old, new):
    revision = PublicState.objects.get_or_create(pk=1)[0].revision

    answer = confirm(coordinator, address(old, new))

    assert answer.headers["Location"] == PAGE
    assert "Klima hat 2 Maßnahmen übernommen." in text_of(page_of(coordinator, PAGE))
    assert leads() == AFTER
    records = HistoryRecord.objects.all()
    assert {record.title: (record.reason, str(record.by), record.action) for record in records} == {
        name: ("Neue Organisation", "Konrad", "changed") for name in ("Garten", "Kurse")
    }
    assert len({record.batch for record in records}) == 1
    assert {record.changed_fields[0].name for record in records} == {"lead"}
    assert saved()["Kurse"].partners == "Umwelt"
    old.refresh_from_db()
    assert (old.successor, old.valid_from) == (new, None)
    assert str(Department.objects.get(pk=new.pk).valid_from) == "2027-01-01"
    assert PublicState.objects.get(pk=1).revision != revision


def test_agreed_measure_is_up_for_agreement_again(coordinator, nodes, old, new):
    confirm(coordinator, address(old, new))

    assert {node.title: node.review for node in Measure.objects.all()} == {
        "Garten": Review.OPEN,
        "Kurse": Review.DRAFT,
        "Umbau": Review.DRAFT,
    }


def test_editorial_correction_leaves_it_agreed(coordinator, nodes, old, new):
    confirm(coordinator, address(old, new), is_correction="on")

    assert saved()["Garten"].review == Review.AGREED
    said = {record.title: record.is_correction for record in HistoryRecord.objects.all()}
    assert said == {"Garten": True, "Kurse": False}


def test_without_the_right_no_correction_counts(nodes, old, new):
    user = person("Lesen")
    for name in ("change_node", "change_department"):
        user.user_permissions.add(Permission.objects.get(codename=name))
    client = browser_of(user)

    page = page_of(client, address(old, new))
    confirm(client, address(old, new), is_correction="on")

    assert "is_correction" not in page
    assert saved()["Garten"].review == Review.OPEN


def test_reason_is_required(coordinator, nodes, old, new):
    answer = confirm(coordinator, address(old, new), reason="  ")

    assert "Dieses Feld ist zwingend erforderlich." in answer.content.decode()
    assert leads() == BEFORE


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda: Measure.objects.filter(title="Umbau").update(lead=Department.objects.get(name="Umwelt")),
        lambda: Measure.objects.filter(title="Kurse").update(lead=None),
        lambda: Node.objects.filter(title="Kurse").update(title="Kurse neu"),
        lambda: Node.objects.filter(title="Garten").update(review=Review.DRAFT),
        lambda: Department.objects.filter(name="Klima").update(name="Klima und Wasser"),
        lambda: Department.objects.filter(name="Umwelt").update(
            successor=Department.objects.get(name="Klima")
        ),
        lambda: node_actions.delete(Node.objects.get(title="Kurse")),
    ],
    ids=["one more", "one less", "renamed", "review", "department renamed", "successor", "deleted"],
)
def test_what_changed_since_the_preview_is_shown_and_nothing_written(coordinator, nodes, old, new, meanwhile):
    page = page_of(coordinator, address(old, new))
    meanwhile()
    now = leads()
    records = HistoryRecord.objects.count()

    answer = confirm(coordinator, address(old, new), page)

    shown = answer.content.decode()
    assert STALE in text_of(shown)
    assert 'value="Neue Organisation"' in shown
    assert leads() == now
    assert HistoryRecord.objects.count() == records
    confirm(coordinator, address(old, new), shown)  # the fresh preview holds
    assert "Umwelt" not in leads().values()


def test_other_change_since_the_preview_does_no_harm(coordinator, nodes, old, new):
    page = page_of(coordinator, address(old, new))
    node_actions.change(nodes["Kurse"], content={"text": "Ein neuer Text"})

    confirm(coordinator, address(old, new), page)

    assert leads() == AFTER
    assert saved()["Kurse"].text == "Ein neuer Text"


def test_second_confirmation_writes_nothing_more(coordinator, nodes, old, new):
    page = page_of(coordinator, address(old, new))
    confirm(coordinator, address(old, new), page)

    answer = confirm(coordinator, address(old, new), page)

    assert "Dieser Fachbereich federführt keine Maßnahme." in answer.content.decode()
    assert HistoryRecord.objects.count() == 2


def test_fault_in_the_middle_leaves_nothing_written(coordinator, nodes, old, new):
    def fail(instance: HistoryRecord, **kwargs: object) -> None:
        if instance.title == "Kurse":
            raise RuntimeError("the disk is full")

    page = page_of(coordinator, address(old, new))
    pre_save.connect(fail, sender=HistoryRecord)
    try:
        with pytest.raises(RuntimeError, match="the disk is full"):
            confirm(coordinator, address(old, new), page)
    finally:
        pre_save.disconnect(fail, sender=HistoryRecord)

    assert leads() == BEFORE
    assert saved()["Garten"].review == Review.AGREED
    assert HistoryRecord.objects.count() == 0
    assert Department.objects.get(pk=old.pk).successor is None


def test_measure_that_cannot_be_saved_is_named_and_nothing_written(coordinator, nodes, old, new):
    Node.objects.filter(title="Kurse").update(slug="Das ist keine Adresse")

    answer = confirm(coordinator, address(old, new))

    assert "1.1.0.2 Kurse: " in text_of(answer.content.decode())
    assert leads() == BEFORE
    assert HistoryRecord.objects.count() == 0


@pytest.mark.parametrize("between", [[], ["Wasser"]], ids=["directly", "by another"])
def test_what_was_given_away_is_given_back_and_no_circle_stays(
    coordinator, nodes, old, new, between: list[str]
):
    last = old
    for name in between:
        last = DepartmentFactory(name=name, successor=old)
    Department.objects.filter(pk=new.pk).update(successor=last)

    page = page_of(coordinator, address(old, new))
    successor_then = Department.objects.get(pk=new.pk).successor
    confirm(coordinator, address(old, new), page)

    assert f"„Klima“ ist als abgelöst eingetragen, durch „{last.name}“." in text_of(page)
    assert successor_then == last
    assert leads() == AFTER
    found = {each.name: each.successor and each.successor.name for each in Department.objects.all()}
    assert found == {"Umwelt": "Klima", "Klima": None} | dict.fromkeys(between, "Umwelt")
    for department in Department.objects.all():
        department.full_clean()


def test_successor_recorded_since_the_preview_is_shown_and_nothing_written(coordinator, nodes, old, new):
    page = page_of(coordinator, address(old, new))
    Department.objects.filter(pk=new.pk).update(successor=old)

    answer = confirm(coordinator, address(old, new), page)

    assert STALE in text_of(answer.content.decode())
    assert leads() == BEFORE
    assert Department.objects.get(pk=new.pk).successor == old


def test_department_does_not_succeed_itself(coordinator, nodes, old, new):
    page = page_of(coordinator, address(old, old))

    assert "Bitte eine gültige Auswahl treffen" in page
    assert 'name="seen"' not in page


def test_successor_that_has_one_itself_is_pointed_out(coordinator, nodes, old, new):
    Department.objects.filter(pk=new.pk).update(successor=DepartmentFactory(name="Wasser"))

    page = page_of(coordinator, address(old, new))

    assert "„Klima“ ist selbst schon abgelöst, durch „Wasser“." in text_of(page)


def test_history_shows_what_was_done_in_one_go(coordinator, nodes, old, new):
    node_actions.change(nodes["Umbau"], content={"text": "Für sich"})
    confirm(coordinator, address(old, new))
    batch = HistoryRecord.objects.first().batch

    page = page_of(coordinator, "/verwaltung/verlauf/")
    alone = page_of(coordinator, f"/verwaltung/verlauf/?vorgang={batch}")

    assert "Neuordnung von Fachbereichen: Umwelt → Klima" in page
    assert page.count('class="record"') == 2
    assert alone.count('class="record"') == 2
    assert "Nur was in einem Zug geschah." in alone
    assert page_of(coordinator, "/verwaltung/verlauf/?vorgang=x").count('class="record"') == 2
