"""Finding something in the history: by title, kind and person; what was deleted with what; what has to come first."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editing.exchange import proposal_actions
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import person

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/verlauf/"


def entries(client: Client, query: str = "") -> list[str]:
    """What the page lists: title and what was done, without codes."""
    page = re.sub('<span class="code">[^<]*</span> ', "", client.get(f"{PAGE}{query}").content.decode())
    return [unescape(re.sub(r"<[^>]+>", "", each)) for each in re.findall(r"<h2>(.*?)</h2>", page)]


def restore(client: Client, title: str) -> str:
    """The page that restores the deletion of this node."""
    record = HistoryRecord.objects.get(title=title, action="deleted")
    return client.get(f"{PAGE}{record.pk}/wiederherstellen/").content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("baeume", ["Bäume: geändert"]),
        ("BÄUME", ["Bäume: geändert"]),
        ("garten", ["Beete: geändert", "Garten: Abstimmungsstand geändert"]),  # as it was called before
        ("beete garten", []),
        ("wald", []),
    ],
)
def test_search_finds_titles_of_today_and_before(editor, nodes, text: str, found: list[str]):
    node_actions.set_review(nodes["Garten"], "draft")
    node_actions.change(nodes["Garten"], content={"title": "Beete"})
    node_actions.change(nodes["Bäume"], content={"text": "Viele."})

    assert entries(editor, f"?q={text}") == found


def test_filter_by_what_was_done_and_by_whom(editor, nodes):
    paula, erika = person("Fachbereich", name="Paula"), person("Steuerungsgruppe", name="Emil")
    node_actions.change(nodes["Garten"], content={"text": "Neu."}, by=erika)
    node_actions.move(nodes["Kurse"], target=nodes["Garten"], pos="left", by=erika)
    node_actions.change(nodes["Kitas"], content={"text": "Neu."})
    proposal = proposal_actions.propose(nodes["Umbau"], content={"text": "Neu."}, by=paula, reason="So")
    proposal_actions.accept(proposal, by=erika)

    assert entries(editor, "?art=moved") == ["Kurse: verschoben"]
    assert entries(editor, f"?person={paula.pk}") == ["Umbau: geändert"]
    assert entries(editor, f"?person={erika.pk}&art=changed") == ["Umbau: geändert", "Garten: geändert"]
    assert entries(editor, "?person=0") == ["Kitas: geändert"]
    page = editor.get(PAGE).content.decode()
    select = page.partition('<select name="person"')[2].partition("</select>")[0]
    assert re.findall(r"<option[^>]*>(.*?)</option>", select) == ["alle", "Emil", "Paula", "das Programm"]


def test_nothing_found_is_said_and_nonsense_left_aside(editor, nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})

    assert "Nichts gefunden." in editor.get(f"{PAGE}?q=gibtesnicht").content.decode()
    for query in ("?art=x", "?person=x", "?person=99999", "?vorgang=x", "?q=%00"):
        assert entries(editor, query) == ["Garten: geändert"]


def test_deletion_is_one_entry_of_the_topmost_node_with_all_others_behind_it(editor, nodes):
    node_actions.delete(nodes["Bildung"])

    page = text_of(editor.get(PAGE).content.decode())
    batch = HistoryRecord.objects.first().batch

    assert entries(editor) == ["Bildung: gelöscht"]
    assert entries(editor, "?art=deleted") == ["Bildung: gelöscht"]
    assert "Mit 7 Knoten darunter · Alle zeigen" in page
    assert entries(editor, f"?vorgang={batch}")[:2] == ["Bildung: gelöscht", "Lernen: gelöscht"]
    assert len(entries(editor, f"?vorgang={batch}")) == 8


def test_node_that_was_deleted_along_is_found_by_its_title_and_leads_to_the_topmost(editor, nodes):
    node_actions.delete(nodes["Bildung"])
    top = HistoryRecord.objects.get(title="Bildung")

    page = editor.get(f"{PAGE}?q=umbau").content.decode()

    assert entries(editor, "?q=umbau") == ["Umbau: gelöscht"]
    assert f'href="{PAGE}?vorgang={top.batch}#v{top.pk}">Bildung</a>' in page


def test_deletion_of_a_single_node_is_an_entry_like_any_other(editor, nodes):
    node_actions.delete(nodes["Garten"])

    page = text_of(editor.get(PAGE).content.decode())

    assert entries(editor) == ["Garten: gelöscht"]
    assert "darunter" not in page


def test_refusal_leads_to_what_has_to_be_restored_first(editor, nodes):
    node_actions.delete(nodes["Garten"])
    node_actions.delete(nodes["Bildung"])
    top = HistoryRecord.objects.get(title="Bildung")

    page = restore(editor, "Garten")

    assert "Bitte stellen Sie zuerst" in page
    assert f'href="{PAGE}{top.pk}/wiederherstellen/">Zuerst „Bildung“ wiederherstellen</a>' in page


def test_nothing_comes_first_where_the_place_is_still_there(editor, nodes):
    node_actions.delete(nodes["Garten"])

    assert "Zuerst" not in restore(editor, "Garten")


def test_filter_stays_from_page_to_page(editor, nodes):
    for number in range(51):
        node_actions.change(nodes["Garten"], content={"text": f"Fassung {number}."})

    page = editor.get(f"{PAGE}?q=garten&art=changed").content.decode()

    assert 'href="?q=garten&amp;art=changed&amp;seite=2"' in page
    assert len(entries(editor, "?q=garten&art=changed&seite=2")) == 1


def test_number_of_queries_does_not_grow_with_the_entries(editor, nodes):
    node_actions.delete(nodes["Räume"])
    editor.get(PAGE)
    with CaptureQueriesContext(connection) as with_one:
        editor.get(PAGE)
    for title in ("Garten", "Kitas", "Ökologie"):
        node_actions.delete(Node.objects.get(title=title))
    with CaptureQueriesContext(connection) as with_four:
        editor.get(PAGE)

    assert len(entries(editor)) == 4
    assert len(with_four) == len(with_one)
