"""Measures, departments, districts and progress in the admin."""

import uuid
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from measures.models import Department, District, Measure
from measures.progress import Progress
from measures.progress_forms import NewProgressForm, ProgressForm
from measures.progress_list import LeadFilter, NamedList
from measures.report_actions import report, take_back
from measures.reporting import CHANGE, REPORT, lead_key, name_all, open_round_on, reports_named
from strategy.forms.concurrent_forms import KeyForm
from strategy.forms.field_groups import FOLDS, KEY_GROUP
from strategy.forms.level_admin import LevelAdmin
from strategy.forms.live_admin import LiveAdmin, MergingAdmin
from strategy.german_order import GermanOrder
from strategy.people import acting_user


@admin.register(Measure)
class MeasureAdmin(LevelAdmin):
    """Measures, in the order of a project's sheet."""

    list_display = ["title", "lead", "start_year", "end_year", "review", "is_sample"]
    list_filter = ["review", "lead", "is_sample"]
    list_select_related = ["lead"]
    next_label = _("Save, and next measure")
    groups = (
        (_("Who does it, and with whom"), ("lead", ("partners", "committees"))),
        (
            _("When and where, and for whom"),
            (("start_year", "end_year", "is_ongoing"), "districts", "target_group"),
        ),
        (_("Participation"), (("participation", "participation_note"),)),
        (_("Means"), (("novelty", "staff"), ("cost_once", "cost_yearly", "cost_note"), "funding")),
        (_("What it serves"), ("sdgs",)),
    )


@admin.register(Department)
class DepartmentAdmin(LiveAdmin):
    """Departments: their address and successor are public at once."""

    list_display = ["name", "email", "valid_from", "successor"]
    list_select_related = ["successor"]
    search_fields = ["name", "key"]
    form = KeyForm
    fieldsets = [
        (None, {"fields": [("name", "email")]}),
        (_("Since when, and who took over"), {"fields": [("valid_from", "successor")], "classes": [FOLDS]}),
        KEY_GROUP,
    ]


@admin.register(District)
class DistrictAdmin(MergingAdmin):
    """Districts: an edition keeps their names, so that a change shows in the next one."""

    list_display = ["name", "key", "position"]
    form = KeyForm
    fieldsets = [(None, {"fields": [("name", "position")]}), KEY_GROUP]


@admin.register(Progress)
class ProgressAdmin(LiveAdmin):
    """Whoever reports for a department reads all rows, and writes those of the measures that it leads."""

    list_display = ["measure", "lead", "state", "reported_on", "decided", "is_sample"]
    list_filter = [LeadFilter, "state", "decision", "is_sample"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["uid"]
    readonly_fields = ["in_tree", "decided"]
    change_form_template = "admin/measures/progress_change_form.html"

    @admin.display(description=_("measure"), ordering="path")
    def measure(self, progress: Any) -> str:
        return progress.name

    @admin.display(description=_("measure"))
    def in_tree(self, progress: Any) -> str:
        """Its name, which leads to its place in the tree."""
        if not progress.node:
            return progress.name
        place = f"{reverse('tree_page')}?zeige={progress.node}#k{progress.node}"
        return format_html('<a href="{}">{}</a>', place, progress.name)

    @admin.display(description=_("decision status"), ordering="decision")
    def decided(self, progress: Progress) -> str:
        """The status as it is public today."""
        return str(progress.decided.status.label)

    @admin.display(description=_("lead"), ordering=GermanOrder("lead"))
    def lead(self, progress: Any) -> str:
        return progress.lead or ""

    def get_fieldsets(self, request: HttpRequest, obj: Progress | None = None) -> Any:
        said = ["in_tree" if obj else "uid", "state", "reported_on", "note"]
        return [
            (None, {"fields": said}),
            (_("How it goes on"), {"fields": ["next_step", "next_step_month"]}),
            (_("For the coordination and the progress report"), {"fields": ["obstacle", "decision_needed"]}),
            (_("Contact and decisions"), {"fields": ["contact_email", "decided"]}),
        ]

    def get_form(
        self, request: HttpRequest, obj: Progress | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A report stays that of its measure."""
        kwargs["form"] = ProgressForm if obj else NewProgressForm
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.user = acting_user(request)
        return form

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new report; where the address names a measure that has one, that one."""
        uid = request.GET.get("uid", "")
        if request.method == "GET" and (progress := self._of(uid)):
            return redirect("admin:measures_progress_change", progress.pk)
        return super().add_view(
            request, form_url, {"title": _("Report progress"), **self._asked(uid), **(extra_context or {})}
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        progress = Progress.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        asked = self._asked(str(progress.uid)) if progress else {}
        return super().change_view(request, object_id, form_url, {**asked, **(extra_context or {})})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Progress"), **(extra_context or {})})

    def _asked(self, uid: str) -> dict[str, Any]:
        """The open round that asks for this measure, and the page on which it is reported on there."""
        try:
            asked = open_round_on(uuid.UUID(uid))
        except ValueError:
            asked = None
        return {"asked": asked, "lead_key": lead_key(uuid.UUID(uid))} if asked else {}

    def _of(self, uid: str) -> Progress | None:
        try:
            return Progress.objects.filter(uid=uuid.UUID(uid)).first()
        except ValueError:
            return None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        report(form.instance, by=acting_user(request))

    def delete_model(self, request: HttpRequest, obj: Progress) -> None:
        take_back(obj, by=acting_user(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Progress]) -> None:
        with transaction.atomic():
            for each in queryset:
                take_back(each, by=acting_user(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) or request.user.has_perm(REPORT)

    def has_change_permission(self, request: HttpRequest, obj: Progress | None = None) -> bool:
        return request.user.has_perm(CHANGE, obj)

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
