"""The guided run from the council's minutes to the edition with its changes."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from council.amendments import amending_reason, cites
from council.papers import Paper
from editing.access import needs, pressed
from editing.editions.minuted_changes import Line, LinesError, MinutedChange, lines_of
from editing.editions.minutes_actions import drop, note, takes_changes, tick
from strategy.editions.cited_codes import cited_rows
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.forms.pasted_texts import PastedTextForm
from strategy.history.models import HistoryRecord
from strategy.people import acting_user
from strategy.tree.tree_rows import TreeRow
from strategy.validators import CleanTextField


class LinesForm(PastedTextForm, forms.Form):
    """The changes as the minutes have them."""

    lines = CleanTextField(
        label=_("changes of the council"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One a line, with the code in the edition before the council first, as in “1.2.3.4 until 2030 instead of "
            "2028”. Without a code it is about something new."
        ),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_lines(self) -> list[Line]:
        """The lines, each with the entry that it names."""
        try:
            return lines_of(self.cleaned_data["lines"], library.document(self.edition))
        except LinesError as error:
            raise ValidationError(error.sentences) from None


@dataclass(frozen=True)
class Step:
    """A change with the entry of the working tree that it is about (None: new, or gone), and what was done there since
    the edition was frozen, with this paper as the reason."""

    change: MinutedChange
    row: TreeRow | None
    made: HistoryRecord | None

    @property
    def has_gone(self) -> bool:
        """Whether the edition has the entry and the working tree does not."""
        return bool(self.change.uid) and self.row is None


@needs("council.change_paper")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the council changed: to be noted, opened one by one, ticked off, and then frozen."""
    paper = get_object_or_404(Paper.objects.select_related("edition", "amended_edition"), pk=pk)
    edition = paper.edition
    if edition is None or not takes_changes(paper):
        messages.error(
            request, gettext("This paper has no decision with changes that is still to be carried over.")
        )
        return redirect("editing:paper", pk)
    button = pressed(request, "note", "tick", "drop")
    form = LinesForm(
        request.POST if request.method == "POST" and button not in ("tick", "drop") else None, edition=edition
    )
    try:
        if _is_done(request, paper, button, form):
            return redirect("editing:minutes", pk)
    except ValidationError as error:
        form.add_error(None, error) if form.is_bound else messages.error(request, " ".join(error.messages))
    steps = _steps(paper, edition)
    context = {
        **admin.site.each_context(request),
        "title": _("Changes of the council: paper %(number)s") % {"number": paper.reference},
        "paper": paper,
        "form": form,
        "steps": steps,
        "open": sum(not step.change.is_done for step in steps),
        "reason": urlencode({"grund": amending_reason(paper.decision)}),
        "freeze": f"{reverse('editing:freeze')}?vorlage={paper.pk}",
        "may_freeze": request.user.has_perm("strategy.freeze_edition"),
    }
    return render(request, "editing/minutes.html", context)


def _is_done(request: HttpRequest, paper: Paper, button: str, form: LinesForm) -> bool:
    """Whether what was sent is written."""
    by = acting_user(request)
    if button == "note" and form.is_valid():
        noted = note(paper, form.cleaned_data["lines"], by=by)
        messages.success(request, gettext("%(n)s changes are noted.") % {"n": len(noted)})
        return True
    if button == "tick":
        tick(paper, _ticked(request), by=by)
        messages.success(request, gettext("What is made is ticked off."))
        return True
    if button == "drop":
        gone = paper.minuted_changes.filter(pk=_number(request.POST["drop"])).first()
        if gone:
            drop(gone, by=by)
            messages.success(request, gettext("Taken away: “%(change)s”.") % {"change": gone})
        return True
    return False


def _ticked(request: HttpRequest) -> dict[int, bool]:
    """What was ticked otherwise than the page showed it: what somebody else ticked meanwhile stays."""
    shown = {
        _number(pk): is_done == "1"
        for pk, _s, is_done in (each.partition(":") for each in request.POST.getlist("was"))
    }
    now = {_number(pk) for pk in request.POST.getlist("done")}
    return {pk: pk in now for pk, was in shown.items() if pk and (pk in now) != was}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _steps(paper: Paper, edition: Edition) -> list[Step]:
    """A few queries, however many changes there are."""
    changes = list(paper.minuted_changes.all())
    uids = [change.uid for change in changes if change.uid]
    rows = {row.uid: row for row in cited_rows()} if uids else {}
    records = (
        HistoryRecord.objects.filter(uid__in=uids, at__gt=edition.frozen_at).exclude(reason="").order_by("pk")
    )
    made = {str(record.uid): record for record in records if cites(record.reason, paper.reference)}
    return [Step(each, rows.get(str(each.uid)), made.get(str(each.uid))) for each in changes]
