"""The pages that read a city's own list: upload it, say what its columns are, look at what is read as what, and then
the preview that every table has."""

from collections import defaultdict
from pathlib import PurePath
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from editing.access import needs, require
from editing.delivered.cells.words import key
from editing.delivered.delivered_list import ALL_SHEETS
from editing.delivered.delivery import Delivery
from editing.delivered.forms import ColumnsForm, DeliveredForm, NamesForm, PlaceForm
from editing.delivered.mapping_actions import choose, forget_mapping, keep_mapping
from editing.delivered.models import ColumnMapping
from editing.delivered.remarks_file import remarks_file
from editing.delivered.summary import groups
from editing.models import ImportFile
from editing.tables.columns import LEVEL, UID, key_of
from editing.tables.export import FORMATS
from editing.tables.findings import TableError
from editing.tables.grid import text_of
from editing.tables.tables_page import SHOWN, answer_preview
from editing.tables.uploads import keep, kept, may_import
from strategy.forms.once import once
from strategy.people import acting_user

READ_SO = ("sheet", "header", "last")  # choices that make another list of it


@needs("strategy.change_node")
def deliver(request: HttpRequest) -> HttpResponse:
    """Upload a city's own list. One that was downloaded here is previewed at once."""
    require(may_import(request.user))
    form = DeliveredForm(request.POST, request.FILES) if request.method == "POST" else DeliveredForm()
    if form.is_bound and form.is_valid():
        name, by = form.cleaned_data["file"].name, acting_user(request)
        if _is_downloaded(form.delivery):
            return redirect("editing:table_preview", keep(form.content, name=name, by=by).pk)
        return redirect(
            "editing:delivered_columns",
            keep(form.content, name=name, by=by, choices=_known(form.delivery)).pk,
        )
    context = {"title": _("Read the city's own list"), "form": form, "mappings": ColumnMapping.objects.all()}
    return _render(request, "editing/deliver.html", context)


def _is_downloaded(delivery: Delivery) -> bool:
    keys = {key_of(text_of(value)) for value in delivery.grids[0].headers_of_table.values()}
    return {UID, LEVEL} <= keys


def _known(delivery: Delivery) -> dict[str, Any]:
    """The choices of the kept mapping that fits a list; none where there is none."""
    mapping = ColumnMapping.objects.fitting({key(text) for text in delivery.headings.values()})
    return {**mapping.choices, "kept": mapping.name} if mapping else {"kept": ""}


@needs("strategy.change_node")
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column of a list is read as, with samples of what stands in it; where the table lies in the file."""
    file = _file(request, pk)
    delivery = file and _delivery(request, file)
    if not file or not delivery:
        return redirect("editing:deliver")
    is_place = request.POST.get("part") == "place"
    place = PlaceForm(delivery, request.POST) if is_place else PlaceForm(delivery)
    form = (
        ColumnsForm(delivery, request.POST)
        if request.method == "POST" and not is_place
        else ColumnsForm(delivery)
    )
    if place.is_bound and place.is_valid():
        return _read_anew(request, file, place)
    if form.is_bound and form.is_valid():
        choose(file, {**file.choices, **form.choices}, by=acting_user(request))
        return redirect("editing:delivered_check", pk)
    notes = defaultdict(list)
    for each in groups(delivery, delivery.conversion.notes):
        notes[each.heading].append(each)
    context = {
        "title": _("Columns of “%(file)s”") % {"file": file.name},
        "form": form,
        "place": place,
        "mapping": file.choices.get("kept", ""),
        "columns": [
            (column, field, [*notes[column.heading]] if column.heading else [])
            for column, field in form.columns()
        ],
        "rows": len(delivery.rows),
        "unread": delivery.unread_columns,
    }
    return _render(request, "editing/delivered_columns.html", context)


def _read_anew(request: HttpRequest, file: ImportFile, place: PlaceForm) -> HttpResponse:
    """Read another sheet, or other rows: what was chosen of columns by their place no longer holds."""
    chosen = {name: place.cleaned_data.get(name) for name in READ_SO if place.cleaned_data.get(name)}
    if "header" in place.changed_data and "last" not in place.changed_data:
        chosen.pop("last", None)
    if "sheet" in place.changed_data:
        chosen = {"sheet": chosen["sheet"]}
    if chosen.get("sheet") == ALL_SHEETS:
        chosen = {"sheet": ALL_SHEETS}
    dropped = {*READ_SO, "targets", "depths"}
    staying = {name: value for name, value in file.choices.items() if name not in dropped}
    choose(file, {**staying, **chosen}, by=acting_user(request))
    return redirect("editing:delivered_columns", file.pk)


@needs("strategy.change_node")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is read as something else, all that cannot be read, and the names that nothing known has."""
    file = _file(request, pk)
    delivery = file and _delivery(request, file)
    if not file or not delivery:
        return redirect("editing:deliver")
    form = NamesForm(delivery, _name_of(file), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _chosen(request, file, delivery, form):
        return redirect("editing:delivered_check" if form.more else "editing:delivered_preview", pk)
    changes = [note for note in delivery.conversion.notes if not note.lost]
    context = {
        "title": _("What is read from “%(file)s”") % {"file": file.name},
        "file": file,
        "form": form,
        "plan": delivery.plan,
        "findings": delivery.plan.findings.by_row[:SHOWN],
        "lost": groups(delivery, delivery.lost),
        "lost_count": len(delivery.lost),
        "changed": groups(delivery, changes),
        "between": delivery.placing.between,
        "elsewhere": delivery.placing.elsewhere,
        "skipped": delivery.skipped,
    }
    return _render(request, "editing/delivered_check.html", context)


def _chosen(request: HttpRequest, file: ImportFile, delivery: Delivery, form: NamesForm) -> bool:
    """Keep the answers with the file, and the mapping under its name; False where the name cannot be."""
    answers = {name: dict(said) for name, said in delivery.answers.items()}
    for name, said in form.answers.items():
        answers.setdefault(name, {}).update(said)
    choices = {**file.choices, "answers": answers}
    if name := form.cleaned_data["keep_as"].strip():
        by_heading = {key(text): delivery.targets[at] for at, text in delivery.headings.items() if key(text)}
        to_keep = {"by_heading": by_heading, "answers": answers, "by_code": delivery.by_code}
        try:
            keep_mapping(name, to_keep, by=acting_user(request))
        except ValidationError as error:
            form.add_error("keep_as", " ".join(error.messages))
            return False
    choose(file, {**choices, "kept": name}, by=acting_user(request))
    return True


def _name_of(file: ImportFile) -> str:
    """The name that a mapping is proposed to be kept under: of the one that was used, or of the file."""
    return (
        file.choices.get("kept")
        or capfirst(" ".join(PurePath(file.name).stem.replace("_", " ").split()))[:100]
    )


@needs("strategy.change_node")
@once
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every change that a list would make; confirmed by POST."""
    file = _file(request, pk)
    delivery = file and _delivery(request, file)
    if not file or not delivery:
        return redirect("editing:deliver")
    return answer_preview(request, file, delivery.sheet, again=reverse("editing:deliver"), delivered=file.pk)


@require_safe
@needs("strategy.change_node")
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """The list once more, with a column of remarks."""
    file = _file(request, pk)
    delivery = file and _delivery(request, file)
    if not file or not delivery:
        return redirect("editing:deliver")
    response = HttpResponse(remarks_file(delivery), content_type=FORMATS["xlsx"])
    response["Content-Disposition"] = 'attachment; filename="anmerkungen.xlsx"'
    return response


@require_POST
@needs("strategy.change_node")
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a mapping no longer."""
    mapping = get_object_or_404(ColumnMapping, pk=pk)
    forget_mapping(mapping, by=acting_user(request))
    messages.success(request, gettext("“%(name)s” is no longer kept.") % {"name": mapping.name})
    return redirect("editing:deliver")


def _file(request: HttpRequest, pk: int) -> ImportFile | None:
    """The file of this person that waits; None with a message where it is gone."""
    require(may_import(request.user))
    file = kept(pk, by=acting_user(request))
    if file is None:
        messages.error(request, gettext("The uploaded table is no longer there. Please upload it again."))
    return file


def _delivery(request: HttpRequest, file: ImportFile) -> Delivery | None:
    """The file as it is read; None with a message where what was chosen is no table."""
    may_add = request.user.has_perm("measures.add_department")
    try:
        return Delivery(bytes(file.content), name=file.name, choices=file.choices, may_add=may_add).checked()
    except TableError as error:
        messages.error(request, str(error))
        return None


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), **context})
