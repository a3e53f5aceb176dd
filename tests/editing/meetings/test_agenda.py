"""What goes on an agenda: by theme, review state, words, or all of what was done in one go."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editing.meetings.agenda import AgendaFilter
from editing.models import Meeting
from strategy.history import node_actions
from strategy.history.operations import Operation, operation
from strategy.tree.tree_rows import tree_rows
from tests.editing.meetings.meeting_pages import LIST, page_of, prepare
from tests.editing.pages import text_of

pytestmark = pytest.mark.django_db


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("pk").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Gärten", "Kurse", "Labor"]),
        ({"stand": "draft"}, ["Skizze"]),
        ({"stand": "beides"}, ["Gärten", "Kurse", "Labor", "Skizze"]),
        ({"stand": "beides", "themenfelder": "Ökologie"}, ["Skizze"]),
        ({"q": "jeder schule"}, ["Gärten"]),
    ],
    ids=["all that is up", "drafts", "both", "a theme", "words"],
)
def test_agenda_holds_what_the_filter_leaves(editor, opened, asked, expected: list[str]):
    if "themenfelder" in asked:
        asked = {**asked, "themenfelder": opened[asked["themenfelder"]].pk}

    assert titles(prepare(editor, **asked)) == expected


def test_everything_new_from_an_import_is_one_choice(editor, opened):
    with operation(Operation.Kind.IMPORT, title="massnahmen.xlsx") as done:
        for title in ("Neu eins", "Neu zwei"):
            node_actions.add(kind="measure", content={"title": title}, parent=opened["Bäume"])

    page = text_of(editor.get(f"{LIST}neu/").content.decode())
    meeting = prepare(editor, stand="beides", vorgang=done.uid)

    assert "Import: massnahmen.xlsx · 2 Einträge" in page
    assert titles(meeting) == ["Neu eins", "Neu zwei"]


def test_link_to_a_new_meeting_can_name_what_was_done_in_one_go(editor, opened):
    with operation(Operation.Kind.IMPORT, title="massnahmen.xlsx") as done:
        for title in ("Neu eins", "Neu zwei"):
            node_actions.add(kind="measure", content={"title": title}, parent=opened["Bäume"])

    page = editor.get(f"{LIST}neu/?vorgang={done.uid}").content.decode()

    assert f'<option value="{done.uid}" selected>' in page
    assert '<option value="beides" selected>' in page


def test_filter_that_leaves_nothing_is_a_sentence_and_prepares_nothing(editor, opened):
    said = {"body": "Runde", "held_on": "2026-12-03", "stand": "open", "q": "gibt es nicht"}

    page = editor.post(f"{LIST}neu/", said).content.decode()

    assert "Davon wartet nichts auf eine Abstimmung." in text_of(page)
    assert 'value="Runde"' in page and 'value="gibt es nicht"' in page
    assert not Meeting.objects.exists()


def test_where_all_is_agreed_there_is_nothing_to_prepare(editor, nodes):
    assert "Alles ist abgestimmt" in text_of(editor.get(f"{LIST}neu/").content.decode())


def test_more_is_put_on_the_agenda_by_ticks_or_all_of_it(editor, opened):
    meeting = prepare(editor, q="labor")
    address = page_of(meeting, "ergaenzen/?stand=beides")

    listed = text_of(editor.get(address).content.decode())
    nothing = text_of(editor.post(address, {"angekreuzt": "1"}).content.decode())
    editor.post(address, {"angekreuzt": "1", "knoten": [str(opened["Skizze"].uid)]})
    after_ticks = titles(meeting)
    editor.post(address, {"alle": "1"})

    assert "3 Einträge, die nicht auf der Tagesordnung stehen" in listed
    assert "Bitte kreuzen Sie mindestens einen Eintrag an." in nothing
    assert after_ticks == ["Labor", "Skizze"]
    assert titles(meeting) == ["Labor", "Skizze", "Gärten", "Kurse"]


def test_page_on_which_one_agrees_leads_to_a_meeting_with_the_same_filter(editor, opened):
    theme = opened["Bildung"].pk

    page = editor.get(f"/verwaltung/abstimmen/?themenfeld={theme}").content.decode()
    form = editor.get(f"{LIST}neu/?themenfeld={theme}&stand=draft").content.decode()

    assert f'href="{LIST}neu/?themenfeld={theme}"' in page
    assert re.findall(r'name="themenfelder" value="(\d+)"[^>]*checked', form) == [str(theme)]
    assert '<option value="draft" selected>' in form


def test_number_of_queries_does_not_grow_with_the_agenda(editor, opened):
    few = prepare(editor, q="labor")
    for title in ("Umbau", "Kitas"):
        node_actions.change(opened[title], content={"text": "Neu."})
    many = prepare(editor)

    editor.get(page_of(few))
    counts = []
    for meeting in (few, many):
        for page in ("", "abschliessen/", "ergaenzen/"):
            with CaptureQueriesContext(connection) as queries:
                editor.get(page_of(meeting, page))
            counts.append(len(queries))

    assert many.items.count() == 5
    assert counts[:3] == counts[3:]


def test_list_of_meetings_needs_as_many_queries_for_three_as_for_one(editor, opened):
    counts = []
    for more in (1, 2):
        for _number in range(more):
            prepare(editor)
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_what_was_done_lately_is_offered_only_as_long_as_something_of_it_waits(opened):
    with operation(Operation.Kind.BULK, title="Federführung"):
        node_actions.change(opened["Umbau"], content={"start_year": 2027})
        node_actions.change(opened["Bäume"], content={"text": "Neu."})

    offered = AgendaFilter(tree_rows()).fields["vorgang"].choices
    without = AgendaFilter([row for row in tree_rows() if row.title == "Labor"])

    newest = next(str(label) for _key, label in offered[1:])
    assert "Änderung vieler Maßnahmen: Federführung · 2 Einträge" in newest
    assert "vorgang" not in without.fields
