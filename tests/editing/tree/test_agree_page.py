"""Agreeing on many nodes at once: each as it stood on the page, or not at all."""

import re

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editing.tree import agree_actions
from strategy.history import node_actions
from strategy.history.models import HistoryRecord, mark_of
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import saved

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/abstimmen/"


@pytest.fixture
def opened(nodes) -> dict[str, Node]:
    """Two agreed measures that somebody changed, and a new one: all up for agreement."""
    node_actions.change(nodes["Garten"], content={"title": "Gärten", "text": "Ein Garten an jeder Schule."})
    node_actions.move(nodes["Kurse"], target=nodes["Räume"], pos="last-child")
    added = node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Räume"])
    node_actions.set_review(added, Review.OPEN)
    return saved()


def ticks(client: Client, query: str = "") -> dict[str, str]:
    """What each box of the page sends, by the node's title."""
    page = client.get(f"{PAGE}{query}").content.decode()
    boxes = re.findall(r'name="knoten" value="([^"]+)".*?</span> ([^<]+) <span class="quiet">', page)
    return {title: value for value, title in boxes}


def agreed() -> set[str]:
    return set(Node.objects.filter(review=Review.AGREED, kind="measure").values_list("title", flat=True))


def test_page_shows_what_has_changed_in_each(editor, opened):
    page = editor.get(PAGE).content.decode()

    said = text_of(page)
    assert list(ticks(editor)) == ["Gärten", "Kurse", "Labor"]
    assert "Was sich seit der Abstimmung geändert hat: Titel, Text" in said
    assert "<del>Garten</del>" in page and "<ins>Gärten</ins>" in page
    assert "Verschoben; es stand unter „Schulen“." in said
    assert said.count("Bisher noch nie abgestimmt.") == 1
    assert f'href="/verwaltung/strategy/node/{opened["Labor"].pk}/change/"' in page


def test_only_what_is_ticked_is_agreed_in_one_go(editor, opened):
    boxes = ticks(editor)

    page = text_of(
        editor.post(PAGE, {"knoten": [boxes["Gärten"], boxes["Labor"]]}, follow=True).content.decode()
    )

    assert agreed() == {"Gärten", "Labor", "Umbau"}
    assert "2 Knoten sind jetzt abgestimmt." in page
    records = HistoryRecord.objects.filter(action="reviewed", after__review="agreed")
    assert {(record.title, str(record.by)) for record in records} == {("Gärten", "Erika"), ("Labor", "Erika")}
    assert len({record.batch for record in records}) == 1
    assert list(ticks(editor)) == ["Kurse"]


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda nodes: node_actions.change(nodes["Gärten"], content={"text": "Anders."}),
        lambda nodes: node_actions.move(nodes["Gärten"], target=nodes["Räume"], pos="last-child"),
        lambda nodes: node_actions.set_review(nodes["Gärten"], Review.DRAFT),
        lambda nodes: node_actions.set_review(nodes["Gärten"], Review.AGREED),
    ],
    ids=["changed", "moved", "draft again", "agreed by somebody else"],
)
def test_node_that_changed_meanwhile_is_named_and_the_others_are_agreed(editor, opened, meanwhile):
    boxes = ticks(editor)
    meanwhile(opened)
    review_then = Node.objects.get(title="Gärten").review

    page = text_of(editor.post(PAGE, {"knoten": list(boxes.values())}, follow=True).content.decode())

    assert agreed() - {"Gärten"} == {"Kurse", "Labor", "Umbau"}
    assert Node.objects.get(title="Gärten").review == review_then
    assert "geändert und deshalb nicht abgestimmt: „Gärten“." in page
    assert "2 Knoten sind jetzt abgestimmt." in page


def test_node_that_was_deleted_meanwhile_is_counted(editor, opened):
    boxes = ticks(editor)
    node_actions.delete(opened["Labor"])

    page = text_of(editor.post(PAGE, {"knoten": list(boxes.values())}, follow=True).content.decode())

    assert agreed() == {"Gärten", "Kurse", "Umbau"}
    assert "1 Knoten wurde inzwischen gelöscht." in page


def test_fault_in_the_middle_leaves_nothing_agreed(editor, opened):
    def fail(instance: HistoryRecord, **kwargs: object) -> None:
        if instance.title == "Labor":
            raise RuntimeError("the disk is full")

    boxes = ticks(editor)
    pre_save.connect(fail, sender=HistoryRecord)
    try:
        with pytest.raises(RuntimeError, match="the disk is full"):
            editor.post(PAGE, {"knoten": list(boxes.values())})
    finally:
        pre_save.disconnect(fail, sender=HistoryRecord)

    assert agreed() == {"Umbau"}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ([], "Bitte kreuzen Sie mindestens einen Knoten an."),
        (["x:1.0", ":", "²:1"], "Bitte kreuzen Sie mindestens einen Knoten an."),
        (
            [f"{number}:1.0" for number in range(1, 102)],
            "Das sind 101 Knoten. Auf einmal geht das mit höchstens 100.",
        ),
    ],
    ids=["nothing", "nonsense", "too many"],
)
def test_what_makes_no_sense_is_a_sentence(editor, opened, sent: list[str], sentence: str):
    page = text_of(editor.post(PAGE, {"knoten": sent}, follow=True).content.decode())

    assert sentence in page
    assert agreed() == {"Umbau"}


def test_draft_is_not_agreed_by_this_page(editor, opened):
    node_actions.set_review(opened["Labor"], Review.DRAFT)
    mark = mark_of(Node.objects.get(title="Labor"))

    editor.post(PAGE, {"knoten": [f"{opened['Labor'].pk}:{mark}"]})

    assert agreed() == {"Umbau"}


@pytest.mark.parametrize("role", ["Themenfeld-Redaktion", "Fachbereich", "Gremienbüro", "Lesen"])
def test_others_may_not(opened, role: str):
    client = browser_of(person(role, themes=[opened["Bildung"]]))
    box = f"{opened['Labor'].pk}:{mark_of(opened['Labor'])}"

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"knoten": [box]}).status_code == 403
    assert agreed() == {"Umbau"}


def test_list_is_narrowed_to_a_theme_and_all_are_ticked_on_demand(editor, opened):
    node_actions.change(opened["Bäume"], content={"title": "Viele Bäume"})
    theme = opened["Ökologie"].pk

    page = editor.get(f"{PAGE}?themenfeld={theme}&ankreuzen=alle").content.decode()

    assert list(ticks(editor, f"?themenfeld={theme}")) == ["Viele Bäume"]
    assert list(ticks(editor, "?themenfeld=x")) == ["Gärten", "Kurse", "Labor", "Viele Bäume"]
    assert page.count(" checked") == 1
    assert editor.get(f"{PAGE}?themenfeld={theme}").content.decode().count(" checked") == 0


def test_long_list_comes_in_pages(editor, opened, monkeypatch):
    monkeypatch.setattr("editing.tree.agree_page.AT_ONCE", 2)

    assert list(ticks(editor)) == ["Gärten", "Kurse"]
    assert list(ticks(editor, "?seite=2")) == ["Labor"]
    assert agree_actions.AT_ONCE == 100


def test_number_of_queries_does_not_grow_with_the_nodes(editor, opened):
    editor.get(PAGE)
    with CaptureQueriesContext(connection) as with_three:
        editor.get(PAGE)
    for title in ("Umbau", "Kitas", "Bäume"):
        node_actions.change(opened[title], content={"text": "Neu."})
    with CaptureQueriesContext(connection) as with_six:
        editor.get(PAGE)

    assert len(ticks(editor)) == 6
    assert len(with_six) == len(with_three)


def test_desk_leads_there(editor, opened):
    assert f'href="{PAGE}"' in editor.get("/verwaltung/").content.decode()
