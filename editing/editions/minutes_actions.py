"""From the minutes to the edition: noting what the council changed, ticking it off, and freezing it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council.consultations import Consultation
from council.papers import Paper
from editing.editions import freeze_plan
from editing.editions.minuted_changes import Line
from editing.editions.models import MinutedChange
from strategy.editions.models import Edition
from strategy.editions.public_rows import write
from strategy.people import require_permission

CHANGE = "council.change_paper"


def takes_changes(paper: Paper) -> bool:
    """Whether the council has decided on changes of this paper's edition, and none carries them for ever yet."""
    decision = paper.decision
    is_amended = bool(decision and decision.result == Consultation.Result.AMENDED)
    return is_amended and paper.is_submitted and not paper.is_sealed


def noted_uids(paper: Paper) -> set[str]:
    """The entries in which the council changed something."""
    return {str(uid) for uid in paper.minuted_changes.exclude(uid=None).values_list("uid", flat=True)}


@transaction.atomic
def note(paper: Paper, lines: Iterable[Line], *, by: User) -> list[MinutedChange]:
    """Keep these lines of the minutes, behind those that are there. One that is there already is not kept again."""
    paper = _open(paper, by)
    there = set(paper.minuted_changes.values_list("code", "said"))
    new = [line for line in dict.fromkeys(lines) if (line.code, line.said) not in there]
    changes = [
        MinutedChange(paper=paper, code=each.code, uid=each.uid, said=each.said, noted_by=by) for each in new
    ]
    return MinutedChange.objects.bulk_create(changes)


@transaction.atomic
def tick(paper: Paper, ticked: dict[int, bool], *, by: User) -> None:
    """Say of these changes, by pk, whether they are made. One that is gone meanwhile is left aside."""
    paper = _open(paper, by)
    for change in paper.minuted_changes.filter(pk__in=ticked):
        if change.is_done != ticked[change.pk]:
            change.done_at, change.done_by = (timezone.now(), by) if ticked[change.pk] else (None, None)
            change.save(update_fields=["done_at", "done_by"])


@transaction.atomic
def drop(change: MinutedChange, *, by: User) -> None:
    """Take a line away: it was noted in error."""
    _open(change.paper, by)
    MinutedChange.objects.filter(pk=change.pk).delete()


@transaction.atomic
def freeze_amended(paper: Paper, /, *, by: User, **frozen: Any) -> Edition:
    """Freeze, as `freeze_plan.freeze`, and name the edition in the paper as the one with the council's changes."""
    paper = _open(paper, by)
    edition = freeze_plan.freeze(by=by, **frozen)
    paper.amended_edition = edition
    try:
        paper.full_clean()
    except ValidationError as error:  # its fields are not those of the form that freezes
        raise ValidationError(error.messages) from error
    write(save=[paper], fields=["amended_edition"], by=by)
    return edition


def _open(paper: Paper, by: User) -> Paper:
    """The paper, held until the end of the transaction. ValidationError where nothing of it can be changed any more."""
    require_permission(by, CHANGE, paper)
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    if not takes_changes(paper):
        raise ValidationError(
            _("Paper %(number)s has no decision with changes that is still to be carried over.")
            % {"number": paper.reference}
        )
    return paper
