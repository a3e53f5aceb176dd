"""Remarks, the desk of each person, and the history."""

import pytest
from django.test import Client

from editing.exchange import proposal_actions
from editing.exchange.desk_page import Desk
from editing.models import Remark
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import outline, plant, saved, tidy

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
theme Klima
"""


@pytest.fixture
def nodes():
    return plant(TREE)


@pytest.fixture
def erika():
    return person("Steuerungsgruppe", name="Erika")


@pytest.fixture
def paula():
    return person("Fachbereich", name="Paula")


def remarks(node) -> str:
    return f"/verwaltung/knoten/{node.uid}/anmerkungen/"


def test_question_is_on_the_desk_until_it_is_answered(nodes, erika, paula):
    browser_of(erika).post(remarks(nodes["Garten"]), {"text": "Wie viele Schulen?", "asked": paula.pk})
    question = Remark.objects.get()
    before = [each.text for each in Desk.of(paula).questions]

    browser_of(paula).post(remarks(nodes["Garten"]), {"text": "Zwölf.", "answers": question.pk})

    assert before == ["Wie viele Schulen?"]
    assert Desk.of(paula).questions == []
    page = text_of(browser_of(erika).get(remarks(nodes["Garten"])).content.decode())
    assert "Frage an Paula" in page
    assert "Zwölf." in page


def test_remark_is_done_and_not_done_again(nodes, erika):
    client = browser_of(erika)
    client.post(remarks(nodes["Garten"]), {"text": "Quelle prüfen"})
    address = f"/verwaltung/anmerkungen/{Remark.objects.get().pk}/erledigt/"

    for _click in range(2):
        client.post(address, {"done": "1"})
    first = Remark.objects.get().done_by
    for _click in range(2):
        client.post(address, {"open": "1"})

    assert (first, Remark.objects.get().done_at) == (erika, None)


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "Dieses Feld ist zwingend erforderlich."), ("Neu 😀", "Zeichen 5")]
)
def test_remark_that_cannot_be_kept_is_refused_and_stays_in_the_form(nodes, erika, text: str, sentence: str):
    page = browser_of(erika).post(remarks(nodes["Garten"]), {"text": text}).content.decode()

    assert sentence in page
    assert f">{text}</textarea>" in page
    assert Remark.objects.count() == 0


def test_remarks_are_shown_as_text(nodes, erika):
    browser_of(erika).post(remarks(nodes["Garten"]), {"text": "<script>alert(1)</script>"})

    assert "<script>alert(1)" not in browser_of(erika).get(remarks(nodes["Garten"])).content.decode()


def test_remarks_are_in_no_edition(nodes, erika):
    from strategy.editions.working_tree import edition_data

    browser_of(erika).post(remarks(nodes["Garten"]), {"text": "Streng intern"})

    assert "Streng intern" not in str(edition_data())


def test_desk_has_what_waits_for_each(nodes, erika, paula):
    proposal_actions.propose(nodes["Garten"], content={"text": "Neu."}, by=paula, reason="So")
    node_actions.set_review(nodes["Kurse"], Review.OPEN)
    reader = person("Lesen")
    theme_editor = person("Themenfeld-Redaktion", themes=[saved()["Klima"]])

    desks = {
        user.username: (len(desk.proposals), [row.title for row in desk.nodes], len(desk.own))
        for user in (erika, paula, reader, theme_editor)
        for desk in [Desk.of(user)]
    }

    assert desks == {
        "Erika": (1, ["Kurse"], 0),
        "Paula": (0, [], 1),
        reader.username: (0, [], 0),
        theme_editor.username: (0, [], 0),
    }
    page = text_of(browser_of(erika).get("/verwaltung/").content.decode())
    assert "Vorschläge zur Entscheidung (1) Garten" in page
    assert "Zur Abstimmung (1) 1.1.0.2 Kurse" in page


def test_history_says_who_did_what_when_and_why(nodes, erika):
    node_actions.change(nodes["Garten"], content={"text": "Ein Garten."}, by=erika, reason="Fehlte")
    node_actions.move(nodes["Garten"], target=nodes["Kurse"], pos="right", by=erika)
    node_actions.set_review(nodes["Garten"], Review.AGREED, by=erika)

    client = browser_of(person("Lesen"))
    whole = text_of(client.get("/verwaltung/verlauf/").content.decode())
    page = text_of(client.get(f"/verwaltung/knoten/{nodes['Garten'].uid}/verlauf/").content.decode())

    assert whole.count("Garten : ") == 3
    assert "Platz 1 → 2 in der Reihenfolge" in page
    assert "Entwurf → abgestimmt" in page
    assert "Begründung: Fehlte" in page
    assert "vorher (leer) nachher Ein Garten." in page
    assert "Den Stand davor wiederherstellen" not in page  # a reader may not


def test_what_was_before_comes_back_by_two_clicks(nodes, erika):
    node_actions.delete(nodes["Schulen"], by=erika)
    client = browser_of(erika)
    record = HistoryRecord.objects.get(title="Schulen")
    address = f"/verwaltung/verlauf/{record.pk}/wiederherstellen/"

    question = client.get(address)
    asked, seen = text_of(question.content.decode()), question.context["restoration"].digest
    then = outline()
    page = text_of(client.post(address, {"reason": "Irrtum", "seen": seen}, follow=True).content.decode())

    assert "Wiederhergestellt wird der Stand vor: gelöscht" in asked
    assert "Schulen" not in then
    assert outline() == tidy(TREE)
    assert "3 Knoten wiederhergestellt." in page


def test_restoring_what_cannot_be_is_a_sentence(nodes, erika):
    node_actions.change(nodes["Garten"], content={"text": "Neu."}, by=erika)
    record = HistoryRecord.objects.get()
    node_actions.delete(nodes["Garten"], by=erika)

    response = browser_of(erika).post(
        f"/verwaltung/verlauf/{record.pk}/wiederherstellen/", {"reason": "Mein Grund"}
    )

    assert (
        "„Garten“ wurde gelöscht. Bitte stellen Sie zuerst das Gelöschte wieder her."
        in response.content.decode()
    )
    assert "Mein Grund" in response.content.decode()


def test_long_history_comes_in_pages(nodes, erika):
    for number in range(60):
        node_actions.change(nodes["Garten"], content={"text": f"Fassung {number}."}, by=erika)
    client: Client = browser_of(erika)

    first, second = (client.get(f"/verwaltung/verlauf/?seite={n}").content.decode() for n in (1, 2))

    assert (first.count('class="record"'), second.count('class="record"')) == (50, 10)
    assert "Seite 1 von 2" in text_of(first)
    assert client.get("/verwaltung/verlauf/?seite=unsinn").status_code == 200
