"""Measures, departments, districts and progress in the admin."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from strategy.german_order import GermanOrder

from measures.models import Department, District, Measure, Progress
from measures.reporting import CHANGE, REPORT, name_all, reportable, reports_named
from strategy.forms.concurrent_forms import MergingForm
from strategy.forms.german_list import GermanList
from strategy.forms.level_admin import LevelAdmin
from strategy.forms.live_admin import LiveAdmin, MergingAdmin
from strategy.history.node_lookup import names_of
from strategy.people import acting_user


@admin.register(Measure)
class MeasureAdmin(LevelAdmin):
    """Measures, in the order of a project's sheet."""

    list_display = ["title", "lead", "start_year", "end_year", "review", "is_sample"]
    list_filter = ["review", "lead", "is_sample"]
    list_select_related = ["lead"]
    groups = (
        (_("Who does it, and with whom"), ("lead", "partners", "committees")),
        (
            _("When and where, and for whom"),
            ("start_year", "end_year", "is_ongoing", "districts", "target_group"),
        ),
        (_("Participation"), ("participation", "participation_note")),
        (_("Means"), ("novelty", "staff", "cost_once", "cost_yearly", "cost_note", "funding")),
        (_("What it serves"), ("sdgs",)),
    )


@admin.register(Department)
class DepartmentAdmin(LiveAdmin):
    """Departments: their address and successor are public at once."""

    list_display = ["name", "email", "valid_from", "successor"]
    list_select_related = ["successor"]
    search_fields = ["name", "key"]
    prepopulated_fields = {"key": ["name"]}


@admin.register(District)
class DistrictAdmin(MergingAdmin):
    """Districts: an edition keeps their names, so that a change shows in the next one."""

    list_display = ["name", "key", "position"]


class ReportForm(MergingForm):
    """A new report. The measure is chosen by its title, among those that `user` may report on and that have no
    report yet; what is kept is its uid."""

    user: User
    uid = forms.ChoiceField(
        label=_("measure"),
        help_text=_("Only measures without a report. The reports that there are: in the list."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reported = {str(uid) for uid in Progress.objects.values_list("uid", flat=True)}
        mine = [str(measure.uid) for measure in reportable(self.user)]
        names = names_of(uid for uid in mine if uid not in reported)
        field: Any = self.fields["uid"]
        field.choices = [("", "---------"), *((uid, names[uid]) for uid in mine if uid in names)]
        if self.data.get("uid") in reported:
            field.error_messages["invalid_choice"] = _(
                "This measure has been reported on meanwhile. Please change that report: it is in the list."
            )


class LeadFilter(admin.SimpleListFilter):
    """Whose measures are listed: for those who report for a department, at first their own."""

    title = _("lead")
    parameter_name = "federfuehrung"
    MINE, GONE, ALL = "meine", "weg", "alle"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self.user = acting_user(request)
        self.reports = request.user.has_perm(REPORT) and not request.user.has_perm(CHANGE)
        super().__init__(request, *args)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        leads = Department.objects.filter(leads__isnull=False).distinct()
        return [
            *([(self.MINE, _("my own"))] if self.reports else []),
            (self.ALL, _("all")),
            *((str(each.pk), each.name) for each in leads),
            (self.GONE, _("no longer in the working tree")),
        ]

    def value(self) -> str:
        return super().value() or (self.MINE if self.reports else self.ALL)

    def choices(self, changelist: Any) -> Iterator[Any]:
        for key, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: key})
            yield {"selected": self.value() == key, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Progress]:
        value = self.value()
        if value == self.MINE:
            return queryset.filter(uid__in=[measure.uid for measure in reportable(self.user)])
        if value == self.GONE:
            return queryset.filter(node=None)
        return queryset.filter(lead_id=value) if value.isdecimal() and len(value) < 15 else queryset


class NamedList(GermanList):
    """The list with the names of all its measures at hand."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = name_all(self.result_list)


@admin.register(Progress)
class ProgressAdmin(LiveAdmin):
    """Whoever reports for a department reads all rows, and writes those of the measures that it leads."""

    list_display = ["measure", "lead", "state", "reported_on", "decision", "is_sample"]
    list_filter = [LeadFilter, "state", "decision", "is_sample"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["uid"]
    readonly_fields = ["in_tree", "decision"]

    @admin.display(description=_("measure"), ordering="path")
    def measure(self, progress: Any) -> str:
        return progress.name

    @admin.display(description=_("measure"))
    def in_tree(self, progress: Any) -> str:
        """Its name, which leads to its place in the tree."""
        if not progress.node:
            return progress.name
        place = f"{reverse('admin:index')}?zeige={progress.node}#k{progress.node}"
        return format_html('<a href="{}">{}</a>', place, progress.name)

    @admin.display(description=_("lead"), ordering=GermanOrder("lead"))
    def lead(self, progress: Any) -> str:
        return progress.lead or ""

    def get_fields(self, request: HttpRequest, obj: Progress | None = None) -> Any:
        return [
            "in_tree" if obj else "uid",
            "state",
            "reported_on",
            "note",
            "contact_email",
            "decision",
        ]

    def get_form(
        self, request: HttpRequest, obj: Progress | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A report stays that of its measure."""
        if obj is None:
            kwargs["form"] = ReportForm
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.user = acting_user(request)
        return form

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new report; where the address names a measure that has one, that one."""
        uid = request.GET.get("uid", "")
        if request.method == "GET" and (report := self._of(uid)):
            return redirect("admin:measures_progress_change", report.pk)
        return super().add_view(request, form_url, extra_context)

    def _of(self, uid: str) -> Progress | None:
        try:
            return Progress.objects.filter(uid=uuid.UUID(uid)).first()
        except ValueError:
            return None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) or request.user.has_perm(REPORT)

    def has_change_permission(self, request: HttpRequest, obj: Progress | None = None) -> bool:
        measure = Measure.objects.filter(uid=obj.uid).first() if obj else None
        return request.user.has_perm(CHANGE, measure)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return NamedList

    def get_ordering(self, request: HttpRequest) -> Any:
        """That of the tree; what is gone from it at the end."""
        return [F("path").asc(nulls_last=True), "pk"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Looked for here: the row holds no title."""
        matching = queryset.filter(uid__in=reports_named(search_term)) if search_term.strip() else queryset
        return matching, False

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return super().get_deleted_objects(name_all(objs), request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Progress]:
        measures = Measure.objects.filter(uid=OuterRef("uid"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                node=Subquery(measures.values("pk")[:1]),
                path=Subquery(measures.values("path")[:1]),
                lead_id=Subquery(measures.values("lead")[:1]),
                lead=Subquery(measures.values("lead__name")[:1]),
            )
        )
