"""Reporting on measures: what is said holds at once, and everything that was said before is kept."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.progress import Progress, Report
from strategy.editions.public_rows import write
from strategy.people import require_permission


@transaction.atomic
def report(progress: Progress, *, by: User | None) -> Progress:
    """Make public what a progress says, and keep it as a report. ValidationError where a sentence is missing."""
    progress.require_note()
    progress.may_lack_note = False
    return _make_public(progress, by)


@transaction.atomic
def bring_back(earlier: Report, *, by: User) -> Progress:
    """Have the progress say again what this report says; that is a report of its own."""
    progress = Progress.objects.select_for_update().filter(uid=earlier.uid).first() or Progress(
        uid=earlier.uid, is_sample=earlier.is_sample
    )
    for name, value in earlier.says.items():
        setattr(progress, name, value)
    progress.may_lack_note = earlier.may_lack_note
    return _make_public(progress, by)


@transaction.atomic
def correct(progress: Progress, *, corrects: Report, note: str, by: User) -> Progress:
    """Have the progress say what the newest report should have said. That one stays, beside what was wrong with it.

    The correction belongs to the round of what it corrects, as long as that is open.
    """
    newest = Report.objects.on(progress.uid).select_related("round").first()
    if newest is None or newest.pk != corrects.pk:
        raise ValidationError(
            _("Something has been reported on this measure since. Only the newest report can be corrected.")
        )
    if progress.says == newest.says:
        raise ValidationError(_("Nothing is different from the report that you correct."))
    progress.require_note()
    progress.may_lack_note = False
    write(save=[progress], by=by)
    in_round = newest.round if newest.round and newest.round.is_open else None
    correction = _report_of(progress, by, round=in_round, corrects=newest, correction_note=note)
    correction.full_clean()
    write(save=[correction])
    return progress


@transaction.atomic
def take_back(progress: Progress, *, by: User) -> None:
    """Have nothing reported any more, which is a report, too. What the council decided on the measure stays."""
    require_permission(by, "measures.delete_progress", progress)
    for name, value in {**Report().says, "contact_email": ""}.items():
        setattr(progress, name, value)
    if progress.has_decision:
        write(save=[progress])
    else:
        write(delete=[progress])
    _keep(progress, by)


def _make_public(progress: Progress, by: User | None) -> Progress:
    write(save=[progress], by=by)
    _keep(progress, by)
    return progress


def _keep(progress: Progress, by: User | None) -> None:
    newest = Report.objects.on(progress.uid).first() or Report()
    if progress.says != newest.says:
        write(save=[_report_of(progress, by)])


def _report_of(progress: Progress, by: User | None, **more: Any) -> Report:
    return Report(
        uid=progress.uid,
        is_sample=progress.is_sample,
        may_lack_note=progress.may_lack_note,
        reported_at=timezone.now(),
        reported_by=by,
        **progress.says,
        **more,
    )
