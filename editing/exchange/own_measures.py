"""The measures on which somebody reports for their departments, and how far each report is."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User

from editing.rights import own_departments
from measures.models import Measure
from measures.progress import Progress
from measures.reporting import REPORT, report_address
from strategy.tree.tree_rows import TreeRow


@dataclass(frozen=True)
class OwnMeasure:
    """A measure of one's own departments. Without a report none has been made."""

    row: TreeRow
    measure: Measure
    report: Progress | None

    @property
    def is_reported(self) -> bool:
        """Whether its progress has a state."""
        return bool(self.report and self.report.state)

    @property
    def address(self) -> str:
        """The form in which it is reported on."""
        return report_address(self.measure, self.report)

    @property
    def order(self) -> datetime.date:
        """Those that have waited longest come first."""
        return (self.report and self.report.reported_on) or datetime.date.min


def own_measures(user: User, rows: Iterable[TreeRow]) -> list[OwnMeasure]:
    """Those of this person's departments: first what has no report, then what was reported longest ago."""
    if not user.has_perm(REPORT):
        return []
    measures = {m.pk: m for m in Measure.objects.order_by().filter(lead__in=own_departments(user))}
    reports = {each.uid: each for each in Progress.objects.filter(uid__in=[m.uid for m in measures.values()])}
    own = [
        OwnMeasure(row, measures[row.pk], reports.get(measures[row.pk].uid))
        for row in rows
        if row.pk in measures
    ]
    return sorted(own, key=lambda each: each.order)
