"""The list of progress: whose measures it is narrowed to, each row named by its measure."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from measures.models import Department
from measures.progress import Progress
from measures.reporting import CHANGE, REPORT, name_all, reportable
from strategy.forms.german_list import GermanList
from strategy.people import acting_user


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
