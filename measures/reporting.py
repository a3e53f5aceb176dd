"""Who reports on which measure, where, and how many reports get their names at once."""

import uuid
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.urls import reverse

from measures.models import Measure
from measures.progress import Progress
from measures.reporting_rounds import ReportingRound
from strategy.history.node_lookup import names_of
from strategy.text.rules import folded

CHANGE = "measures.change_progress"
REPORT = "measures.report_progress"


def reportable(user: User) -> list[Measure]:
    """The measures on which this person may report, in the order of the tree."""
    measures = Measure.objects.only("kind", "uid", "title", "lead").order_by("path")
    return [measure for measure in measures if user.has_perm(CHANGE, measure)]


def report_address(measure: Measure, progress: Progress | None) -> str:
    """Where a measure is reported on: in the form of its report, or in a new one."""
    if progress:
        return reverse("admin:measures_progress_change", args=[progress.pk])
    return form_address(measure.uid)


def form_address(uid: uuid.UUID) -> str:
    """The form in which the measure of this uid is reported on, whether it has been before or not."""
    return f"{reverse('admin:measures_progress_add')}?uid={uid}"


def open_round_on(uid: uuid.UUID) -> ReportingRound | None:
    """The open round that asks for the measure of this uid."""
    return ReportingRound.objects.open().filter(measures__uid=uid).first()


def lead_key(uid: uuid.UUID) -> str:
    """The key of the department that leads the measure of this uid; "" where none does."""
    return Measure.objects.filter(uid=uid).values_list("lead__key", flat=True).first() or ""


def name_all(reports: Iterable[Progress]) -> list[Progress]:
    """These reports, with the names of their measures at hand. A few queries, however many they are."""
    listed = list(reports)
    names = names_of(each.uid for each in listed)
    for each in listed:
        each.name = names[str(each.uid)]
    return listed


def reports_named(text: str) -> list[str]:
    """The uids of the reports in whose measure's code and title every word of the text occurs."""
    words = folded(text).split()
    names = names_of(Progress.objects.order_by().values_list("uid", flat=True))
    return [uid for uid, name in names.items() if all(word in folded(name) for word in words)]
