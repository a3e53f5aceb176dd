"""Reporting on measures: what is said holds at once, and everything that was said before is kept."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

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
        kept = Report(
            uid=progress.uid,
            is_sample=progress.is_sample,
            may_lack_note=progress.may_lack_note,
            reported_at=timezone.now(),
            reported_by=by,
            **progress.says,
        )
        write(save=[kept])
