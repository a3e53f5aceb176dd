"""Agreeing on many nodes at once: each as it stood on the page, or not at all."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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


def reviews(*titles: str) -> list[str]:
    return [Node.objects.get(title=title).review for title in titles]


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


def test_fault_at_the_end_leaves_nothing_agreed(editor, opened):
    def fail(execute, sql, *args):
        if sql.startswith("INSERT") and "historyrecord" in sql:
            raise RuntimeError("the disk is full")
        return execute(sql, *args)

    boxes = ticks(editor)
    with connection.execute_wrapper(fail), pytest.raises(RuntimeError, match="the disk is full"):
        editor.post(PAGE, {"knoten": list(boxes.values())})

    assert agreed() == {"Umbau"}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ([], "Bitte kreuzen Sie mindestens einen Knoten an."),
        (["x:1.0", ":", "²:1"], "Bitte kreuzen Sie mindestens einen Knoten an."),
        (
            [f"{number}:1.0" for number in range(1, 2_002)],
            "Das sind 2001 Knoten. Auf einmal geht das mit höchstens 2000.",
        ),
    ],
    ids=["nothing", "nonsense", "too many"],
)
def test_what_makes_no_sense_is_a_sentence(editor, opened, sent: list[str], sentence: str):
    page = text_of(editor.post(PAGE, {"knoten": sent}, follow=True).content.decode())

    assert sentence in page
    assert agreed() == {"Umbau"}


def test_drafts_of_a_theme_are_put_up_for_agreement_or_agreed_in_one_go(editor, opened):
    for title in ("Skizze", "Plan"):
        node_actions.add(kind="measure", content={"title": title, "text": "Neu."}, parent=opened["Räume"])
    node_actions.add(kind="measure", content={"title": "Baumhaus"}, parent=opened["Bäume"])
    drafts = f"?stand=draft&themenfeld={opened['Bildung'].pk}"
    boxes = ticks(editor, drafts)

    page = text_of(
        editor.post(
            f"{PAGE}{drafts}", {"knoten": [boxes["Skizze"]], "stellen": "1"}, follow=True
        ).content.decode()
    )
    editor.post(f"{PAGE}{drafts}", {"knoten": [boxes["Plan"]], "abstimmen": "1"})

    assert list(boxes) == ["Skizze", "Plan"]
    assert "1 Eintrag steht jetzt zur Abstimmung." in page
    assert reviews("Skizze", "Plan", "Baumhaus") == ["open", "agreed", "draft"]
    assert HistoryRecord.objects.filter(title="Skizze", action="reviewed", by__username="Erika").exists()


def test_draft_that_changed_meanwhile_is_not_put_up_for_agreement(editor, opened):
    node_actions.set_review(opened["Labor"], Review.DRAFT)
    boxes = ticks(editor, "?stand=draft")
    node_actions.change(opened["Labor"], content={"text": "Anders."})

    page = editor.post(PAGE, {"knoten": [boxes["Labor"]], "stellen": "1"}, follow=True).content.decode()

    assert "geändert und deshalb nicht zur Abstimmung gestellt: „Labor“." in text_of(page)
    assert reviews("Labor") == ["draft"]


def test_editors_of_a_theme_put_up_their_own_drafts_and_agree_on_none(opened):
    node_actions.add(kind="measure", content={"title": "Skizze"}, parent=opened["Räume"])
    foreign = node_actions.add(kind="measure", content={"title": "Baumhaus"}, parent=opened["Bäume"])
    client = browser_of(person("Themenfeld-Redaktion", themes=[opened["Bildung"]]))
    boxes = ticks(client)

    client.post(PAGE, {"knoten": [boxes["Skizze"]], "stellen": "1"})
    answers = [
        client.post(PAGE, {"knoten": [f"{foreign.pk}:{mark_of(foreign)}"], "stellen": "1"}),
        client.post(PAGE, {"knoten": [f"{opened['Labor'].pk}:{mark_of(opened['Labor'])}"]}),
    ]

    assert list(boxes) == ["Skizze"]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert reviews("Skizze", "Baumhaus", "Labor") == ["open", "draft", "open"]


def test_whoever_agrees_without_editing_agrees_on_no_draft(opened):
    node_actions.set_review(opened["Labor"], Review.DRAFT)
    client = browser_of(person("Delegierte"))
    mark = mark_of(Node.objects.get(title="Labor"))

    answer = client.post(PAGE, {"knoten": [f"{opened['Labor'].pk}:{mark}"]})

    assert answer.status_code == 403
    assert list(ticks(client, "?stand=draft")) == ["Gärten", "Kurse"]
    assert agreed() == {"Umbau"}


@pytest.mark.parametrize("role", ["Fachbereich", "Gremienbüro", "Lesen"])
def test_others_may_not(opened, role: str):
    client = browser_of(person(role))
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
    monkeypatch.setattr("editing.tree.sized_pages.MOST", 2)

    assert list(ticks(editor)) == ["Gärten", "Kurse"]
    assert list(ticks(editor, "?seite=2")) == ["Labor"]


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
