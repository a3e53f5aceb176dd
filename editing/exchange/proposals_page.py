"""The list of proposals."""

import uuid

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.access import needs
from editing.models import Proposal
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node


@require_safe
@needs("editing.view_proposal")
def proposals(request: HttpRequest) -> HttpResponse:
    """The open ones, or all; about one node where `knoten` names it, new ones below it included."""
    listed = Proposal.objects.select_related("by", "decided_by")
    shows_all = request.GET.get("alle") == "1"
    uid = _uid(request.GET.get("knoten", ""))
    name = _name(uid) if uid else ""
    if uid and name:
        listed = listed.about(uid)
    decided = listed.decided().count()
    if not shows_all:
        listed = listed.open()
    context = {
        **admin.site.each_context(request),
        "title": _("Proposals for “%(node)s”") % {"node": name} if name else _("Proposals"),
        "uid": uid if name else None,
        "proposals": listed[:200],
        "decided": decided,
        "shows_all": shows_all,
    }
    return render(request, "editing/proposals.html", context)


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


def _name(uid: uuid.UUID) -> str:
    """The title of a node, of one that has been deleted, too; "" where there never was one."""
    titles = (
        rows.filter(uid=uid).values_list("title", flat=True).first()
        for rows in (Node.objects.all(), HistoryRecord.objects.all())
    )
    return next(filter(None, titles), "")
