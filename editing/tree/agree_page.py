"""The nodes that are up for agreement: look through what has changed in them, tick, agree."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs
from editing.tree.agree_actions import AT_ONCE, AgreementOutcome, agree_on
from editing.tree.since_agreed import SinceAgreed, since_agreed
from strategy.editions import working_tree
from strategy.editions.cited_codes import cited_rows
from strategy.forms.level_admin import preview_address
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord, marks_of
from strategy.people import acting_user
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.tree.paths import root_path
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow


@dataclass(frozen=True)
class UpForAgreement:
    """A node, its mark, and what has become of it since it was agreed last (None: it never was)."""

    row: TreeRow
    mark: str
    preview: str
    since: SinceAgreed | None


class ThemeFilter(forms.Form):
    """Narrows the list to one theme."""

    themenfeld = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, rows: list[TreeRow], found: list[TreeRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        inside = {root_path(row.path) for row in found}
        self.themes = [row for row in rows if row.kind == Kind.THEME and row.path in inside]
        choices = [("", _("all")), *((row.pk, row.name) for row in self.themes)]
        self.fields["themenfeld"].choices = choices  # type: ignore[attr-defined]

    def matches(self) -> list[TreeRow]:
        """All of them where there is no such theme: it may have been agreed meanwhile."""
        wanted = self.cleaned_data["themenfeld"] if self.is_valid() else ""
        path = next((row.path for row in self.themes if str(row.pk) == wanted), "")
        return [row for row in self.found if row.path.startswith(path)]


@needs("strategy.agree_node")
def agree(request: HttpRequest) -> HttpResponse:
    """The list by GET; agreeing by POST. A fixed number of queries for the list."""
    if request.method == "POST":
        _agree(request)
        return redirect(request.get_full_path())
    rows = cited_rows()
    form = ThemeFilter(rows, [row for row in rows if row.review == Review.OPEN], request.GET)
    matching = form.matches()
    page = Paginator(matching, AT_ONCE).get_page(request.GET.get("seite"))
    context = {
        **admin.site.each_context(request),
        "title": _("Agree on nodes"),
        "form": form,
        "count": len(matching),
        "page": page,
        "shown": _shown(page),
        "are_ticked": request.GET.get("ankreuzen") == "alle",
    }
    return render(request, "editing/agree.html", context)


def _shown(page: Page) -> list[UpForAgreement]:
    rows: list[TreeRow] = list(page)
    nodes = {node.pk: node for node in Node.objects.filter(pk__in=[row.pk for row in rows])}
    marks = marks_of(nodes.values())
    agreed = HistoryRecord.objects.filter(uid__in=[row.uid for row in rows]).last_agreed()
    content = {row["uid"]: row for row in working_tree.rows()} if agreed else {}
    return [
        UpForAgreement(
            row,
            marks[row.uid],
            preview_address(nodes[row.pk]),
            since_agreed(content[row.uid], agreed[row.uid]) if row.uid in agreed else None,
        )
        for row in rows
        if row.pk in nodes
    ]


def _agree(request: HttpRequest) -> None:
    marks = _ticked(request)
    if not marks:
        messages.error(request, gettext("Please tick at least one node."))
    elif len(marks) > AT_ONCE:
        message = gettext("These are %(count)s nodes. At most %(limit)s can be agreed at once.")
        messages.error(request, message % {"count": len(marks), "limit": AT_ONCE})
    else:
        with in_one_go() as batch:
            outcome = agree_on(marks, by=acting_user(request))
        _tell(request, outcome, batch)


def _ticked(request: HttpRequest) -> dict[int, str]:
    """The mark of each ticked node, as it stood on the page."""
    sent = (each.partition(":") for each in request.POST.getlist("knoten"))
    return {int(pk): mark for pk, _colon, mark in sent if pk.isascii() and pk.isdigit() and len(pk) < 15}


def _tell(request: HttpRequest, outcome: AgreementOutcome, batch: uuid.UUID) -> None:
    if outcome.agreed:
        message = ngettext("%(n)s node is agreed now.", "%(n)s nodes are agreed now.", outcome.agreed)
        tell_undoable(request, message % {"n": outcome.agreed}, batch)
    if outcome.changed:
        names = ", ".join(gettext("“%(node)s”") % {"node": title} for title in outcome.changed)
        message = gettext(
            "Changed since you opened this page, and so not agreed: %(nodes)s. Please look again."
        )
        messages.warning(request, message % {"nodes": names})
    if outcome.gone:
        message = ngettext(
            "%(n)s node has been deleted meanwhile.", "%(n)s nodes have been deleted meanwhile.", outcome.gone
        )
        messages.warning(request, message % {"n": outcome.gone})
