"""Two reporting rounds of the sample data: one that is closed, with the sample reports, and one that is open."""

import datetime

from django.utils import timezone

from measures.models import Measure
from measures.progress import Report
from measures.reporting_rounds import ReportingRound, RoundMeasure
from reporting.actions import freeze_report
from reporting.models import StatusReport
from strategy.editions.public_rows import write

WEEKS = 3  # that a department has


def add_sample_rounds() -> None:
    """Put the sample reports into a closed round, and ask for all sample measures in an open one."""
    measures = list(Measure.objects.filter(is_sample=True).order_by("path"))
    reports = list(Report.objects.filter(is_sample=True))
    days = [each.reported_on for each in reports if each.reported_on]
    if not measures or not days:
        return
    closed = _round("Beispiel: letzte Berichtsrunde", max(days), measures)
    for each in reports:
        each.round = closed
    write(save=reports, fields=["round"])
    closed.closed_at = timezone.now()
    closed.save(update_fields=["closed_at"])
    _round("Beispiel: laufende Berichtsrunde", timezone.localdate(), measures)


def add_sample_report() -> None:
    """Freeze what the closed sample round came to. It is about the sample edition that is shown."""
    closed = ReportingRound.objects.filter(is_sample=True, closed_at__isnull=False).first()
    if closed:
        title = "Beispiel: Sachstandsbericht"
        foreword = "Dieses Vorwort ist ein Beispiel. Hier sagt die Koordinationsstelle, was ihr wichtig ist."
        freeze_report(StatusReport(round=closed, slug=closed.slug, title=title, foreword=foreword), by=None)


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
