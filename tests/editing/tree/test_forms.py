"""The forms of nodes: what is kept, what two people do to each other, what agreeing means."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.editions import actions
from strategy.history import node_actions
from strategy.history.models import HistoryRecord, mark_of
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, SDGFactory
from tests.strategy.outline import outline, plant, saved, tidy

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
"""


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED, "text": "Alt."})


def address(node: Node) -> str:
    return f"/verwaltung/measures/measure/{node.pk}/change/"


def form_of(client: Client, node: Node) -> dict:
    """What a browser would send of the form as it opens."""
    form = client.get(address(node)).context["adminform"].form
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, "", False):
            sent[name] = value
    return sent


def test_saved_form_leads_back_to_the_node_in_the_tree(editor: Client, nodes):
    response = editor.post(address(nodes["Kurse"]), {**form_of(editor, nodes["Kurse"]), "text": "Neu."})

    pk = nodes["Kurse"].pk
    assert response.headers["Location"] == f"/verwaltung/baum/?zeige={pk}#k{pk}"
    assert saved()["Kurse"].text == "Neu."
    record = HistoryRecord.objects.get()
    assert (record.action, record.by.username, record.changed_fields[0].name) == ("changed", "Erika", "text")


def test_form_that_is_sent_as_it_opened_changes_nothing(editor: Client, nodes):
    SDGFactory(number=4)
    nodes["Garten"].sdgs.set([4])

    response = editor.post(address(nodes["Garten"]), form_of(editor, nodes["Garten"]))

    assert response.status_code == 302
    assert HistoryRecord.objects.count() == 0
    assert saved()["Garten"].review == "agreed"


def test_lists_of_references_are_written(editor: Client, nodes):
    SDGFactory(number=4)
    SDGFactory(number=13)
    department = DepartmentFactory(name="Umwelt")
    data = {**form_of(editor, nodes["Kurse"]), "sdgs": [4, 13], "lead": department.pk}

    editor.post(address(nodes["Kurse"]), data)

    course = saved()["Kurse"]
    assert ([sdg.number for sdg in course.sdgs.all()], course.lead) == ([4, 13], department)


def test_new_node_is_placed_and_recorded(editor: Client, nodes):
    data = {"parent": nodes["Schulen"].pk, "title": "Labor", "text": "Ein Labor.", "reason": "Fehlte"}

    editor.post("/verwaltung/measures/measure/add/", data)

    assert "measure Kurse\n      measure Labor\n" in outline()
    record = HistoryRecord.objects.get()
    assert (record.action, record.reason, saved()["Labor"].review) == ("added", "Fehlte", "draft")


def test_agreed_node_is_up_for_agreement_after_a_change(editor: Client, nodes):
    editor.post(address(nodes["Garten"]), {**form_of(editor, nodes["Garten"]), "text": "Neu."})

    assert saved()["Garten"].review == "open"


def test_editorial_correction_keeps_a_node_agreed(editor: Client, nodes):
    data = {**form_of(editor, nodes["Garten"]), "text": "Alt!", "is_correction": "on"}

    editor.post(address(nodes["Garten"]), data)

    assert saved()["Garten"].review == "agreed"
    assert HistoryRecord.objects.get().is_correction


def test_correction_is_not_offered_to_those_who_may_not(nodes):
    editor = browser_of(person("Themenfeld-Redaktion", themes=[saved()["Bildung"]]))
    data = {**form_of(editor, nodes["Garten"]), "text": "Neu.", "is_correction": "on"}

    page = editor.get(address(nodes["Garten"])).content.decode()
    editor.post(address(nodes["Garten"]), data)

    assert "is_correction" not in page
    assert saved()["Garten"].review == "open"


def test_second_one_to_save_the_same_field_sees_both_versions_and_loses_nothing(editor: Client, nodes):
    mine = form_of(editor, nodes["Garten"])
    other = person("Koordinationsstelle", name="Otto")
    node_actions.change(nodes["Garten"], content={"text": "Ottos Text."}, by=other)

    response = editor.post(address(nodes["Garten"]), {**mine, "text": "Erikas Text.", "target_group": "Alle"})

    page = response.content.decode()
    said = text_of(page)
    assert response.status_code == 200
    assert "Inzwischen hat jemand anderes diesen Knoten gespeichert." in said
    assert "Otto hat diesen Knoten am" in said
    assert '<textarea name="text"' in page
    assert "Erikas Text.</textarea>" in page
    assert 'value="Alle"' in page
    assert "<del>Ottos</del>" in page.replace(" </del>", "</del>")
    assert saved()["Garten"].text == "Ottos Text."

    form = response.context["adminform"].form
    again = {**mine, "text": "Erikas Text.", "opened_version": form["opened_version"].value()}
    assert editor.post(address(nodes["Garten"]), again).status_code == 302
    assert saved()["Garten"].text == "Erikas Text."


def test_fields_that_only_one_of_two_changed_are_both_kept(editor: Client, nodes):
    mine = form_of(editor, nodes["Garten"])
    node_actions.change(nodes["Garten"], content={"text": "Ottos Text.", "start_year": 2027})

    response = editor.post(address(nodes["Garten"]), {**mine, "target_group": "Alle"})

    garden = saved()["Garten"]
    assert response.status_code == 302
    assert (garden.text, garden.start_year, garden.target_group) == ("Ottos Text.", 2027, "Alle")


def test_after_a_conflict_the_other_ones_fields_stay(editor: Client, nodes):
    mine = form_of(editor, nodes["Garten"])
    node_actions.change(nodes["Garten"], content={"text": "Ottos Text.", "start_year": 2027})

    form = editor.post(address(nodes["Garten"]), {**mine, "text": "Meiner."}).context["adminform"].form
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
    editor.post(address(nodes["Garten"]), again)

    garden = saved()["Garten"]
    assert (garden.text, garden.start_year) == ("Meiner.", 2027)


def test_node_that_was_deleted_while_its_form_was_open_shows_what_was_typed(editor: Client, nodes):
    mine = form_of(editor, nodes["Garten"])
    node_actions.delete(nodes["Garten"])

    response = editor.post(address(nodes["Garten"]), {**mine, "text": "Mein <langer> Text."})

    said = text_of(response.content.decode())
    assert response.status_code == 409
    assert "Dieser Knoten wurde inzwischen gelöscht" in said
    assert "Mein <langer> Text." in said
    assert "Garten" not in outline()
    assert HistoryRecord.objects.filter(action="changed").count() == 0


def test_what_the_council_adopted_asks_for_a_reason(editor: Client, nodes):
    edition = actions.freeze(slug="rat", title="Ratsfassung")
    actions.set_state(edition, "consultation", paper_number="2026/0001")
    actions.set_state(edition, "adopted", decided_by="Rat", decided_on="2026-10-01", result="beschlossen")
    data = {**form_of(editor, nodes["Garten"]), "text": "Neu."}

    page = editor.post(address(nodes["Garten"]), data).content.decode()
    then = saved()["Garten"].text
    editor.post(address(nodes["Garten"]), {**data, "reason": "Beschluss vom 1. Oktober"})

    assert "„Garten“ steht in der beschlossenen Fassung. Bitte geben Sie eine Begründung an" in page
    assert "Neu.</textarea>" in page
    assert then == "Alt."
    assert HistoryRecord.objects.get().reason == "Beschluss vom 1. Oktober"


def test_deletion_shows_all_that_goes_and_says_it_can_come_back(editor: Client, nodes):
    page = editor.get(f"/verwaltung/goals/strategicgoal/{nodes['Schulen'].pk}/delete/").content.decode()

    items = [text_of(each).strip() for each in re.findall(r"<li>([^<]+)", page.split("deleted-nodes")[1])]
    assert items == ["Strategisches Ziel: Schulen", "Maßnahme: Garten", "Maßnahme: Kurse"]
    assert "Aus dem Verlauf lässt es sich wiederherstellen." in text_of(page)
    assert outline() == tidy(TREE)


@pytest.mark.parametrize(
    ("role", "review", "status"),
    [
        ("Steuerungsgruppe", "agreed", "agreed"),
        ("Themenfeld-Redaktion", "open", "open"),
        ("Themenfeld-Redaktion", "agreed", "draft"),
        ("Fachbereich", "open", "draft"),
        ("Lesen", "open", "draft"),
    ],
)
def test_review_state_is_set_by_those_who_may(nodes, role: str, review: str, status: str):
    client = browser_of(person(role, themes=[saved()["Bildung"]]))

    sent = {"stand": review, "gesehen": mark_of(nodes["Kurse"])}

    response = client.post(f"/verwaltung/baum/{nodes['Kurse'].pk}/stand/", sent)

    assert saved()["Kurse"].review == status
    assert response.status_code == (302 if status == review else 403)


@pytest.mark.parametrize("review", ["", "beschlossen", "AGREED"])
def test_review_state_that_does_not_exist_is_refused(editor: Client, nodes, review: str):
    response = editor.post(f"/verwaltung/baum/{nodes['Kurse'].pk}/stand/", {"stand": review})

    assert response.status_code == 403
    assert saved()["Kurse"].review == "draft"


def test_preview_of_a_text_is_what_readers_will_see(editor: Client):
    html = editor.post("/verwaltung/textvorschau/", {"text": "**Fett** <script>x</script>"}).content.decode()

    assert html.strip() == "<p><strong>Fett</strong> &lt;script&gt;x&lt;/script&gt;</p>"


@pytest.mark.parametrize("page", ["change", "add", "delete", "history", "move"])
def test_number_of_queries_does_not_grow_with_the_tree(editor: Client, nodes, page: str):
    SDGFactory(number=4)
    pk, uid = nodes["Garten"].pk, nodes["Garten"].uid
    addresses = {
        "change": address(nodes["Garten"]),
        "add": "/verwaltung/measures/measure/add/",
        "delete": f"/verwaltung/goals/strategicgoal/{nodes['Schulen'].pk}/delete/",
        "history": f"/verwaltung/knoten/{uid}/verlauf/",
        "move": f"/verwaltung/baum/{pk}/verschieben/",
    }
    editor.get(addresses[page])  # what is kept between requests
    counts = []
    for more in (1, 40):
        for number in range(more):
            Node.objects.add_child(
                Node.objects.get(pk=nodes["Schulen"].pk),
                instance=type(nodes["Garten"])(title=f"Mehr {more} {number}"),
            )
            node_actions.change(nodes["Garten"], content={"text": f"Fassung {more} {number}"})
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(addresses[page]).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
