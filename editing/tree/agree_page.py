"""The nodes that are up for agreement, or the drafts: look through what they say, tick, set the ticked ones."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, pressed, require
from editing.rights import NodeRights, node_rights
from editing.tree.agree_actions import AT_ONCE, AgreementOutcome, agree_on, put_up
from editing.tree.presented import Presented, presented
from editing.tree.sized_pages import SizedPaginator
from strategy.editions.cited_codes import cited_rows
from strategy.forms.level_admin import preview_address
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.history.models import marks_of
from strategy.people import AnyUser, acting_user
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.tree.paths import root_path
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow

AGREE = "strategy.agree_node"


@dataclass(frozen=True)
class UpForAgreement:
    """A node, its mark, and what it says."""

    row: TreeRow
    mark: str
    preview: str
    entry: Presented


class AgreeFilter(forms.Form):
    """Narrows the list to one theme; and says whether it has drafts, or what is up for agreement."""

    themenfeld = forms.ChoiceField(label=_("Theme"), required=False)
    stand = forms.ChoiceField(label=_("Review state"), required=False)

    def __init__(self, rows: list[TreeRow], user: AnyUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights = node_rights(user)
        self.reviews = [*([Review.OPEN] if user.has_perm(AGREE) else []), *_drafts(self.rights)]
        self.found = [row for row in rows if row.review == self.review and self._is_theirs(row)]
        inside = {root_path(row.path) for row in self.found}
        self.themes = [row for row in rows if row.kind == Kind.THEME and row.path in inside]
        themes = [("", _("all")), *((row.pk, row.name) for row in self.themes)]
        self.fields["themenfeld"].choices = themes  # type: ignore[attr-defined]
        self.fields["stand"].choices = [(each.value, each.label) for each in self.reviews]  # type: ignore[attr-defined]

    @property
    def review(self) -> Review | None:
        """Which of both is listed; None for whoever may set neither."""
        wanted = next((each for each in self.reviews if each == self.data.get("stand")), None)
        return wanted or next(iter(self.reviews), None)

    def _is_theirs(self, row: TreeRow) -> bool:
        return row.review != Review.DRAFT or self.rights.cover(row.path)

    def matches(self) -> list[TreeRow]:
        """All of them where there is no such theme: it may have been agreed meanwhile."""
        wanted = self.data.get("themenfeld", "")
        path = next((row.path for row in self.themes if str(row.pk) == wanted), "")
        return [row for row in self.found if row.path.startswith(path)]


def _drafts(rights: NodeRights) -> list[Review]:
    return [Review.DRAFT] if rights.everywhere or rights.themes else []


@needs("strategy.view_node")
def agree(request: HttpRequest) -> HttpResponse:
    """The list by GET; setting what is ticked by POST. A fixed number of queries for the list."""
    if request.method == "POST":
        _set(request)
        return redirect(request.get_full_path())
    rows = cited_rows()
    form = AgreeFilter(rows, request.user, request.GET)
    require(form.review is not None)
    matching = form.matches()
    entries = presented({row.uid for row in matching})
    paginator = SizedPaginator(matching, lambda row: 1_500 + entries[row.uid].weight)
    page = paginator.get_page(request.GET.get("seite"))
    context = {
        **admin.site.each_context(request),
        "title": _("Agree on nodes") if form.review == Review.OPEN else _("Put drafts up for agreement"),
        "form": form,
        "is_draft": form.review == Review.DRAFT,
        "count": len(matching),
        "page": page,
        "shown": _shown(page, entries),
        "are_ticked": request.GET.get("ankreuzen") == "alle",
        "may_agree": request.user.has_perm(AGREE),
    }
    return render(request, "editing/agree.html", context)


def _shown(page: Page, entries: dict[str, Presented]) -> list[UpForAgreement]:
    rows: list[TreeRow] = list(page)
    nodes = {node.pk: node for node in Node.objects.filter(pk__in=[row.pk for row in rows])}
    marks = marks_of(nodes.values())
    return [
        UpForAgreement(row, marks[row.uid], preview_address(nodes[row.pk]), entries[row.uid])
        for row in rows
        if row.pk in nodes
    ]


def _set(request: HttpRequest) -> None:
    is_up = pressed(request, "abstimmen", "stellen") == "stellen"
    require(bool(_drafts(node_rights(request.user))) if is_up else request.user.has_perm(AGREE))
    marks = _ticked(request)
    if not marks:
        messages.error(request, gettext("Please tick at least one node."))
    elif len(marks) > AT_ONCE:
        message = gettext("These are %(count)s nodes. At most %(limit)s can be agreed at once.")
        messages.error(request, message % {"count": len(marks), "limit": AT_ONCE})
    else:
        with in_one_go() as batch:
            outcome = (put_up if is_up else agree_on)(marks, by=acting_user(request))
        _tell(request, outcome, batch, is_up=is_up)


def _ticked(request: HttpRequest) -> dict[int, str]:
    """The mark of each ticked node, as it stood on the page."""
    sent = (each.partition(":") for each in request.POST.getlist("knoten"))
    return {int(pk): mark for pk, _colon, mark in sent if pk.isascii() and pk.isdigit() and len(pk) < 15}


def _tell(request: HttpRequest, outcome: AgreementOutcome, batch: uuid.UUID, *, is_up: bool) -> None:
    if outcome.count:
        message = (
            ngettext(
                "%(n)s entry is up for agreement now.",
                "%(n)s entries are up for agreement now.",
                outcome.count,
            )
            if is_up
            else ngettext("%(n)s node is agreed now.", "%(n)s nodes are agreed now.", outcome.count)
        )
        tell_undoable(request, message % {"n": outcome.count}, batch)
    if outcome.changed:
        names = ", ".join(gettext("“%(node)s”") % {"node": title} for title in outcome.changed)
        message = (
            gettext("Changed since you opened this page, and so not put up for agreement: %(nodes)s.")
            if is_up
            else gettext(
                "Changed since you opened this page, and so not agreed: %(nodes)s. Please look again."
            )
        )
        messages.warning(request, message % {"nodes": names})
    if outcome.gone:
        message = ngettext(
            "%(n)s node has been deleted meanwhile.", "%(n)s nodes have been deleted meanwhile.", outcome.gone
        )
        messages.warning(request, message % {"n": outcome.gone})
