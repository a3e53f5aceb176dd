"""Measures, departments, districts and progress in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from measures.models import Department, District, Measure, Progress
from strategy.level_admin import LevelAdmin
from strategy.live_admin import LiveAdmin


@admin.register(Measure)
class MeasureAdmin(LevelAdmin):
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
    list_display = ["name", "email", "valid_from", "successor"]
    list_select_related = ["successor"]
    search_fields = ["name", "key"]
    prepopulated_fields = {"key": ["name"]}


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin):
    list_display = ["name", "key", "position"]


CHANGE = "measures.change_progress"


class ProgressForm(forms.ModelForm):
    """The measure is chosen by its title, among those that `user` may report on; what is kept is its uid."""

    user: Any = None
    uid = forms.ChoiceField(label=_("measure"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = Measure.objects.only("kind", "uid", "title", "lead").order_by("path")
        choices = [(str(m.uid), m.title) for m in measures if self.user.has_perm(CHANGE, m)]
        known = {uid for uid, _title in choices}
        if self.instance.pk and str(self.instance.uid) not in known:
            choices.append((str(self.instance.uid), _("(no longer in the working tree)")))
        self.fields["uid"].choices = choices  # type: ignore[attr-defined]


@admin.register(Progress)
class ProgressAdmin(LiveAdmin):
    """Whoever reports for a department reads all rows, and writes those of the measures that it leads."""

    form = ProgressForm
    list_display = ["measure", "state", "reported_on", "decision", "is_sample"]
    list_filter = ["state", "decision", "is_sample"]
    readonly_fields = ["measure", "decision"]

    @admin.display(description=_("measure"))
    def measure(self, progress: Any) -> str:
        return progress.title or str(progress.uid)

    def get_fields(self, request: HttpRequest, obj: Progress | None = None) -> Any:
        is_read_only = obj and not self.has_change_permission(request, obj)
        return [
            "measure" if is_read_only else "uid",
            "state",
            "reported_on",
            "note",
            "contact_email",
            "decision",
        ]

    def get_form(
        self, request: HttpRequest, obj: Progress | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) or request.user.has_perm("measures.report_progress")

    def has_change_permission(self, request: HttpRequest, obj: Progress | None = None) -> bool:
        measure = Measure.objects.filter(uid=obj.uid).first() if obj else None
        return request.user.has_perm(CHANGE, measure)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Progress]:
        title = Measure.objects.filter(uid=OuterRef("uid")).values("title")[:1]
        return super().get_queryset(request).annotate(title=Subquery(title))
