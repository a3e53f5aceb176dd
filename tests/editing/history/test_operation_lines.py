"""What was done in one step is one line of the history, which opens to its records."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.history import node_actions
from strategy.history.operations import Operation, operation
from strategy.tree.models import Node
from strategy.undo.undo_actions import undo
from tests.editing.history.test_history_search import PAGE, entries
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db


def imported(nodes: dict[str, Node], by=None, title: str = "liste.xlsx") -> Operation:
    """Two new measures, and one changed and moved."""
    with operation(Operation.Kind.IMPORT, title=title, by=by) as done:
        for new in ("Fest", "Lauf"):
            node_actions.add(
                kind="measure", content={"title": f"{new} {title}"}, parent=nodes["Kitas"], by=by
            )
        node_actions.change(nodes["Garten"], content={"text": title}, by=by)
        target = nodes["Kitas"] if title == "liste.xlsx" else nodes["Schulen"]
        node_actions.move(nodes["Garten"], target=target, pos="last-child", by=by)
    return done


def test_operation_is_one_line_that_opens_to_its_records(editor: Client, nodes):
    node_actions.change(nodes["Kurse"], content={"text": "Neu."})
    done = imported(nodes, by=person("Koordinationsstelle", name="Konrad"))

    said = text_of(editor.get(PAGE).content.decode())

    assert entries(editor) == ["Import: liste.xlsx", "Kurse: geändert"]
    assert "Konrad 2 Maßnahmen neu, 1 Maßnahme geändert, 1 Maßnahme verschoben Alle zeigen" in said
    assert entries(editor, f"?vorgang={done.uid}") == [
        "Import: liste.xlsx",
        "Fest liste.xlsx: hinzugefügt",
        "Lauf liste.xlsx: hinzugefügt",
        "Garten: geändert",
        "Garten: verschoben",
    ]


def test_single_things_of_it_are_found_and_say_what_they_are_part_of(editor: Client, nodes):
    imported(nodes)

    page = editor.get(f"{PAGE}?q=garten").content.decode()

    assert entries(editor, "?q=garten") == ["Garten: verschoben", "Garten: geändert"]
    assert entries(editor, "?art=moved") == ["Garten: verschoben"]
    assert entries(editor, "?person=0") == ["Import: liste.xlsx"]
    assert "Teil von: Import: liste.xlsx" in text_of(page)
    node = editor.get(f"/verwaltung/knoten/{nodes['Garten'].uid}/verlauf/").content.decode()
    assert text_of(node).count("Teil von: Import: liste.xlsx") == 2


def test_what_was_taken_back_says_so_and_leads_to_it(editor: Client, nodes):
    done = imported(nodes)
    undo(done.uid)

    page = text_of(editor.get(PAGE).content.decode())
    back = Operation.objects.get(kind="undo")

    assert entries(editor)[:2] == ["Zurückgenommen: liste.xlsx", "Import: liste.xlsx"]
    assert page.count("Zurückgenommen am ") == 1
    undo(back.uid)
    again = Operation.objects.filter(kind="undo").exclude(pk=back.pk).get()
    page = text_of(editor.get(PAGE).content.decode())
    assert page.count("Zurückgenommen am ") == 1
    assert page.index("Zurückgenommen am ") < page.index("Import: liste.xlsx")
    assert again.takes_back == back.uid
    opened = editor.get(f"{PAGE}?vorgang={back.uid}").content.decode()
    assert f'<a href="{PAGE}?vorgang={done.uid}">Was zurückgenommen wurde</a>' in opened


def test_taking_back_is_offered_to_whom_it_belongs_and_to_those_who_edit_all(nodes):
    theme_editor = person("Themenfeld-Redaktion", themes=[ThemeFactory()])
    imported(nodes)
    imported(nodes, by=None, title="andere.xlsx")
    Operation.objects.filter(title="andere.xlsx").update(by=theme_editor)

    offered = [
        text_of(browser_of(user).get(PAGE).content.decode()).count("Diesen Schritt zurücknehmen")
        for user in (theme_editor, person("Steuerungsgruppe"), person("Lesen"))
    ]

    assert offered == [1, 2, 0]


def test_history_takes_as_many_queries_for_many_operations(editor: Client, nodes):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            editor.get(PAGE)
        return len(queries)

    imported(nodes)
    asked()  # which reads what a process reads once
    one = asked()
    imported(nodes, title="b.xlsx")
    imported(nodes)

    assert asked() == one
