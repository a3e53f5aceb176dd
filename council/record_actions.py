"""What holds of the council's record as a whole, and what follows from it: asked and kept with every change of it."""

from collections.abc import Sequence

from django.db import models, transaction

from council.belonging import check_answers
from council.consultations import Consultation, GroupVote, Resolution, check_consultations, check_votes
from council.decisions import resolutions, status_after
from council.papers import Paper
from measures.models import Progress
from strategy.editions.public_rows import write


def check_and_keep(rows: Sequence[models.Model]) -> None:
    """Refuse what the papers and resolutions of these rows, just written, cannot say together (ValidationError);
    keep what measures' pages show of the decisions."""
    for row in rows:
        if row.pk:  # it was not deleted
            row.clean()
    for paper in _papers(rows):
        consultations = paper.consultations.select_related("body")
        check_consultations(paper, consultations)
        check_answers(paper, consultations)
    for resolution in _resolutions(rows):
        check_votes(resolution, resolution.groups.all())
    keep_decisions()


def _papers(rows: Sequence[models.Model]) -> models.QuerySet[Paper]:
    """The papers that are among these rows, or consultations on them."""
    papers = [each.pk for each in rows if isinstance(each, Paper)]
    consultations = [each.paper_id for each in rows if isinstance(each, Consultation)]
    return Paper.objects.filter(pk__in=[*papers, *consultations])


def _resolutions(rows: Sequence[models.Model]) -> models.QuerySet[Resolution]:
    """The resolutions that are among these rows, or votes on them."""
    resolutions = [each.pk for each in rows if isinstance(each, Resolution)]
    votes = [each.resolution_id for each in rows if isinstance(each, GroupVote)]
    return Resolution.objects.filter(pk__in=[*resolutions, *votes])


@transaction.atomic
def keep_decisions() -> int:
    """Give every measure the status that its decisions make, and the list of them. Returns how many changed.

    Three queries, and a write for each measure that changed.
    """
    due = resolutions()
    rows = {str(row.uid): row for row in Progress.objects.all()}
    changed = []
    for uid in {*due, *(uid for uid, row in rows.items() if row.resolutions)}:
        row = rows.get(uid) or Progress(uid=uid)
        decided = due.get(uid, [])
        status = status_after([(each.matter, each.result) for each in decided])
        listed = [each.as_plain() for each in decided]
        if (row.decision, row.resolutions) != (status, listed):
            row.decision, row.resolutions = status, listed
            changed.append(row)
    if changed:
        write(save=changed)
    return len(changed)
