"""“Rückgängig” in the message after every action: at once, or asked first where something would stay."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.models import Department
from strategy.history import node_actions
from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord, mark_of
from strategy.history.operations import Operation
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.factories import DepartmentFactory, ThemeFactory
from tests.opened_form import confirmed, opened
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import outline, saved
from tests.strategy.undo.undoing import states

pytestmark = pytest.mark.django_db

MEASURE = "/verwaltung/measures/measure/"


def undo_address(batch: object) -> str:
    return f"/verwaltung/verlauf/vorgang/{batch}/zuruecknehmen/"


def pressed(client: Client, page: str) -> object:
    """The answer to the button “Rückgängig” of the only message that has one."""
    (action,) = re.findall(r'<form method="post" action="(/verwaltung/verlauf/vorgang/[^"]+)"', page)
    sent = {name: value for name, value in opened(page).items() if name in ("sofort", "weiter")}
    return client.post(action, sent, follow=True)


def change(client: Client, nodes) -> object:
    return confirmed(client, f"{MEASURE}{nodes['Garten'].pk}/change/", title="Beete", reason="", _save="1")


def add(client: Client, nodes) -> object:
    return confirmed(client, f"{MEASURE}add/", title="Neu", parent=str(nodes["Schulen"].pk), _save="1")


def delete(client: Client, nodes) -> object:
    return confirmed(client, f"{MEASURE}{nodes['Garten'].pk}/delete/", post="yes")


def step(client: Client, nodes) -> object:
    return client.post(reverse("editing:step"), {"runter": nodes["Garten"].pk})


def move(client: Client, nodes) -> object:
    return confirmed(
        client, reverse("editing:move", args=[nodes["Garten"].pk]), parent=str(nodes["Kitas"].pk)
    )


def review(client: Client, nodes) -> object:
    seen = {"stand": "draft", "gesehen": mark_of(nodes["Garten"])}
    return client.post(reverse("editing:review", args=[nodes["Garten"].pk]), seen)


def agree(client: Client, nodes) -> object:
    node_actions.set_review(nodes["Garten"], Review.OPEN)
    garden = Node.objects.get(pk=nodes["Garten"].pk)
    return client.post(reverse("editing:agree"), {"knoten": f"{garden.pk}:{mark_of(garden)}"})


def origins(client: Client, nodes) -> object:
    return client.post(reverse("editing:origins", args=[nodes["Garten"].uid]), {"aus": nodes["Kurse"].uid})


def restore(client: Client, nodes) -> object:
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    return confirmed(client, reverse("editing:restore", args=[HistoryRecord.objects.first().pk]))


def bulk(client: Client, nodes) -> object:
    chosen = {"m": nodes["Garten"].pk, "change_start": "on", "start_year": "2030", "vorschau": "1"}
    page = client.post(reverse("editing:change_measures"), chosen).content.decode()
    return client.post(reverse("editing:change_measures"), {**opened(page), "reason": "So", "aendern": "1"})


def import_table(client: Client, nodes) -> object:
    table = Table()
    table.set("Garten", title="Beete")
    file = SimpleUploadedFile("liste.xlsx", table.content())
    return confirmed(client, client.post(reverse("editing:tables"), {"file": file}).url)


ACTIONS = [change, add, delete, step, move, review, agree, origins, restore, import_table]


@pytest.mark.parametrize("act", ACTIONS, ids=lambda act: act.__name__)
def test_each_action_is_taken_back_from_its_message(editor: Client, nodes, act):
    before, tree = states(), outline()

    answer = act(editor, nodes)
    page = editor.get(answer.url).content.decode()
    during = (states(), outline(), HistoryRecord.objects.count())
    answer = pressed(editor, page)

    assert during[2] > 0
    assert "Zurückgenommen: " in text_of(answer.content.decode())
    if act is agree:
        before["Garten"] = (*before["Garten"][:2], Review.OPEN)
    elif act is restore:
        before["Garten"] = during[0]["Garten"]
        before["Garten"] = (before["Garten"][0], {**before["Garten"][1], "text": "Neu."}, Review.OPEN)
    assert (states(), outline()) == (before, tree)


def test_taking_back_is_taken_back_from_its_message(editor: Client, nodes):
    page = editor.get(change(editor, nodes).url).content.decode()
    page = pressed(editor, page).content.decode()
    assert saved()["Garten"]

    pressed(editor, page)

    assert saved()["Beete"].review == Review.OPEN
    assert Operation.objects.filter(kind="undo").count() == 2


def test_what_changed_nothing_offers_nothing(editor: Client, nodes):
    answer = confirmed(editor, f"{MEASURE}{nodes['Garten'].pk}/change/", _save="1")

    page = editor.get(answer.url).content.decode()

    assert "Rückgängig" not in page


def test_where_something_would_stay_it_is_asked_first(editor: Client, nodes):
    page = editor.get(change(editor, nodes).url).content.decode()
    node_actions.change(
        nodes["Garten"], content={"title": "Gärten"}, by=person("Steuerungsgruppe", name="Eva")
    )

    answer = pressed(editor, page)

    said = text_of(answer.content.decode())
    assert "Davon lässt sich nichts zurücknehmen" in said
    assert "Titel: seitdem geändert (Eva, " in said
    assert saved()["Gärten"]


def test_page_shows_what_is_written_and_writes_just_that(editor: Client, nodes):
    with in_one_go() as batch:
        node_actions.change(nodes["Garten"], content={"title": "Beete", "text": "Neu."})
        node_actions.add(kind="measure", content={"title": "Fest"}, parent=nodes["Kitas"])
    node_actions.change(nodes["Garten"], content={"text": "Von anderen."})

    page = editor.get(undo_address(batch)).content.decode()
    answer = editor.post(undo_address(batch), opened(page), follow=True)

    said = text_of(page)
    assert (
        "1 neuer Eintrag verschwindet wieder 1 Eintrag wird wieder, wie er war bei 1 bleibt etwas stehen"
        in said
    )
    assert "Text: seitdem geändert" in said
    assert "Maßnahme: 1.1.2 Fest" not in said or "Fest verschwindet wieder" in said
    assert "Zurückgenommen: „Beete“ geändert" in text_of(answer.content.decode())
    assert (saved()["Garten"].text, "Fest" in saved()) == ("Von anderen.", False)


def test_page_that_shows_what_is_no_longer_so_writes_nothing(editor: Client, nodes):
    change(editor, nodes)
    batch = HistoryRecord.objects.first().batch
    editor.get("/verwaltung/")  # where the message is read
    sent = opened(editor.get(undo_address(batch)).content.decode())
    node_actions.change(nodes["Garten"], content={"text": "Von anderen."})

    answer = editor.post(undo_address(batch), {**sent, "reason": "Mein Grund"})

    page = answer.content.decode()
    assert "Inzwischen hat sich etwas geändert. Es wurde nichts geschrieben" in text_of(page)
    assert 'value="Mein Grund"' in page
    assert saved()["Beete"]


def test_what_the_council_adopted_is_asked_for_its_reason(editor: Client, nodes):
    adopt()
    node_actions.change(nodes["Garten"], content={"title": "Beete"}, reason="Rat")
    batch = HistoryRecord.objects.first().batch

    asked = editor.post(undo_address(batch), {"sofort": "1"})
    sent = opened(editor.get(asked.url).content.decode())
    refused = editor.post(asked.url, sent)
    done = editor.post(asked.url, {**sent, "reason": "Irrtum"})

    assert (asked.status_code, asked.url) == (302, undo_address(batch))
    assert "Bitte geben Sie eine Begründung an" in text_of(refused.content.decode())
    assert done.status_code == 302
    assert HistoryRecord.objects.first().reason == "Irrtum"


def test_reorganisation_is_taken_back_with_the_successor(nodes):
    old, new = DepartmentFactory(name="Umwelt"), DepartmentFactory(name="Klima")
    nodes["Garten"].measure.lead = old
    nodes["Garten"].measure.save()
    client = browser_of(person("Koordinationsstelle"))
    page = f"/verwaltung/fachbereich-abloesen/?von={old.pk}&nach={new.pk}"
    client.post(page, {**opened(client.get(page).content.decode()), "reason": "Neu"})
    assert (saved()["Garten"].lead, Department.objects.get(pk=old.pk).successor) == (new, new)

    said = text_of(client.get(undo_address(Operation.objects.get().uid)).content.decode())
    client.post(undo_address(Operation.objects.get().uid), {"sofort": "1"})

    assert "„Umwelt“ hat wieder keinen Nachfolger." in said
    assert (saved()["Garten"].lead, Department.objects.get(pk=old.pk).successor) == (old, None)


@pytest.mark.parametrize("weiter", ["https://example.org/", "//example.org/", "javascript:1", ""])
def test_button_leads_nowhere_else(editor: Client, nodes, weiter: str):
    change(editor, nodes)
    batch = HistoryRecord.objects.first().batch

    answer = editor.post(undo_address(batch), {"sofort": "1", "weiter": weiter})

    assert answer.url == "/verwaltung/"


def test_who_may_not_change_a_node_may_not_take_its_change_back(editor: Client, nodes):
    change(editor, nodes)
    batch = HistoryRecord.objects.first().batch
    stranger = browser_of(person("Themenfeld-Redaktion", themes=[ThemeFactory()]))

    answers = [stranger.get(undo_address(batch)), stranger.post(undo_address(batch), {"sofort": "1"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert saved()["Beete"]


def test_unknown_batch_is_not_found(editor: Client, nodes):
    assert editor.get(undo_address("00000000-0000-0000-0000-000000000000")).status_code == 404


def test_preview_takes_as_many_queries_for_many_nodes(editor: Client, nodes):
    def asked(*titles: str, again: int = 0) -> int:
        with in_one_go() as batch:
            for title in titles:
                node_actions.change(nodes[title], content={"text": f"Neu: {len(titles)}, {again}"})
        with CaptureQueriesContext(connection) as queries:
            editor.get(undo_address(batch))
        return len(queries)

    asked("Garten")
    assert asked("Garten", again=1) == asked("Garten", "Kurse", "Umbau")
