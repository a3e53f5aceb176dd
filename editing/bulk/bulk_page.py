"""“Viele Maßnahmen ändern”: choose measures and what is to become of them, look at it, do it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, pressed, require
from editing.bulk.bulk_change import BulkChange, ConfirmForm
from editing.bulk.bulk_forms import ChangeForm, Listed, MeasureFilter, listed
from editing.rights import node_rights
from strategy.editions.cited_codes import cited_rows
from strategy.forms.pasted_texts import CLEAN
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.people import acting_user
from strategy.tree.models import Node, locked_tree
from strategy.tree.tree_rows import TreeRow

A_PAGE = 100
ALL = "alle"
AT_ONCE = 400  # takes about a quarter of a minute, in which nobody else can change the tree


@dataclass(frozen=True)
class Selection:
    """The measures that a person may change, those that the filter leaves, and those that are chosen.

    Chosen is by ticks, which go along from page to page, or all that the filter leaves.
    """

    form: MeasureFilter
    found: list[Listed]
    ticked: list[TreeRow]
    is_all: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Selection":
        """PermissionDenied where something is chosen that this person may not change, or that is no measure."""
        rows = cited_rows()
        rights = node_rights(request.user)
        mine = [each for each in listed(rows) if rights.cover(each.row.path)]
        form = MeasureFilter(rows, mine, request.GET)
        matching = form.matches()
        is_all = request.POST.get("welche") == ALL
        ticked = _ticked(request.POST)
        _require_own(ticked, mine)
        return cls(form, matching, [each.row for each in mine if each.row.pk in ticked], is_all)

    @property
    def chosen(self) -> list[TreeRow]:
        """All that the filter leaves where “all” was chosen, else what is ticked."""
        return [each.row for each in self.found] if self.is_all else self.ticked

    def elsewhere(self, page: Page) -> list[TreeRow]:
        """What is ticked and not shown on this page."""
        shown = {each.row.pk for each in page}
        return [row for row in self.ticked if row.pk not in shown]


def joined(rows: Iterable[TreeRow]) -> str:
    """Measures as one value of a form, which may hold only so many."""
    return ".".join(str(row.pk) for row in rows)


def _ticked(posted: QueryDict) -> set[int]:
    named = [*posted.getlist("m"), *posted.get("gewaehlt", "").split(".")]
    return {int(pk) for pk in named if pk.isascii() and pk.isdigit() and len(pk) < 15}


def _require_own(ticked: set[int], mine: list[Listed]) -> None:
    """What has been deleted meanwhile is left aside; the preview shows the others, or says what has changed."""
    foreign = ticked - {each.row.pk for each in mine}
    if foreign:
        known = set(Node.objects.order_by().values_list("pk", flat=True))
        require(not foreign & known)


@needs("strategy.view_node")
def change_measures(request: HttpRequest) -> HttpResponse:
    """The list by GET; by POST another page of it, the preview, or the change itself."""
    rights = node_rights(request.user)
    require(rights.everywhere or bool(rights.themes))
    button = pressed(request, "vorschau", "aendern", "zurueck", CLEAN)
    selection = Selection.of(request)
    form = ChangeForm(request.POST if button in ("vorschau", "aendern", CLEAN) else None)
    if form.is_bound and form.is_valid():
        if 0 < len(selection.chosen) <= AT_ONCE:
            return _previewed(request, selection, form, button)
        form.add_error(None, _how_many(len(selection.chosen)))
    return _list(request, selection, form)


def _how_many(count: int) -> str:
    if not count:
        return gettext("Please choose at least one measure.")
    return gettext(
        "These are %(count)s measures. Please choose %(limit)s at most, by Themenfeld for example, and do it in "
        "several goes."
    ) % {"count": count, "limit": AT_ONCE}


def _list(request: HttpRequest, selection: Selection, form: ChangeForm) -> HttpResponse:
    if request.method == "POST" and not form.is_bound:
        form = ChangeForm(initial=_typed(request.POST))
    page = Paginator(selection.found, A_PAGE).get_page(request.POST.get("seite") or request.POST.get("hier"))
    elsewhere = selection.elsewhere(page)
    ticked = {row.pk for row in selection.ticked}
    context = {
        **admin.site.each_context(request),
        "title": _("Change many measures"),
        "filter": selection.form,
        "query": request.GET.urlencode(),
        "count": len(selection.found),
        "page": page,
        "shown": [(each, each.row.pk in ticked) for each in page],
        "elsewhere": joined(elsewhere),
        "elsewhere_count": len(elsewhere),
        "is_all": selection.is_all,
        "form": form,
    }
    return render(request, "editing/bulk.html", context)


def _typed(posted: QueryDict) -> dict[str, Any]:
    """What the form for the changes held when another page of the list was asked for."""
    fields = ChangeForm.base_fields
    return {name: field.widget.value_from_datadict(posted, {}, name) for name, field in fields.items()}


def _previewed(request: HttpRequest, selection: Selection, form: ChangeForm, button: str) -> HttpResponse:
    batch = BulkChange(selection.chosen, form.names, form.new)
    confirm = ConfirmForm(batch, acting_user(request), request.POST if button in ("aendern", CLEAN) else None)
    if confirm.is_bound and confirm.is_valid() and _done(request, form, confirm):
        return redirect("editing:change_measures")
    context = {
        **admin.site.each_context(request),
        "title": _("Change many measures: preview"),
        "batch": batch,
        "form": form,
        "confirm": confirm,
        "chosen": joined(selection.chosen),
    }
    return render(request, "editing/bulk_preview.html", context)


def _done(request: HttpRequest, form: ChangeForm, confirm: ConfirmForm) -> bool:
    cleaned = confirm.cleaned_data
    try:
        with locked_tree(), in_one_go() as done:
            batch = BulkChange(Selection.of(request).chosen, form.names, form.new)
            batch.require(request.POST.get("seen", ""))
            count = batch.write(
                by=acting_user(request),
                reason=cleaned["reason"],
                is_correction=cleaned.get("is_correction", False),
            )
    except ValidationError as error:
        confirm.add_error(None, " ".join(error.messages))
        return False
    said = ngettext("%(n)s measure changed.", "%(n)s measures changed.", count) % {"n": count}
    tell_undoable(request, said, done)
    return True
