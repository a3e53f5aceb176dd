"""Removing the sample data, so that none of it is left."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from editing.models import Proposal, Remark
from measures.execution import Execution
from measures.models import Department, Measure
from measures.progress import Progress, Report
from measures.reporting_rounds import ReportDraft, ReportingRound, RoundMeasure
from reporting.models import StatusReport
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition, Publication, PublicState
from strategy.editions.public_rows import write
from strategy.history.models import HistoryRecord
from strategy.history.origins import Origin
from strategy.tree.models import Node, locked_tree
from strategy.tree.paths import parent_path


@dataclass(frozen=True)
class Removed:
    """What was removed, by number, and the edition that the public reads now."""

    nodes: int
    progress: int
    departments: int
    editions: int
    shown: Edition | None


def remove_sample() -> Removed:
    """Remove every trace of sample data and show the last real edition again. ValidationError, and nothing
    done, where something real depends on it."""
    with locked_tree():
        _refuse_real_below_sample()
        _refuse_real_in_sample_departments()
        shown = _show_real_edition(PublicState.objects.locked())
        editions = list(Edition.objects.filter(has_sample=True))
        frozen = [_sample_uids(edition) for edition in editions]
        for edition in editions:
            actions.delete(edition)
        nodes = Node.objects.filter(is_sample=True)
        uids = list(nodes.values_list("uid", flat=True))
        said = Q(is_sample=True) | Q(uid__in=uids)
        progress = list(Progress.objects.filter(said))
        write(delete=Report.objects.filter(said).order_by("-pk"))
        write(delete=Execution.objects.filter(said))
        write(delete=StatusReport.objects.filter(Q(has_sample=True) | Q(round__is_sample=True)))
        _remove_rounds(uids)
        nodes.delete()
        _remove_what_was_said({*uids, *(uid for found in frozen for uid in found)})
        departments = list(Department.objects.filter(is_sample=True))
        for each in departments:
            each.successor = None  # which would keep that one from being deleted
        write(save=departments, fields=["successor"])
        write(delete=[*progress, *departments])
        return Removed(len(uids), len(progress), len(departments), len(editions), shown)


def _remove_rounds(uids: list[uuid.UUID]) -> None:
    """What rounds ask about sample measures, and of sample departments; then the rounds that are samples."""
    ReportDraft.objects.filter(Q(is_sample=True) | Q(uid__in=uids)).delete()
    RoundMeasure.objects.filter(Q(uid__in=uids) | Q(department__is_sample=True)).delete()
    elsewhere = list(Report.objects.filter(round__is_sample=True))  # on a measure that is gone
    for each in elsewhere:
        each.round = None
    write(save=elsewhere, fields=["round"])
    ReportingRound.objects.filter(is_sample=True).delete()


def _sample_uids(edition: Edition) -> list[uuid.UUID]:
    """The sample nodes of an edition, those that are no longer in the tree included."""
    return [uuid.UUID(uid) for uid, entry in library.document(edition).by_uid.items() if entry.is_sample]


def _remove_what_was_said(uids: set[uuid.UUID]) -> None:
    """History, proposals, remarks and origins of sample nodes, those that were deleted before included."""
    history = HistoryRecord.objects.filter(Q(before__is_sample=True) | Q(after__is_sample=True))
    uids = uids | set(history.order_by().values_list("uid", flat=True).distinct())
    history.delete()
    Proposal.objects.filter(uid__in=uids).delete()
    Remark.objects.filter(uid__in=uids).delete()
    _remove_origins(uids)


def _remove_origins(uids: set[uuid.UUID]) -> None:
    """That something came from sample data, or sample data from it; in the history of real nodes too."""
    Origin.objects.filter(Q(uid__in=uids) | Q(origin_uid__in=uids)).delete()
    named = {str(uid) for uid in uids}
    for record in HistoryRecord.objects.filter(action=HistoryRecord.Action.ORIGINS):
        states = [each["origins"] for each in (record.before, record.after)]
        kept = [[each for each in origins if each["uid"] not in named] for origins in states]
        if kept[0] == kept[1]:
            record.delete()
        elif kept != states:
            record.before["origins"], record.after["origins"] = kept
            record.save(update_fields=["before", "after"])


def _refuse_real_below_sample() -> None:
    is_sample: dict[str, str] = {}
    for node in Node.objects.only("path", "title", "is_sample"):
        above = is_sample.get(parent_path(node.path))
        if above and not node.is_sample:
            raise ValidationError(
                _("“%(node)s” is real and stands below the sample data “%(above)s”. Please move it first.")
                % {"node": node.title, "above": above}
            )
        if node.is_sample:
            is_sample[node.path] = node.title


def _refuse_real_in_sample_departments() -> None:
    led = Measure.objects.filter(is_sample=False, lead__is_sample=True).select_related("lead").first()
    if led and led.lead:
        raise ValidationError(
            _("“%(node)s” is real and led by “%(department)s”, which is sample data.")
            % {"node": led.title, "department": led.lead.name}
        )
    after = Department.objects.filter(is_sample=False, successor__is_sample=True).first()
    if after:
        raise ValidationError(
            _("“%(department)s” is real and was succeeded by a department that is sample data.")
            % {"department": after.name}
        )


def _show_real_edition(state: PublicState) -> Edition | None:
    """The edition that is shown once no sample is: the last real one that was published, or none."""
    if not (state.shown and state.shown.has_sample):
        return state.shown
    real = Publication.objects.filter(
        taken_back_at=None, edition__has_sample=False, edition__withheld_on=None
    ).exclude(edition__state=Edition.State.REJECTED)
    last = real.select_related("edition").first()
    PublicState.objects.show(last.edition if last else None)
    return last.edition if last else None
