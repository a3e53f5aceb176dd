"""A meeting from its agenda to its outcome."""

import datetime

import pytest

from editing.models import AgendaItem, Meeting, Remark
from strategy.editions.actions import freeze
from strategy.editions.library import library
from strategy.history import node_actions
from strategy.history.change_reasons import said_between
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.meetings.meeting_pages import LIST, Opened, close, page_of, prepare
from tests.editing.pages import text_of

pytestmark = pytest.mark.django_db


def agreed() -> set[str]:
    return set(Node.objects.filter(review=Review.AGREED, kind="measure").values_list("title", flat=True))


def outcomes(meeting: Meeting) -> dict[str, str]:
    return dict(meeting.items.values_list("title", "outcome"))


def test_all_that_is_up_for_agreement_is_agreed_in_four_clicks(editor, opened):
    meeting = prepare(editor)
    closing = Opened(editor, meeting).send("rest")

    page = text_of(close(editor, meeting, present="9"))

    assert "Wird abgestimmt (3)" in text_of(closing)
    assert agreed() == {"Gärten", "Kurse", "Labor", "Umbau"}
    assert outcomes(meeting) == {"Gärten": "agreed", "Kurse": "agreed", "Labor": "agreed"}
    assert "Abgestimmt: 3 Anwesende Mitglieder: 9" in page


def test_history_names_group_and_day_in_one_batch(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).send("rest")
    close(editor, meeting)

    records = HistoryRecord.objects.filter(action="reviewed", after__review="agreed")

    assert {(each.title, each.reason, str(each.by)) for each in records} == {
        (title, "Steuerungsgruppe, Sitzung am 03.12.2026", "Erika") for title in ("Gärten", "Kurse", "Labor")
    }
    assert {each.batch for each in records} == {Meeting.objects.get().batch}
    assert f"?vorgang={records[0].batch}" in editor.get(page_of(meeting)).content.decode()


def test_nothing_is_agreed_before_the_meeting_is_closed(editor, opened):
    Opened(editor, prepare(editor)).send("rest")

    assert agreed() == {"Umbau"}


def test_page_shows_what_has_changed_and_all_of_what_is_new(editor, opened):
    page = Opened(editor, prepare(editor)).page

    said = text_of(page)
    assert "Was sich seit der Abstimmung geändert hat: Titel, Text" in said
    assert "<del>Garten</del>" in page and "<ins>Gärten</ins>" in page
    assert "Verschoben; es stand unter „Schulen“." in said
    assert "Bisher noch nie abgestimmt. Alle Angaben Text: Für alle." in said
    assert "checked> noch offen" in page and 'value="agreed" checked' not in page


def test_what_is_deferred_keeps_its_reason_as_a_remark(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).choose("Labor", "deferred", "Kosten unklar").send("rest")

    page = text_of(close(editor, meeting))

    assert agreed() == {"Gärten", "Kurse", "Umbau"}
    assert Node.objects.get(title="Labor").review == Review.OPEN
    remark = Remark.objects.get()
    assert (remark.title, remark.text) == (
        "Labor",
        "Zurückgestellt (Steuerungsgruppe, Sitzung am 03.12.2026): Kosten unklar",
    )
    assert "Begründung: Kosten unklar" in page


def test_deferring_without_a_reason_is_a_sentence_and_loses_nothing(editor, opened):
    meeting = prepare(editor)

    page = Opened(editor, meeting).choose("Labor", "deferred").choose("Kurse", "deferred", "Warten").send()

    assert "Bitte sagen Sie in einem Satz, warum das zurückgestellt wird." in text_of(page)
    assert 'value="Warten"' in page and page.count('value="deferred" checked') == 2
    assert set(meeting.items.values_list("choice", flat=True)) == {""}


def test_entry_is_taken_off_the_agenda(editor, opened):
    meeting = prepare(editor)

    Opened(editor, meeting).choose("Labor", "off").send()

    assert set(meeting.items.values_list("title", flat=True)) == {"Gärten", "Kurse"}


def test_what_was_not_dealt_with_stays_open_and_is_named(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).choose("Labor", "agreed").send()

    page = text_of(close(editor, meeting))

    assert agreed() == {"Labor", "Umbau"}
    assert "Nicht behandelt: 2" in page


def test_unfinished_meeting_is_found_again_with_what_was_noted(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).choose("Labor", "deferred", "Kosten unklar").send()

    listed = text_of(editor.get(LIST).content.decode())
    page = editor.get(page_of(meeting)).content.decode()

    assert (
        "Noch nicht abgeschlossen Steuerungsgruppe, 03.12.2026 3 Einträge · vorbereitet von Erika" in listed
    )
    assert "3 Einträge auf der Tagesordnung, 2 noch offen." in text_of(page)
    assert 'value="Kosten unklar"' in page


def test_closed_meeting_is_listed_and_never_changes(editor, opened):
    meeting = prepare(editor)
    opened_before = Opened(editor, meeting).choose("Labor", "deferred", "Kosten unklar")
    Opened(editor, meeting).send("rest")
    close(editor, meeting)

    page = text_of(opened_before.send(status=409))

    assert "Jemand hat diese Sitzung inzwischen abgeschlossen" in page
    assert "1.1.1.3 Labor: zurückstellen Kosten unklar" in page
    assert editor.get(page_of(meeting, "abschliessen/")).status_code == 302
    assert outcomes(meeting) == {"Gärten": "agreed", "Kurse": "agreed", "Labor": "agreed"}
    assert "Steuerungsgruppe, 03.12.2026 3 0 3" in text_of(editor.get(LIST).content.decode())


def test_group_and_day_are_proposed_as_they_were_last(editor, opened):
    prepare(editor, body="Arbeitskreis Klima")

    page = editor.get(f"{LIST}neu/").content.decode()

    assert '<option value="Arbeitskreis Klima">' in page
    assert 'name="body" value="Arbeitskreis Klima"' in page
    assert f'value="{datetime.date.today():%Y-%m-%d}"' in page


def test_what_is_said_of_the_meeting_is_corrected_before_it_is_closed(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).send("rest")

    close(editor, meeting, body="Lenkungskreis", held_on="2026-12-04", note="Nächste Sitzung im Mai.")

    said = Meeting.objects.get()
    assert (said.body, said.held_on, said.note) == (
        "Lenkungskreis",
        datetime.date(2026, 12, 4),
        "Nächste Sitzung im Mai.",
    )
    assert HistoryRecord.objects.filter(reason="Lenkungskreis, Sitzung am 04.12.2026").count() == 3


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"body": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"held_on": "31.02.2026"}, "Bitte ein gültiges Datum eingeben."),
        ({"present": "0"}, "Dieser Wert muss größer oder gleich 1 sein."),
    ],
)
def test_what_makes_no_sense_is_a_sentence_and_closes_nothing(editor, opened, said, sentence: str):
    meeting = prepare(editor)
    Opened(editor, meeting).send("rest")

    page = text_of(close(editor, meeting, **said))

    assert sentence in page
    assert not Meeting.objects.get().is_closed and agreed() == {"Umbau"}


def test_meeting_that_was_not_closed_is_dropped(editor, opened):
    meeting = prepare(editor)
    address = page_of(meeting, "verwerfen/")
    asked = text_of(editor.get(address).content.decode())

    page = editor.post(address, {"seen": meeting.mark}, follow=True).content.decode()

    assert "Auf der Tagesordnung stehen 3 Einträge." in asked
    assert "„Steuerungsgruppe, 03.12.2026“ ist verworfen." in text_of(page)
    assert (Meeting.objects.count(), AgendaItem.objects.count()) == (0, 0)


def test_draft_is_agreed_only_by_those_who_may_edit(editor, opened):
    meeting = prepare(editor, stand="draft")
    Opened(editor, meeting).send("rest")

    close(editor, meeting)

    assert agreed() == {"Skizze", "Umbau"}


def test_reason_in_the_synopse_is_never_the_meeting(editor, opened):
    old = freeze(slug="alt", title="Alt")
    node_actions.change(opened["Labor"], content={"text": "Neu."}, reason="Neuer Plan")
    meeting = prepare(editor)
    Opened(editor, meeting).send("rest")
    close(editor, meeting)

    said = said_between(old, library.document(old), None)

    assert {reason for reasons in said.reasons.values() for reason in reasons} == {"Neuer Plan"}
