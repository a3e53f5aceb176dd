"""Reporting rounds: opened, kept, published and closed by the coordination. What departments do: draft_actions."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import Measure
from measures.progress import Progress, Report
from measures.reporting_rounds import ReportDraft, ReportingRound, RoundMeasure
from strategy.document.data import canonical_json, digest_of
from strategy.editions.public_rows import write
from strategy.people import require_permission
from strategy.text.slugs import next_slug, slug_base
from strategy.tree.models import locked_tree

OPEN, KEEP = "measures.add_reportinground", "measures.change_reportinground"


def open_round(
    *,
    title: str,
    key_on: datetime.date,
    due_on: datetime.date,
    uids: Collection[uuid.UUID],
    is_published_at_once: bool = False,
    note: str = "",
    by: User | None,
) -> ReportingRound:
    """Ask for a report on each of these measures. None of them is asked for in another open round."""
    require_permission(by, OPEN)
    with locked_tree():
        measures = Measure.objects.filter(uid__in=uids).order_by("path")
        if not measures:
            raise ValidationError(_("No measure is chosen. Please choose at least one."))
        _refuse_asked_twice([measure.uid for measure in measures])
        taken = {
            "neu",
            *ReportingRound.objects.values_list("slug", flat=True),
        }  # “neu” is the page of the form
        slug, _number = next_slug(slug_base(title)[:50].strip("-"), taken)
        opened = ReportingRound(
            title=title,
            slug=slug,
            key_on=key_on,
            due_on=due_on,
            is_published_at_once=is_published_at_once,
            note=note,
            opened_by=by,
        )
        opened.full_clean()
        opened.save()
        RoundMeasure.objects.bulk_create(
            RoundMeasure(round=opened, uid=measure.uid, department_id=measure.lead_id) for measure in measures
        )
    return opened


def _refuse_asked_twice(uids: Iterable[uuid.UUID]) -> None:
    real = RoundMeasure.objects.filter(round__is_sample=False, round__closed_at=None)
    asked = real.filter(uid__in=list(uids)).select_related("round")
    rounds = sorted({each.round.title for each in asked})
    if rounds:
        raise ValidationError(
            _(
                "For %(n)s of these measures the open reporting round “%(round)s” asks already. Please close it first, "
                "or choose other measures."
            )
            % {"n": len(asked), "round": "”, “".join(rounds)}
        )


@transaction.atomic
def change_round(changed: ReportingRound, *, by: User) -> ReportingRound:
    """Keep another title, key date, due date, note or way of publishing. What it asks for stays."""
    require_permission(by, KEEP)
    locked_open(changed)
    changed.full_clean()
    changed.save(update_fields=["title", "key_on", "due_on", "note", "is_published_at_once"])
    return changed


def locked_open(asked: ReportingRound) -> ReportingRound:
    """The round, held until the transaction ends; ValidationError where it is closed."""
    held = ReportingRound.objects.select_for_update().get(pk=asked.pk)
    if not held.is_open:
        raise ValidationError(
            _(
                "The reporting round “%(round)s” has been closed and takes no more reports. You can report on each "
                "measure by itself, outside the round."
            )
            % {"round": held.title}
        )
    return held


def draft_mark(draft: ReportDraft, newest: Report | None) -> str:
    """Stands for a draft as it is, beside what was reported last: what was seen is what is published."""
    values = [draft.pk, draft.saved_at.isoformat(), str(draft.handed_in_at), newest.pk if newest else 0]
    return digest_of(canonical_json({"draft": values}))[:16]


@dataclass(frozen=True)
class Published:
    """How many reports were made public, and those that are no longer as they were seen."""

    count: int
    changed: list[ReportDraft]


@transaction.atomic
def publish_drafts(asked: ReportingRound, seen: Mapping[int, str], *, by: User) -> Published:
    """Make public what was handed in, where it is still as it was seen (marks by key)."""
    require_permission(by, KEEP)
    held = locked_open(asked)
    drafts = list(held.drafts.filter(pk__in=seen, handed_in_at__isnull=False))
    newest = Report.objects.newest(draft.uid for draft in drafts)
    as_seen = [each for each in drafts if seen[each.pk] == draft_mark(each, newest.get(each.uid))]
    make_public(held, as_seen, by=by)
    return Published(len(as_seen), [each for each in drafts if each not in as_seen])


def make_public(held: ReportingRound, drafts: Collection[ReportDraft], *, by: User) -> None:
    """Have these drafts be the newest reports on their measures, and public. Called with the round held."""
    uids = [draft.uid for draft in drafts]
    there = {each.uid: each for each in Progress.objects.select_for_update().filter(uid__in=uids)}
    rows = [said_by(draft, there.get(draft.uid)) for draft in drafts]
    write(save=rows, by=by)
    made = [
        Report(
            uid=draft.uid,
            round=held,
            is_sample=row.is_sample,
            reported_at=draft.handed_in_at,
            reported_by=draft.saved_by,
            **row.says,
        )
        for draft, row in zip(drafts, rows, strict=True)
    ]
    write(save=made)
    held.drafts.filter(uid__in=uids).delete()


def said_by(draft: ReportDraft, there: Progress | None) -> Progress:
    """The progress as the draft has it. “Unchanged” is what holds now, also where that was said after the draft."""
    row = there or Progress(uid=draft.uid, is_sample=draft.is_sample)
    says = draft.says
    if there and draft.is_unchanged:
        says = {**there.says, "reported_on": max(filter(None, (there.reported_on, draft.reported_on)))}
    for name, value in says.items():
        setattr(row, name, value)
    row.require_note()
    row.may_lack_note = False
    return row


@transaction.atomic
def give_back(draft: ReportDraft, *, note: str, by: User) -> ReportDraft:
    """Give a draft that was handed in back to its department, with what is to be mended."""
    require_permission(by, KEEP)
    locked_open(draft.round)
    held = ReportDraft.objects.filter(pk=draft.pk, handed_in_at__isnull=False).first()
    if held is None:
        raise ValidationError(_("This report has been published or given back meanwhile."))
    if not note.strip():
        raise ValidationError(_("Please say what the department is to mend."))
    held.handed_in_at, held.returned_note = None, note
    held.full_clean()
    held.save()
    return held


def missing_in(asked: ReportingRound) -> list[uuid.UUID]:
    """The measures that the round asks for, that are still in the tree, and that nobody has reported on in it."""
    reported = set(asked.reports.values_list("uid", flat=True))
    uids = [uid for uid in asked.measures.values_list("uid", flat=True) if uid not in reported]
    return list(Measure.objects.filter(uid__in=uids).order_by("path").values_list("uid", flat=True))


@transaction.atomic
def close_round(asked: ReportingRound, *, seen: int, by: User | None) -> ReportingRound:
    """Take no more reports. `seen` is how many measures without a report were shown to whoever closes it."""
    require_permission(by, KEEP)
    held = locked_open(asked)
    if waiting := held.drafts.filter(handed_in_at__isnull=False).count():
        raise ValidationError(
            ngettext(
                "%(n)s report is handed in and not published. Please publish it, or give it back, before you close.",
                "%(n)s reports are handed in and not published. Please publish them, or give them back, before you "
                "close.",
                waiting,
            )
            % {"n": waiting}
        )
    if seen != len(missing_in(held)):
        raise ValidationError(
            _(
                "Something has been reported since you opened this page. Please look at it again, and close then."
            )
        )
    held.closed_at, held.closed_by = timezone.now(), by
    held.save(update_fields=["closed_at", "closed_by"])
    return held
