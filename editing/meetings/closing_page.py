"""Closing a meeting: what will be agreed, what not; group, day and members present once for all of it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, pressed
from editing.meetings import meeting_actions
from editing.meetings.choice_forms import is_stale
from editing.meetings.meeting_actions import AGREE
from editing.meetings.meeting_page import Agenda
from editing.meetings.meetings_page import MeetingForm
from editing.meetings.models import AgendaItem, Meeting
from editing.meetings.too_late import too_late
from strategy.forms.pasted_texts import CLEAN
from strategy.forms.undo_message import tell_undoable
from strategy.people import acting_user


class ClosingForm(MeetingForm):
    """What the record of results says of the meeting as a whole."""

    class Meta(MeetingForm.Meta):
        fields = ("body", "held_on", "present", "note")


@needs(AGREE)
def close_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """What comes of each entry, asked before it is done; by POST what is said of the meeting, or closing it."""
    there = Meeting.objects.filter(pk=pk).first()
    if request.method == "POST" and (there is None or there.is_closed):
        return too_late(request, there)
    if there is None:
        raise Http404
    if there.is_closed:
        return redirect("editing:meeting", pk)
    button = pressed(request, "abschliessen", "speichern", CLEAN)
    form = ClosingForm(request.POST if button else None, instance=Meeting.objects.get(pk=pk))
    if button and button != CLEAN and form.is_valid() and _done(request, form, button):
        return redirect("editing:meeting", pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Close the meeting"),
        "meeting": there,
        "form": form,
        "parts": list(_parts(Agenda.of(there))),
        "seen": there.mark,
    }
    return render(request, "editing/close_meeting.html", context)


def _done(request: HttpRequest, form: ClosingForm, button: str) -> bool:
    by, said = acting_user(request), form.save(commit=False)
    try:
        if button == "abschliessen":
            done = meeting_actions.close(said, seen=request.POST.get("seen", ""), by=by)
        else:
            done = meeting_actions.describe(said, by=by)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    closed = gettext("The meeting is closed. This is its outcome.")
    if done.batch:
        tell_undoable(request, closed, done.batch)
    else:
        still_open = gettext("Saved. The meeting is not closed yet.")
        messages.success(request, closed if done.is_closed else still_open)
    return True


def _parts(agenda: Agenda) -> Iterator[tuple[str, Any, list[AgendaItem]]]:
    """What will come of the items: a key, what it is called, and which they are; empty parts are left out."""
    names = {
        "agreed": _("Will be agreed"),
        "deferred": _("Deferred"),
        "changed": _("Changed since it was noted, and so not agreed"),
        "untreated": _("Nothing noted so far"),
    }
    parts: dict[str, list[AgendaItem]] = {key: [] for key in names}
    for item in agenda.items:
        key = "changed" if is_stale(item, agenda.mark(item)) else item.choice or "untreated"
        parts[key].append(item)
    return ((key, name, parts[key]) for key, name in names.items() if parts[key])


@needs(AGREE)
def discard_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a meeting that was not closed: asked first, done by POST."""
    there = get_object_or_404(Meeting.objects.going_on(), pk=pk)
    if request.method == "POST":
        try:
            meeting_actions.discard(there, seen=request.POST.get("seen", ""), by=acting_user(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("editing:discard_meeting", pk)
        messages.success(request, gettext("“%(meeting)s” is dropped.") % {"meeting": there})
        return redirect("editing:meetings")
    context = {
        **admin.site.each_context(request),
        "title": _("Drop the meeting?"),
        "meeting": there,
        "count": there.items.count(),
        "noted": there.items.exclude(choice="").count(),
        "seen": there.mark,
    }
    return render(request, "editing/discard_meeting.html", context)
