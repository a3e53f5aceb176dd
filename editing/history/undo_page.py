"""Taking back what was done in one step: at once where nothing is lost by it, else asked first, with all that would be
written and all that stays."""

import uuid
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from treebeard.exceptions import InvalidPosition

from editing.access import needs, require
from strategy.forms.reason_form import ReasonForm
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord
from strategy.people import acting_user
from strategy.tree.models import locked_tree
from strategy.undo.plan import UndoPlan
from strategy.undo.planning import undo_plan
from strategy.undo.undo_actions import may_undo, name_of_batch, undo

SHOWN = 200  # nodes that a preview shows in full


@needs("strategy.view_node")
def take_back(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """The preview by GET; taking back by POST. `sofort` is the button of a message: it has shown no preview."""
    if not HistoryRecord.objects.filter(batch=batch).exists():
        raise Http404
    if request.method == "POST" and "sofort" in request.POST:
        return _at_once(request, batch)
    form = ReasonForm(request.POST or None, is_decided=False)  # whether it is, the action finds out
    if form.is_valid() and _taken_back(request, batch, form):
        return redirect("editing:history")
    plan = undo_plan(batch, by=acting_user(request))
    require(may_undo(request.user, plan))
    form.fields["reason"].required = bool(plan.decided)
    return render(request, "editing/undo.html", _context(request, plan, form))


def _at_once(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Back to the page that showed the message; to the preview where something would stay, or a reason is needed."""
    with locked_tree():
        plan = undo_plan(batch, by=acting_user(request))
        require(may_undo(request.user, plan))
        if plan.is_empty or not plan.is_whole or plan.decided or not _done(request, batch, seen=plan.digest):
            return redirect("editing:undo", batch)
    return redirect(_where_from(request) if not plan.going else reverse("admin:index"))


def _where_from(request: HttpRequest) -> str:
    address = request.POST.get("weiter", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours and address.startswith("/") else reverse("admin:index")


def _taken_back(request: HttpRequest, batch: uuid.UUID, form: ReasonForm) -> bool:
    try:
        seen, reason = request.POST.get("seen", ""), form.cleaned_data["reason"]
        return _done(request, batch, seen=seen, reason=reason)
    except ValidationError as error:
        form.add_error(
            None, error if "reason" in getattr(error, "error_dict", {}) else " ".join(error.messages)
        )
    except InvalidPosition as error:
        form.add_error(None, str(error))
    return False


def _done(request: HttpRequest, batch: uuid.UUID, **how: str) -> bool:
    with in_one_go() as going_back:
        undo(batch, by=acting_user(request), **how)
    name = name_of_batch(batch)
    tell_undoable(request, gettext("Taken back: %(name)s") % {"name": name}, going_back)
    return True


def _context(request: HttpRequest, plan: UndoPlan, form: ReasonForm) -> dict[str, Any]:
    name = name_of_batch(plan.batch)
    return {
        **admin.site.each_context(request),
        "title": _("Take back: %(name)s") % {"name": name},
        "plan": plan,
        "form": form,
        "staying": [(plan.name(each), each) for each in plan.staying[:SHOWN]],
        "more_staying": max(0, len(plan.staying) - SHOWN),
        "nodes": [_shown(plan, each) for each in plan.nodes[:SHOWN]],
        "more_nodes": max(0, len(plan.nodes) - SHOWN),
    }


def _shown(plan: UndoPlan, each: Any) -> dict[str, Any]:
    return {
        "undo": each,
        "name": plan.name(each),
        "fields": plan.fields(each),
        "place_now": plan.place_now(each),
        "place_then": plan.place_then(each),
        "review_now": plan.review_now(each),
        "review_then": plan.review_then(each),
    }
