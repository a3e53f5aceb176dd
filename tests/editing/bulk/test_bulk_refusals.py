"""What is refused when many measures are changed: stale previews, faults, what is not one's own."""

import pytest
from django.db.models.signals import pre_save

from measures.models import Measure
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.editing.bulk.bulk import (
    PAGE,
    STALE,
    confirm,
    leads,
    listed,
    periods,
    pks,
    planned,
    planted,
    preview,
    sdgs,
)
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory
from tests.opened_form import opened
from tests.strategy.outline import saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return DepartmentFactory(name="Schule")


@pytest.fixture
def nodes(school):
    return planted(school)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Bitte sagen Sie, was sich ändern soll."),
        ({"sdgs": "4"}, "Bitte sagen Sie, was mit diesen SDGs geschehen soll."),
        ({"sdg_action": "add"}, "Bitte wählen Sie mindestens ein SDG."),
        ({"start_year": "2025", "no_start_year": "on"}, "Bitte geben Sie entweder ein Jahr an"),
        ({"end_year": "1066"}, "Dieser Wert muss größer oder gleich 1990 sein."),
        ({"lead": "987654"}, "Bitte eine gültige Auswahl treffen."),
        ({"sdgs": "99", "sdg_action": "add"}, "99"),
    ],
)
def test_change_that_makes_no_sense_is_refused(editor, nodes, values: dict, sentence: str):
    page = preview(editor, pks(nodes, "Garten"), **values)

    assert sentence in text_of(page)
    assert f'value="{nodes["Garten"].pk}" id="m{nodes["Garten"].pk}" checked' in page
    assert 'name="seen"' not in page


def test_no_measure_chosen_is_refused(editor, nodes):
    assert "Bitte wählen Sie mindestens eine Maßnahme." in text_of(preview(editor, end_year="2033"))


def test_reason_is_required(editor, nodes):
    page = preview(editor, pks(nodes, "Garten"), end_year="2033")

    answer = confirm(editor, page, reason="")

    assert "Dieses Feld ist zwingend erforderlich." in answer.content.decode()
    assert HistoryRecord.objects.count() == 0


def test_pasted_reason_is_cleaned_by_a_button_that_writes_nothing(editor, nodes):
    page = preview(editor, pks(nodes, "Garten"), end_year="2033")
    refused = confirm(editor, page, reason="Beschluss\u00adlage").content.decode()

    sent = {**opened(refused), "_zeichen_bereinigen": "1"}
    cleaned = editor.post(PAGE, sent).content.decode()

    assert 'name="_zeichen_bereinigen"' in refused
    assert opened(cleaned)["reason"] == "Beschlusslage"
    assert HistoryRecord.objects.count() == 0
    assert confirm(editor, cleaned, reason="Beschlusslage").status_code == 302


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda: Measure.objects.filter(title="Garten").update(end_year=2029),
        lambda: Measure.objects.filter(title="Umbau").update(start_year=2034, end_year=2035),
        lambda: Measure.objects.filter(title="Umbau").update(end_year=2033),
        lambda: Node.objects.filter(title="Garten").update(title="Beete"),
        lambda: node_actions.delete(Node.objects.get(title="Umbau")),
        lambda: node_actions.step(Node.objects.get(title="Garten"), "down"),
    ],
    ids=["other value", "refused now", "nothing to do now", "renamed", "deleted", "moved"],
)
def test_what_changed_since_the_preview_is_shown_and_nothing_written(editor, nodes, meanwhile):
    page = preview(editor, pks(nodes, "Garten", "Umbau"), end_year="2033")
    meanwhile()
    now, records = periods(), HistoryRecord.objects.count()

    shown = confirm(editor, page, leaves_out="on").content.decode()

    assert STALE in text_of(shown)
    assert periods() == now
    assert HistoryRecord.objects.count() == records
    assert confirm(editor, shown, leaves_out="on").status_code == 302  # the fresh preview holds


def test_forged_values_are_not_what_was_shown(editor, nodes):
    page = preview(editor, pks(nodes, "Garten"), end_year="2033")

    shown = confirm(editor, page, end_year="2044").content.decode()

    assert STALE in text_of(shown)
    assert HistoryRecord.objects.count() == 0


def test_other_change_since_the_preview_does_no_harm(editor, nodes):
    page = preview(editor, pks(nodes, "Umbau"), end_year="2033")
    node_actions.change(nodes["Umbau"], content={"funding": "Land"})

    confirm(editor, page)

    assert (saved()["Umbau"].funding, saved()["Umbau"].end_year) == ("Land", 2033)


def test_fault_in_the_middle_leaves_nothing_written(editor, nodes):
    def fail(instance: HistoryRecord, **kwargs: object) -> None:
        if instance.title == "Umbau":
            raise RuntimeError("the disk is full")

    page = preview(editor, pks(nodes, "Garten", "Umbau"), end_year="2033", sdg_action="exactly")
    before = periods()
    pre_save.connect(fail, sender=HistoryRecord)
    try:
        with pytest.raises(RuntimeError, match="the disk is full"):
            confirm(editor, page)
    finally:
        pre_save.disconnect(fail, sender=HistoryRecord)

    assert periods() == before
    assert sdgs("Garten") == [4, 11]
    assert HistoryRecord.objects.count() == 0


def test_measure_that_cannot_be_saved_is_named_and_nothing_written(editor, nodes):
    Node.objects.filter(title="Umbau").update(slug="Das ist keine Adresse")
    before = periods()

    answer = confirm(editor, preview(editor, pks(nodes, "Garten", "Umbau"), end_year="2033"))

    assert "1.1.1.1 Umbau: " in text_of(answer.content.decode())
    assert periods() == before
    assert HistoryRecord.objects.count() == 0


def test_editors_of_a_theme_change_its_measures_only(nodes):
    client = browser_of(person("Themenfeld-Redaktion", themes=[nodes["Klima"]]))

    page = preview(client, welche="alle", end_year="2033")
    confirm(client, page)

    assert listed(client) == ["2.1.0.1 Dächer"]
    assert planned(page) == ["2.1.0.1 Dächer Bis 2028 2033"]
    assert [record.title for record in HistoryRecord.objects.all()] == ["Dächer"]


@pytest.mark.parametrize("name", ["Garten", "Schulen", "Klima"])
@pytest.mark.parametrize("key", ["m", "gewaehlt"])
def test_forged_choice_is_refused(nodes, name: str, key: str):
    client = browser_of(person("Themenfeld-Redaktion", themes=[nodes["Klima"]]))
    page = preview(client, pks(nodes, "Dächer"), end_year="2033")
    forged = {"m": [nodes[name].pk]} if key == "m" else {"gewaehlt": f"{nodes['Dächer'].pk}.{nodes[name].pk}"}

    answers = [
        client.post(PAGE, {"vorschau": "1", "end_year": "2033", **forged}),
        confirm(client, page, **forged),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert HistoryRecord.objects.count() == 0


def test_node_that_is_no_measure_is_refused_to_everybody(editor, nodes):
    answer = editor.post(PAGE, {"m": [nodes["Schulen"].pk], "vorschau": "1", "lead": "0"})

    assert answer.status_code == 403


@pytest.mark.parametrize("role", ["Themenfeld-Redaktion", "Fachbereich", "Gremienbüro", "Lesen"])
def test_who_may_change_nothing_may_not(role: str, nodes, school):
    client = browser_of(person(role, departments=[school]))

    answers = [
        client.get(PAGE),
        client.post(PAGE, {"m": pks(nodes, "Garten"), "vorschau": "1", "lead": "0"}),
        client.post(
            PAGE, {"m": pks(nodes, "Garten"), "aendern": "1", "lead": "0", "reason": "x", "seen": "x"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert leads()["Garten"] == "Schule"
