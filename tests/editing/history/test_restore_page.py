"""The page that asks before something is restored: it shows exactly what will be written."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import outline, plant, saved, tidy

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
    strategic_goal Kitas
theme Klima
  guideline Wärme
"""


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED, "text": "Alt.", "cost_yearly": 68000})


def address(record: HistoryRecord) -> str:
    return f"/verwaltung/verlauf/{record.pk}/wiederherstellen/"


def question(client: Client, record: HistoryRecord) -> tuple[str, str]:
    """What the page says, and what stands for it."""
    response = client.get(address(record))
    restoration = response.context["restoration"]
    return text_of(response.content.decode()), restoration.digest if restoration else ""


def test_only_the_fields_of_the_record_are_shown_and_written(editor: Client, nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    first = HistoryRecord.objects.get()
    node_actions.change(nodes["Garten"], content={"cost_yearly": 71000})
    node_actions.set_review(nodes["Garten"], Review.AGREED)

    said, seen = question(editor, first)
    page = text_of(editor.post(address(first), {"seen": seen}, follow=True).content.decode())

    written = said.split("Was geschrieben wird")[1]
    assert (
        written.index("heute") < written.index("Neu") < written.index("wird wieder so") < written.index("Alt")
    )
    assert "Kosten" not in written
    assert (saved()["Garten"].text, saved()["Garten"].cost_yearly) == ("Alt.", 71000)
    assert "„Garten“ war abgestimmt und ist damit wieder zur Abstimmung." in page


def test_what_changed_since_the_page_was_opened_is_shown_first(editor: Client, nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    first = HistoryRecord.objects.get()
    _said, seen = question(editor, first)
    node_actions.change(nodes["Garten"], content={"text": "Von Karla."})

    response = editor.post(address(first), {"seen": seen, "reason": "Mein Grund"})

    page = response.content.decode()
    assert "Inzwischen hat sich etwas geändert. Es wurde nichts geschrieben" in text_of(page)
    assert "Von Karla" in text_of(page)
    assert "Mein Grund" in page
    assert saved()["Garten"].text == "Von Karla."
    editor.post(address(first), {"seen": response.context["restoration"].digest})
    assert saved()["Garten"].text == "Alt."


def test_what_was_never_seen_is_not_written(editor: Client, nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})

    editor.post(address(HistoryRecord.objects.get()), {"reason": "Ungesehen"})

    assert saved()["Garten"].text == "Neu."


def test_what_is_so_already_offers_no_button(editor: Client, nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    node_actions.change(nodes["Garten"], content={"text": "Alt."})

    page = editor.get(address(HistoryRecord.objects.last())).content.decode()

    assert "Es ist schon so: Es gibt nichts wiederherzustellen." in text_of(page)
    assert 'name="seen"' not in page


def test_restored_theme_says_what_comes_back_and_what_does_not(editor: Client, nodes):
    nodes["Schulen"].also_serves.set([nodes["Klima"]])
    node_actions.delete(nodes["Klima"])
    deletion = HistoryRecord.objects.get(action="deleted", title="Klima")

    said, seen = question(editor, deletion)
    editor.post(address(deletion), {"seen": seen})

    assert "Zurück kommen, auf der obersten Ebene, Platz 2: Themenfeld: Klima Leitlinie: Wärme" in said
    assert "Darauf verweisen dann wieder" in said
    assert "zur Abstimmung): Schulen" in said
    assert "Zuständigkeiten für dieses Themenfeld kommen nicht zurück." in said
    assert outline() == tidy(TREE)
    assert [theme.title for theme in saved()["Schulen"].also_serves.all()] == ["Klima"]


def test_restored_measure_says_nothing_of_responsibilities(editor: Client, nodes):
    node_actions.delete(nodes["Garten"])

    said, _seen = question(editor, HistoryRecord.objects.get())

    assert "Zurück kommen, unter „Schulen“, Platz 1: Maßnahme: Garten" in said
    assert "Zuständigkeiten" not in said
    assert "nicht mehr da" not in said


def test_missing_reason_is_asked_for_and_nothing_written(editor: Client, nodes):
    adopt()
    node_actions.change(nodes["Garten"], content={"text": "Neu."}, reason="Antrag")
    record = HistoryRecord.objects.get()
    _said, seen = question(editor, record)

    page = editor.post(address(record), {"seen": seen}).content.decode()

    assert "„Garten“ steht in der beschlossenen Fassung. Bitte geben Sie eine Begründung an" in text_of(page)
    assert saved()["Garten"].text == "Neu."


def test_restored_entry_offers_no_restoring(editor: Client, nodes):
    node_actions.delete(nodes["Garten"])
    deletion = HistoryRecord.objects.get()
    _said, seen = question(editor, deletion)
    editor.post(address(deletion), {"seen": seen})

    page = editor.get(f"/verwaltung/knoten/{nodes['Garten'].uid}/verlauf/").content.decode()

    restored = HistoryRecord.objects.first()
    assert address(deletion) in page
    assert address(restored) not in page
    assert "nichts, was wiederhergestellt" in text_of(editor.get(address(restored)).content.decode())


def test_number_of_queries_does_not_grow_with_what_comes_back(editor: Client, nodes):
    counts = []
    for more in (1, 20):
        goal = saved()["Kitas"]
        for number in range(more):
            node_actions.add(kind="measure", content={"title": f"Mehr {more} {number}"}, parent=goal)
        node_actions.delete(goal)
        deletion = HistoryRecord.objects.filter(action="deleted", title="Kitas").first()
        editor.get(address(deletion))
        with CaptureQueriesContext(connection) as queries:
            _said, seen = question(editor, deletion)
        counts.append(len(queries))
        editor.post(address(deletion), {"seen": seen})

    assert counts[0] == counts[1]
