"""The record of results on paper (Ergebnisvermerk)."""

import pypdfium2
import pytest

from editing.meetings.record_data import record_data
from editing.models import Meeting
from strategy.editions.redaction.blackening import MARK
from strategy.editions.redaction.places import find, records_of
from strategy.history import node_actions
from tests.editing.meetings.meeting_pages import Opened, close, page_of, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(editor, opened) -> Meeting:
    """One changed entry agreed, one moved entry not dealt with, a new one deferred."""
    meeting = prepare(editor)
    page = Opened(editor, meeting).choose("Gärten", "agreed")
    page.choose("Labor", "deferred", "Kosten #strong[unklar] & <offen>").send()
    close(editor, meeting, present="9", note="Nächste Sitzung: *Mai*.")
    return Meeting.objects.get()


def test_file_says_what_was_agreed_deferred_and_seen(editor, closed):
    answer = editor.get(page_of(closed, "ergebnisvermerk.pdf"))

    with pypdfium2.PdfDocument(answer.content) as pdf:
        said = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"].startswith("private, no-store")
    for words in (
        "Ergebnisvermerk",
        "Gruppe Steuerungsgruppe",
        "Tag der Sitzung 03.12.2026",
        "Anwesende Mitglieder 9",
        "Nächste Sitzung: *Mai*.",
        "Abgestimmt (1)",
        "Gärten",
        "Zurückgestellt (1)",
        "Begründung: Kosten #strong[unklar] & <offen>",
        "Für alle.",
        "Nicht behandelt (1)",
    ):
        assert words in said
    assert "Erika" not in said


def test_seen_is_what_was_before_those_who_agreed_whatever_came_later(closed, opened):
    node_actions.change(opened["Gärten"], content={"text": "Ganz anders."})

    rows = {row["title"]: row for part in record_data(closed)["parts"] for row in part["rows"]}

    fields = {field["label"]: field for field in rows["Gärten"]["fields"]}
    assert fields["Text"]["new"] == [["added", "Ein Garten an jeder Schule."]]
    assert fields["Titel"]["old"] == [["removed", "Garten"]]
    assert (rows["Labor"]["is_new"], rows["Kurse"]["fields"]) == (True, [])


def test_what_it_says_is_blackened_on_order(closed):
    found = {place.source: place for place in find("unklar")}
    for key in ("agendas", "remarks"):
        records_of(key).blacken(found[key].uid, "unklar")
    meetings = next(place for place in find("Nächste Sitzung") if place.source == "meetings")
    records_of("meetings").blacken(meetings.uid, "Nächste Sitzung")

    assert meetings.name == "Sitzungen: Steuerungsgruppe"
    assert Meeting.objects.get().note.startswith(f"{MARK}: *Mai*")
    assert closed.items.get(title="Labor").reason == f"Kosten #strong[{MARK}] & <offen>"
    assert not find("unklar")


def test_meeting_that_goes_on_has_none(editor, opened):
    assert editor.get(page_of(prepare(editor), "ergebnisvermerk.pdf")).status_code == 404
