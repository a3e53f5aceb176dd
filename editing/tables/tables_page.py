"""The pages of tables: download one, upload one, look at what it would change, confirm."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from treebeard.exceptions import InvalidPosition

from editing.access import needs, require
from editing.models import ImportFile
from editing.tables.export import FORMATS, export
from editing.tables.import_actions import Outdated, run_import
from editing.tables.pasted_cells import cleaned_sheet
from editing.tables.plan import Plan, PlannedChange, plan_of
from editing.tables.reading import read_sheet
from editing.tables.sheet import Sheet
from editing.tables.upload_form import UploadForm
from editing.tables.uploads import keep, kept, may_import
from strategy.forms.once import once, tell_made
from strategy.forms.reason_form import ReasonForm
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.people import acting_user
from strategy.presentation.side_by_side import FieldView, field_views
from strategy.tree.models import Node
from strategy.tree.tree_rows import tree_rows

SHOWN = 200  # changes, or errors, that a preview shows in full


class ExportForm(forms.Form):
    """What goes into the table, and what kind of file it is."""

    umfang = forms.ChoiceField(label=_("what"), required=False)
    format = forms.ChoiceField(
        label=_("kind of file"),
        choices=[("xlsx", _("Excel (.xlsx)")), ("csv", _("CSV (semicolons, UTF-8)"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = [(row.uid, row.name) for row in tree_rows(Node.objects.filter(depth=1))]
        self.fields["umfang"].choices = [("", _("the whole strategy")), *themes]  # type: ignore[attr-defined]


class ImportForm(UploadForm):
    """A table that was downloaded here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "XLSX or CSV, of at most 10 megabytes. You see every change before anything is written."
        )

    def look(self, name: str) -> None:
        """As a table of ours."""
        read_sheet(self.content)


@needs("strategy.view_node")
def tables(request: HttpRequest) -> HttpResponse:
    """Choose what to download; upload a table, where one may change everything."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST":
        require(may_import(request.user))
        if form.is_valid():
            file = keep(form.content, name=form.cleaned_data["file"].name, by=acting_user(request))
            return redirect("editing:table_preview", file.pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Tables"),
        "export_form": ExportForm(auto_id="export_%s"),
        "form": form,
        "may_import": may_import(request.user),
    }
    return render(request, "editing/tables.html", context)


@require_safe
@needs("strategy.view_node")
def download(request: HttpRequest) -> HttpResponse:
    """The table as a file."""
    form = ExportForm(request.GET)
    if not form.is_valid():
        messages.error(
            request, gettext("This cannot be downloaded, or is no longer there. Please choose again.")
        )
        return redirect("editing:tables")
    root, kind = form.cleaned_data["umfang"] or None, form.cleaned_data["format"]
    name = f"themenfeld-{get_object_or_404(Node, uid=root).slug}" if root else "strategie"
    response = HttpResponse(export(kind, root=root), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{kind}"'
    return response


@needs("strategy.change_node")
@once
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every change that an uploaded table would make, or what is wrong with it; confirmed by POST.

    An address with `bereinigt` is that of the table with its texts cleaned: what it shows is what is confirmed.
    """
    require(may_import(request.user))
    file = kept(pk, by=acting_user(request))
    if file is None:
        messages.error(request, gettext("The uploaded table is no longer there. Please upload it again."))
        return redirect("editing:tables")
    sheet = read_sheet(bytes(file.content))
    clean, done = cleaned_sheet(sheet)
    is_clean = "bereinigt" in request.GET
    texts = {"cleaned": done if is_clean else None, "may_clean": done.done and not is_clean}
    return answer_preview(
        request, file, clean if is_clean else sheet, again=reverse("editing:tables"), **texts
    )


def answer_preview(
    request: HttpRequest, file: ImportFile, sheet: Sheet, *, again: str, **texts: Any
) -> HttpResponse:
    """What a table would change, or what is wrong with it; imported where that is confirmed. `again` is where a
    mended one is uploaded."""
    form = ReasonForm(request.POST or None, is_decided=False)  # whether it is, the action finds out
    if form.is_valid() and _imported(request, file, sheet, form):
        tell_made(request, file.name, reverse("editing:history"))
        return redirect("editing:history")
    plan = plan_of(sheet)
    form.fields["reason"].required = bool(plan.decided)
    changed = [change for change in plan.changes if not change.is_new]
    new, shown = plan.new[:SHOWN], changed[:SHOWN]
    context = {
        **admin.site.each_context(request),
        "title": _("Import “%(file)s”") % {"file": file.name},
        "file": file,
        "plan": plan,
        "form": form,
        "again": again,
        "delivered": None,
        "cleaned": None,
        "may_clean": False,
        "warnings": plan.warnings.by_row[:SHOWN],
        "more_warnings": max(0, len(plan.warnings) - SHOWN),
        "findings": plan.findings.by_row[:SHOWN],
        "more_findings": max(0, len(plan.findings) - SHOWN),
        "new": grouped(new),
        "changes": [(change, views_of(change)) for change in shown],
        "more_changes": len(plan.changes) - len(new) - len(shown),
        **texts,
    }
    return render(request, "editing/table_preview.html", context)


def grouped(new: Sequence[PlannedChange]) -> list[tuple[str, list[tuple[PlannedChange, list[FieldView]]]]]:
    """New nodes with their fields, those that stand below the same one together, with its title."""
    found: dict[tuple[str, str], list[tuple[PlannedChange, list[FieldView]]]] = {}
    for change in new:
        after = change.after
        above = (after.parent or "", after.above) if after else ("", "")
        fields = [view for view in views_of(change) if view.name not in ("title", "slug")]
        found.setdefault(above, []).append((change, fields))
    return [(title, changes) for (_parent, title), changes in found.items()]


def views_of(change: PlannedChange) -> list[FieldView]:
    """The fields of a change, old and new side by side."""
    return field_views(change.fields, change.old, change.new)


def _imported(request: HttpRequest, file: ImportFile, sheet: Sheet, form: ReasonForm) -> bool:
    digest, reason = request.POST.get("digest", ""), form.cleaned_data["reason"]
    try:
        with in_one_go() as batch:
            plan = run_import(
                sheet,
                file=file,
                digest=digest,
                by=acting_user(request),
                reason=reason,
                twice="twice" in request.POST,
            )
    except Outdated:
        messages.error(
            request,
            gettext(
                "Nothing was written: the working tree has been changed meanwhile, so the table would do something "
                "else now. Please look at the new preview below and confirm again."
            ),
        )
        return False
    except ValidationError as error:
        if "reason" in getattr(error, "error_dict", {}):
            form.add_error(None, error)
        else:
            _tell_refusal(request, " ".join(error.messages))
        return False
    except (InvalidPosition, Node.DoesNotExist) as error:
        _tell_refusal(request, str(error))
        return False
    tell_undoable(request, _what_was_done(plan), batch)
    return True


def _tell_refusal(request: HttpRequest, says: str) -> None:
    messages.error(request, gettext("Nothing was written: %(says)s") % {"says": says})


def _what_was_done(plan: Plan) -> str:
    counts = [
        (ngettext("%(n)s node added", "%(n)s nodes added", len(plan.new)), len(plan.new)),
        (ngettext("%(n)s node changed", "%(n)s nodes changed", len(plan.changed)), len(plan.changed)),
        (ngettext("%(n)s node moved", "%(n)s nodes moved", len(plan.moved)), len(plan.moved)),
    ]
    done = ", ".join(text % {"n": n} for text, n in counts if n)
    return gettext("Imported: %(done)s.") % {"done": done}
