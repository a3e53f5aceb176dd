"""A paper's way through the council: what has been done, what is missing, and the next step."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from council import actions
from council.amending import amending_reason, amendments_of
from council.models import Consultation, Paper
from editing.access import needs
from strategy.library import library
from strategy.models import Edition


@require_safe
@needs("council.view_paper")
def council(request: HttpRequest) -> HttpResponse:
    """All papers with where their editions stand, and the ways to resolutions and bodies."""
    context = {
        **admin.site.each_context(request),
        "title": _("Council and its bodies"),
        "papers": Paper.objects.select_related("edition", "amended_edition"),
        "may_add": request.user.has_perm("council.add_paper"),
    }
    return render(request, "editing/council.html", context)


@require_safe
@needs("council.view_paper")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a paper stands, step by step. Who may publish can take the next one."""
    found = _paper(pk)
    decision = found.decision
    is_amended = bool(decision and decision.result == Consultation.Result.AMENDED)
    context = {
        **admin.site.each_context(request),
        "title": _("Way through the council: paper %(number)s") % {"number": found.reference},
        "paper": found,
        "consultations": found.consultations.select_related("body", "resolution"),
        "decision": decision,
        "missing_to_submit": actions.missing_to_submit(found),
        "missing_to_decide": actions.missing_to_decide(found),
        "standing": actions.standing(found),
        "empty": _empty(found),
        "remark": library.document(found.edition).meta["edition"]["remark"] if found.edition else "",
        "is_working": found.edition and found.edition.state == Edition.State.WORKING,
        "citation": amending_reason(decision) if decision and is_amended else "",
        "amendments": amendments_of(found) if is_amended else [],
        "may_publish": request.user.has_perm("strategy.publish_edition"),
        "may_change": request.user.has_perm("council.change_paper"),
    }
    return render(request, "editing/paper.html", context)


@require_POST
@needs("strategy.publish_edition")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the paper's edition before the council."""
    done = gettext("“%(edition)s” is now before the council, and public.")
    return _take_step(request, pk, actions.submit, done)


@require_POST
@needs("strategy.publish_edition")
def carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the edition the state and the seal that the council's decision makes."""
    done = gettext("The decision is carried over: “%(edition)s” is now: %(state)s.")
    return _take_step(request, pk, actions.carry_over, done)


def _take_step(request: HttpRequest, pk: int, step: Callable[..., Edition], done: str) -> HttpResponse:
    """Only what somebody has seen and confirmed is done: it cannot be undone."""
    if "sure" not in request.POST:
        messages.error(request, gettext("Please tick the box first: this step cannot be undone."))
        return redirect("editing:paper", pk)
    try:
        edition = step(_paper(pk), seen=request.POST.get("seen", ""))
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.success(request, done % {"edition": edition, "state": edition.get_state_display()})
    return redirect("editing:paper", pk)


def _empty(paper: Paper) -> list[str]:
    """What is not said in the paper, though readers will look for it."""
    names = ("under_direction_of", "proposal", "financial_impact", "url")
    return [str(Paper._meta.get_field(name).verbose_name) for name in names if not getattr(paper, name)]  # type: ignore[union-attr]


def _paper(pk: int) -> Any:
    return get_object_or_404(Paper.objects.select_related("edition", "amended_edition"), pk=pk)
