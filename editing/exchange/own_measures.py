"""The measures on which somebody reports for their departments, and how far each report is."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse

from editing.rights import own_departments
from measures.models import Measure
from measures.progress import Progress
from measures.reporting import REPORT, report_address
from measures.reporting_rounds import RoundMeasure
from strategy.tree.tree_rows import TreeRow


@dataclass(frozen=True)
class OwnMeasure:
    """A measure of one's own departments. Without a report none has been made. `asked` is what an open reporting round
    asks of it, where there is one: what is reported outside of it does not count there."""

    row: TreeRow
    measure: Measure
    report: Progress | None
    asked: RoundMeasure | None = None

    @property
    def is_reported(self) -> bool:
        """Whether its progress has a state."""
        return bool(self.report and self.report.state)

    @property
    def address(self) -> str:
        """Where it is reported on: in the open round, else in the form of its progress."""
        if self.asked and self.measure.lead:
            page = reverse("editing:round_department", args=[self.asked.round.slug, self.measure.lead.key])
            return f"{page}#m{self.asked.pk}"
        return report_address(self.measure, self.report)

    @property
    def order(self) -> datetime.date:
        """Those that have waited longest come first."""
        return (self.report and self.report.reported_on) or datetime.date.min


def own_measures(user: User, rows: Iterable[TreeRow]) -> list[OwnMeasure]:
    """Those of this person's departments: first what has no report, then what was reported longest ago."""
    if not user.has_perm(REPORT):
        return []
    led = Measure.objects.order_by().filter(lead__in=own_departments(user)).select_related("lead")
    measures = {m.pk: m for m in led}
    reports = {each.uid: each for each in Progress.objects.filter(uid__in=[m.uid for m in measures.values()])}
    open_rounds = RoundMeasure.objects.filter(
        round__closed_at=None, uid__in=[m.uid for m in measures.values()]
    ).select_related("round")
    asked = {each.uid: each for each in open_rounds}
    own = [
        OwnMeasure(row, measures[row.pk], reports.get(measures[row.pk].uid), asked.get(measures[row.pk].uid))
        for row in rows
        if row.pk in measures
    ]
    return sorted(own, key=lambda each: each.order)
