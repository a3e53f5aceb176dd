"""What a meeting agreed on, taken back in one step."""

import pytest
from django.urls import reverse

from editing.models import Meeting, Remark
from strategy.history import node_actions
from strategy.history.operations import Operation
from strategy.tree.models import Node
from strategy.tree.review import Review
from strategy.undo.undo_actions import undo
from tests.editing.meetings.meeting_pages import Opened, close, page_of, prepare
from tests.editing.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(editor, opened) -> Meeting:
    """Two entries agreed, one deferred."""
    meeting = prepare(editor)
    Opened(editor, meeting).choose("Labor", "deferred", "Kosten unklar").send("rest")
    close(editor, meeting)
    return Meeting.objects.get()


def agreed() -> set[str]:
    return set(Node.objects.filter(review=Review.AGREED, kind="measure").values_list("title", flat=True))


def test_message_after_closing_takes_all_of_it_back(editor, closed):
    address = reverse("editing:undo", args=[closed.batch])
    assert agreed() == {"Gärten", "Kurse", "Umbau"}

    editor.post(address, {"sofort": "1", "weiter": page_of(closed)})

    assert agreed() == {"Umbau"}
    assert Remark.objects.get().done_at is not None
    assert "zurückgenommen worden." in text_of(editor.get(page_of(closed)).content.decode())
    assert {item.outcome for item in closed.items.all()} == {"agreed", "deferred"}


def test_message_and_history_offer_it_by_the_name_of_the_meeting(editor, opened):
    meeting = prepare(editor)
    Opened(editor, meeting).send("rest")

    page = close(editor, meeting)

    operation = Operation.objects.get(uid=Meeting.objects.get().batch)
    assert str(operation) == "Abstimmung: Steuerungsgruppe, 03.12.2026"
    assert reverse("editing:undo", args=[operation.uid]) in page
    assert str(operation) in text_of(editor.get("/verwaltung/verlauf/").content.decode())


def test_preview_says_what_becomes_of_the_remarks(editor, closed):
    page = text_of(editor.get(reverse("editing:undo", args=[closed.batch])).content.decode())

    assert "1 Anmerkung zu Zurückgestelltem ist erledigt." in page


def test_what_was_taken_back_is_agreed_again_by_taking_that_back(closed):
    by = closed.closed_by
    undo(closed.batch, by=by)
    undo(Operation.objects.get(takes_back=closed.batch).uid, by=by)

    assert agreed() == {"Gärten", "Kurse", "Umbau"}
    assert Remark.objects.get().done_at is None
    assert closed.taken_back is None
    undo(Operation.objects.get(takes_back=Operation.objects.get(takes_back=closed.batch).uid).uid, by=by)
    assert closed.taken_back


def test_entry_that_was_changed_since_stays_as_it_is(closed, opened):
    node_actions.change(opened["Gärten"], content={"text": "Ganz anders."}, by=closed.closed_by)

    undo(closed.batch, by=closed.closed_by)

    assert agreed() == {"Umbau"}
    assert Node.objects.get(title="Gärten").text == "Ganz anders."
