"""A meeting that two have open, and entries that change between agenda and agreeing: nothing lost, nothing unseen."""

import pytest
from django.db import connection

from editing.models import AgendaItem, Meeting, Remark
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.meetings.meeting_pages import Opened, close, page_of, prepare
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegate():
    """The browser of Dirk, who agrees and may not edit."""
    return browser_of(person("Delegierte", name="Dirk"))


def agreed() -> set[str]:
    return set(Node.objects.filter(review=Review.AGREED, kind="measure").values_list("title", flat=True))


def noted(meeting: Meeting) -> dict[str, tuple[str, str]]:
    return {item.title: (item.choice, item.reason) for item in meeting.items.all()}


def test_two_note_on_the_same_page_and_nothing_is_lost(editor, delegate, opened):
    meeting = prepare(editor)
    mine, theirs = Opened(editor, meeting), Opened(delegate, meeting)

    mine.choose("Labor", "deferred", "Kosten unklar").send()
    theirs.choose("Kurse", "deferred", "Ort unklar").send()

    assert noted(meeting) == {
        "Gärten": ("", ""),
        "Kurse": ("deferred", "Ort unklar"),
        "Labor": ("deferred", "Kosten unklar"),
    }


def test_who_notes_second_undoes_nothing_and_reads_what_stands(editor, delegate, opened):
    meeting = prepare(editor)
    mine, theirs = Opened(editor, meeting), Opened(delegate, meeting)
    mine.choose("Labor", "deferred", "Kosten unklar").send()

    page = text_of(theirs.choose("Labor", "deferred", "Ort unklar").send())

    assert noted(meeting)["Labor"] == ("deferred", "Kosten unklar")
    assert "hat inzwischen „zurückstellen: Kosten unklar“ festgehalten, und das bleibt so." in page
    assert "Sie hatten „zurückstellen: Ort unklar“ gewählt." in page


def test_agreeing_on_the_rest_leaves_what_somebody_else_has_deferred(editor, delegate, opened):
    meeting = prepare(editor)
    mine, theirs = Opened(editor, meeting), Opened(delegate, meeting)
    mine.choose("Labor", "deferred", "Kosten unklar").send()

    theirs.send("rest")

    assert noted(meeting) == {
        "Gärten": ("agreed", ""),
        "Kurse": ("agreed", ""),
        "Labor": ("deferred", "Kosten unklar"),
    }


def test_entry_that_changed_since_the_page_was_opened_is_not_noted(editor, opened):
    meeting = prepare(editor)
    page = Opened(editor, meeting)
    node_actions.change(opened["Labor"], content={"text": "Für manche."})

    said = text_of(page.send("rest"))

    assert noted(meeting) == {"Gärten": ("agreed", ""), "Kurse": ("agreed", ""), "Labor": ("", "")}
    assert "deshalb nicht zum Abstimmen festgehalten: 1.1.1.3 Labor." in said
    assert "Für manche." in said


def test_entry_that_changed_since_it_was_noted_is_marked_and_not_agreed(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).send("rest")
    node_actions.change(opened["Labor"], content={"text": "Für manche."})

    page = text_of(editor.get(page_of(meeting)).content.decode())
    asked = text_of(editor.get(page_of(meeting, "abschliessen/")).content.decode())
    closed = text_of(close(editor, meeting))

    assert "Geändert, seit „abstimmen“ festgehalten wurde." in page
    assert "Seit dem Festhalten geändert und deshalb nicht abgestimmt (1) 1.1.1.3 Labor" in asked
    assert "Nicht abgestimmt, weil nicht mehr so, wie es angesehen wurde: 1" in closed
    assert agreed() == {"Gärten", "Kurse", "Umbau"}


def test_changed_entry_is_agreed_once_it_was_looked_at_again(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).send("rest")
    node_actions.change(opened["Labor"], content={"text": "Für manche."})
    Opened(editor, meeting).send("rest")

    close(editor, meeting)

    assert agreed() == {"Gärten", "Kurse", "Labor", "Umbau"}
    assert AgendaItem.objects.get(title="Labor").seen["content"]["text"] == "Für manche."


def test_entry_that_was_deleted_or_agreed_meanwhile_holds_up_nothing(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).choose("Kurse", "deferred", "Ort unklar").send("rest")
    node_actions.set_review(opened["Labor"], Review.AGREED)
    node_actions.delete(opened["Kurse"])

    page = text_of(editor.get(page_of(meeting)).content.decode())
    close(editor, meeting)

    assert "Das ist schon abgestimmt." in page and "Das wurde inzwischen gelöscht." in page
    outcomes = dict(AgendaItem.objects.values_list("title", "outcome"))
    assert outcomes == {"Gärten": "agreed", "Kurse": "gone", "Labor": "changed"}
    assert not Remark.objects.exists()


def test_entry_that_was_agreed_before_is_not_agreed_a_second_time(editor, opened):
    meeting = prepare(editor)
    node_actions.set_review(opened["Labor"], Review.AGREED)
    before = HistoryRecord.objects.filter(title="Labor").count()

    page = Opened(editor, meeting)
    said = text_of(page.choose("Labor", "agreed").send("rest"))
    close(editor, meeting)

    assert "deshalb nicht zum Abstimmen festgehalten: 1.1.1.3 Labor." in said
    assert AgendaItem.objects.get(title="Labor").outcome == "untreated"
    assert HistoryRecord.objects.filter(title="Labor").count() == before


def test_meeting_is_not_closed_where_somebody_noted_something_meanwhile(editor, delegate, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).send("rest")
    seen = Meeting.objects.get().mark
    Opened(delegate, meeting).choose("Labor", "deferred", "Kosten unklar").send()

    page = text_of(close(editor, meeting, seen=seen, note="Nächste Sitzung im Mai."))

    assert "Seit Sie diese Seite geöffnet haben, hat jemand etwas festgehalten" in page
    assert "Nächste Sitzung im Mai." in page and "Zurückgestellt (1)" in page
    assert not Meeting.objects.get().is_closed and agreed() == {"Umbau"}


def test_what_is_said_of_a_meeting_is_merged(editor, delegate, opened):
    meeting = prepare(editor)
    address = page_of(meeting, "abschliessen/")
    opened_with = {
        "initial-body": "Steuerungsgruppe",
        "initial-held_on": "2026-12-03",
        "initial-present": "",
        "initial-note": "",
    }
    said = {"body": "Steuerungsgruppe", "held_on": "2026-12-03", "present": "", "note": "", "speichern": "1"}

    editor.post(address, {**opened_with, **said, "present": "9"})
    delegate.post(address, {**opened_with, **said, "note": "Nächste Sitzung im Mai."})

    there = Meeting.objects.get()
    assert (there.present, there.note) == (9, "Nächste Sitzung im Mai.")


def test_what_is_sent_to_a_dropped_meeting_is_shown_again(editor, delegate, opened):
    meeting = prepare(editor)
    page = Opened(delegate, meeting).choose("Labor", "deferred", "Kosten unklar")
    editor.post(page_of(meeting, "verwerfen/"), {"seen": meeting.mark})

    said = text_of(page.send(status=409))

    assert "Jemand hat diese Sitzung inzwischen verworfen." in said and "Kosten unklar" in said


def test_form_that_is_sent_twice_prepares_one_meeting(editor, opened):
    said = {"body": "Runde", "held_on": "2026-12-03", "stand": "open", "once": "0" * 32}

    answers = [editor.post("/verwaltung/sitzungen/neu/", said) for _time in range(2)]

    assert Meeting.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_fault_while_closing_leaves_everything_as_it_was(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).choose("Labor", "deferred", "Kosten unklar").send("rest")

    def fail(execute, sql, *args):
        if sql.startswith("INSERT") and "editing_remark" in sql:
            raise RuntimeError("the disk is full")
        return execute(sql, *args)

    with connection.execute_wrapper(fail), pytest.raises(RuntimeError, match="the disk is full"):
        close(editor, meeting)

    assert agreed() == {"Umbau"}
    assert not Meeting.objects.get().is_closed


def test_delegates_agree_on_no_draft_in_a_meeting_either(editor, delegate, opened):
    meeting = prepare(delegate, stand="draft")
    page = Opened(delegate, meeting)

    said = text_of(page.choose("Skizze", "agreed").send())
    Opened(editor, meeting).choose("Skizze", "agreed").send()
    closed = text_of(close(delegate, meeting))

    assert 'value="agreed"' not in page.page
    assert "„Skizze“ ist ein Entwurf." in said and "„Skizze“ ist ein Entwurf." in closed
    assert agreed() == {"Umbau"}
