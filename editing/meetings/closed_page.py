"""The outcome of a closed meeting, as a page and as the record of results on paper (Ergebnisvermerk)."""

from itertools import groupby

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from editing.access import needs
from editing.meetings.as_seen import as_seen
from editing.meetings.models import AgendaItem, Meeting, Outcome
from editing.meetings.record_data import record_data
from editing.tree.presented import Presented
from editing.tree.sized_pages import SizedPaginator
from printing.pdf.answer import PdfFile, answer

ORDER = [outcome.value for outcome in Outcome]
Part = tuple[Outcome, list[tuple[AgendaItem, Presented | None]]]


def closed_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What was agreed, what deferred and why, and the rest; each with what was seen, folded."""
    items = sorted(meeting.items.all(), key=lambda item: ORDER.index(item.outcome))
    pages = SizedPaginator(items, lambda item: 400 + _weight(item))
    page = pages.get_page(request.GET.get("seite"))
    context = {
        **admin.site.each_context(request),
        "title": str(meeting),
        "meeting": meeting,
        "page": page,
        "parts": _parts(list(page)),
        "counts": _counts(items),
    }
    return render(request, "editing/closed_meeting.html", context)


def _weight(item: AgendaItem) -> int:
    entry = as_seen(item)
    return entry.weight if entry else 0


def _parts(items: list[AgendaItem]) -> list[Part]:
    grouped = groupby(items, key=lambda item: item.outcome)
    return [(Outcome(key), [(item, as_seen(item)) for item in group]) for key, group in grouped]


def _counts(items: list[AgendaItem]) -> list[tuple[Outcome, int]]:
    counted = [(outcome, sum(item.outcome == outcome for item in items)) for outcome in Outcome]
    return [(outcome, count) for outcome, count in counted if count]


@require_safe
@needs("strategy.view_node")
def record_of_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of results as a file, for paper."""
    meeting = get_object_or_404(Meeting.objects.closed(), pk=pk)
    file = PdfFile(
        template="record",
        name=f"ergebnisvermerk-{meeting.held_on:%Y-%m-%d}-{meeting.pk}.pdf",
        instead=reverse("editing:meeting", args=[pk]),
        build=lambda: record_data(meeting),
    )
    response = answer(request, file, {})
    response["Cache-Control"] = "private, no-store"
    return response
