"""What can be done with status reports: write the foreword, freeze, withhold, release."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.models import StatusReport, StatusReportContent
from reporting.report_data import mark_of, report_data
from strategy import security_log
from strategy.document.data import canonical_json, digest_of
from strategy.editions.actions import PUBLISH
from strategy.editions.models import PublicState
from strategy.editions.public_rows import write
from strategy.people import require_permission


@transaction.atomic
def save_draft(report: StatusReport, *, by: User | None) -> StatusReport:
    """Keep title and foreword of a report that is not frozen yet. Nothing of it is public."""
    require_permission(by, PUBLISH)
    PublicState.objects.locked()
    _require_draft(report)
    if report._state.adding and StatusReport.objects.filter(round=report.round).exists():
        raise ValidationError(_("Somebody else has saved here meanwhile. Please send the form again."))
    report.full_clean()
    write(save=[report])
    return report


@transaction.atomic
def freeze_report(report: StatusReport, *, seen: str | None = None, by: User | None) -> StatusReport:
    """Freeze what the report says now. It is public at once.

    ValidationError where it would say something else than when somebody saw `seen`, a `mark_of` its data.
    """
    require_permission(by, PUBLISH)
    PublicState.objects.locked()
    _require_draft(report)
    data = report_data(report)
    if seen is not None and seen != mark_of(data):
        raise ValidationError(
            _(
                "Something has changed since you opened this page, so nothing was frozen. Please look at it again."
            )
        )
    text = canonical_json(data)
    report.digest, report.has_sample = digest_of(text), data["meta"]["has_sample"]
    report.frozen_at, report.frozen_by = timezone.now(), by
    report.full_clean()
    write(save=[report])
    StatusReportContent.objects.create(report=report, data=text, has_sample=report.has_sample)
    _record("frozen", report, by)
    return report


@transaction.atomic
def withhold_report(report: StatusReport, *, reason: str, by: User | None) -> StatusReport:
    """Take a report from readers, who see the reason instead. Its content stays."""
    require_permission(by, PUBLISH)
    if not reason.strip():
        raise ValidationError(_("Withholding a report needs a reason: it is what readers see instead."))
    if not report.is_frozen:
        raise ValidationError(_("This report is not public yet."))
    report.withheld_on, report.withheld_reason = timezone.localdate(), reason.strip()
    report.full_clean()
    write(save=[report], fields=["withheld_on", "withheld_reason"])
    _record("withheld", report, by)
    return report


@transaction.atomic
def release_report(report: StatusReport, *, by: User | None) -> StatusReport:
    """Let readers have a withheld report again."""
    require_permission(by, PUBLISH)
    report.withheld_on, report.withheld_reason = None, ""
    write(save=[report], fields=["withheld_on", "withheld_reason"])
    _record("released", report, by)
    return report


def _require_draft(report: StatusReport) -> None:
    """Whatever the caller holds, the row decides: it may have been frozen meanwhile."""
    if report.is_frozen or StatusReport.objects.frozen().filter(round=report.round).exists():
        raise ValidationError(_("This report has been frozen already: it never changes again."))


def _record(what: str, report: StatusReport, by: User | None) -> None:
    security_log.record(f"status_report_{what}", by=by, on=f"report:{report.slug}")
