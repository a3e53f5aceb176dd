"""What holds of the council's record as a whole, and what follows from it: asked and kept with every change of it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from council.belonging import check_answers
from council.consultations import Consultation, GroupVote, Resolution, check_consultations, check_votes
from council.decisions import MeasureResolution, resolutions, status_after
from council.papers import Paper
from measures.progress import Progress
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
    """Give every measure the status that its decisions make, and the list of them, as far as they are public; and
    what holds from each day on which a paper becomes public. Returns how many measures changed.

    Four queries, two more for each such day, and a write for each measure that changed.
    """
    today = timezone.localdate()
    later = Paper.objects.filter(public_from__gt=today).order_by("public_from")
    days = later.values_list("public_from", flat=True).distinct()
    public = {day: resolutions(day) for day in (today, *filter(None, days))}
    rows = {str(row.uid): row for row in Progress.objects.all()}
    decided = {uid for by_measure in public.values() for uid in by_measure}
    changed = []
    for uid in {*decided, *(uid for uid, row in rows.items() if row.resolutions or row.upcoming)}:
        row = rows.get(uid) or Progress(uid=uid)
        kept = _kept({day: by_measure.get(uid, []) for day, by_measure in public.items()})
        if any(getattr(row, name) != value for name, value in kept.items()):
            for name, value in kept.items():
                setattr(row, name, value)
            changed.append(row)
    if changed:
        write(save=changed)
    return len(changed)


def _kept(public: Mapping[datetime.date, Iterable[MeasureResolution]]) -> dict[str, Any]:
    """What a measure's row keeps of the decisions that are public on each of these days, today first."""
    steps: list[dict[str, Any]] = [
        {
            "on": day.isoformat(),
            "decision": str(status_after([(each.matter, each.result) for each in decided])),
            "resolutions": [each.as_plain() for each in decided],
        }
        for day, decided in public.items()
    ]
    upcoming = [new for old, new in pairwise(steps) if new["resolutions"] != old["resolutions"]]
    return {name: steps[0][name] for name in ("decision", "resolutions")} | {"upcoming": upcoming}
