"""Two reporting rounds of the sample data: one that is closed, with the sample reports, and one that is open."""

import datetime

from django.utils import timezone

from measures.models import Measure
from measures.progress import Report
from measures.reporting_rounds import ReportingRound, RoundMeasure

WEEKS = 3  # that a department has


def add_sample_rounds() -> None:
    """Put the sample reports into a closed round, and ask for all sample measures in an open one."""
    measures = list(Measure.objects.filter(is_sample=True).order_by("path"))
    reports = Report.objects.filter(is_sample=True)
    days = [day for day in reports.values_list("reported_on", flat=True) if day]
    if not measures or not days:
        return
    closed = _round("Beispiel: letzte Berichtsrunde", max(days), measures)
    reports.update(round=closed)
    closed.closed_at = timezone.now()
    closed.save(update_fields=["closed_at"])
    _round("Beispiel: laufende Berichtsrunde", timezone.localdate(), measures)


def _round(title: str, key_on: datetime.date, measures: list[Measure]) -> ReportingRound:
    slug = title.removeprefix("Beispiel: ").replace(" ", "-").lower()
    asked = ReportingRound.objects.create(
        title=title,
        slug=f"beispiel-{slug}",
        key_on=key_on,
        due_on=key_on + datetime.timedelta(weeks=WEEKS),
        is_sample=True,
    )
    RoundMeasure.objects.bulk_create(
        RoundMeasure(round=asked, uid=measure.uid, department_id=measure.lead_id) for measure in measures
    )
    return asked
