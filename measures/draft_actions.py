"""What departments do in a reporting round: prepare their reports, and hand them in."""

import uuid
from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import Measure
from measures.progress import Progress
from measures.reporting import CHANGE
from measures.reporting_rounds import ReportDraft, ReportingRound
from measures.round_actions import locked_open, make_public, said_by
from strategy.history.node_lookup import names_of


@transaction.atomic
def save_drafts(
    asked: ReportingRound,
    drafts: Collection[ReportDraft],
    *,
    dropped: Collection[uuid.UUID] = (),
    by: User,
) -> None:
    """Keep these drafts, and drop those of the other measures. What was handed in and is changed is open again."""
    held = locked_open(asked)
    _require_open(held, [*(draft.uid for draft in drafts), *dropped], by)
    public = {each.uid: each for each in Progress.objects.filter(uid__in=[draft.uid for draft in drafts])}
    for draft in drafts:
        draft.round, draft.reported_on = held, held.reports_on
        if draft.is_unchanged:
            _say_the_same(draft, public.get(draft.uid))
        draft.saved_at, draft.saved_by, draft.handed_in_at = timezone.now(), by, None
        draft.full_clean()
        draft.save()
    held.drafts.filter(uid__in=dropped).delete()


@transaction.atomic
def hand_in(
    asked: ReportingRound, uids: Collection[uuid.UUID], *, unchanged: Collection[uuid.UUID] = (), by: User
) -> list[ReportDraft]:
    """Hand in the drafts on these measures, and for others that nothing has changed. Public at once where the round
    says so."""
    save_drafts(asked, [ReportDraft(uid=uid, is_unchanged=True) for uid in unchanged], by=by)
    held = locked_open(asked)
    _require_open(held, uids, by)
    drafts = list(held.drafts.filter(uid__in=[*uids, *unchanged], handed_in_at=None))
    _refuse_what_cannot_be_public(drafts)
    for draft in drafts:
        draft.handed_in_at, draft.returned_note, draft.saved_by = timezone.now(), "", by
        draft.save(update_fields=["handed_in_at", "returned_note", "saved_by"])
    if held.is_published_at_once:
        make_public(held, drafts, by=by)
    return drafts


def _refuse_what_cannot_be_public(drafts: Collection[ReportDraft]) -> None:
    if stateless := [draft.uid for draft in drafts if not draft.state]:
        raise ValidationError(_("Please choose a state: %(measures)s.") % {"measures": _listed(stateless)})
    for draft in drafts:
        try:
            said_by(draft, None).full_clean(validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            raise ValidationError(f"{_listed([draft.uid])}: {' '.join(error.messages)}") from error


def _say_the_same(draft: ReportDraft, public: Progress | None) -> None:
    if public is None or not public.state:
        raise ValidationError(
            _(
                "“Unchanged” is not possible where no state has been reported yet: %(measures)s. Please choose the "
                "state there."
            )
            % {"measures": _listed([draft.uid])}
        )
    for name, value in public.says.items():
        if name != "reported_on":
            setattr(draft, name, value)
    draft.is_sample = public.is_sample


def _require_open(held: ReportingRound, uids: Collection[uuid.UUID], by: User) -> None:
    """The round asks for these measures, this person may report on each, and nobody has done so in this round."""
    asked = set(held.measures.filter(uid__in=uids).values_list("uid", flat=True))
    measures = {each.uid: each for each in Measure.objects.filter(uid__in=uids).only("uid", "kind", "lead")}
    for uid in uids:
        if uid not in asked or uid not in measures or not by.has_perm(CHANGE, measures[uid]):
            raise PermissionDenied
    if done := list(held.reports.filter(uid__in=uids).values_list("uid", flat=True).distinct()):
        raise ValidationError(
            _(
                "This has been reported in this round already: %(measures)s. If something is wrong there, please "
                "correct that report."
            )
            % {"measures": _listed(done)}
        )


def _listed(uids: Iterable[uuid.UUID]) -> str:
    return ", ".join(_("“%(node)s”") % {"node": name} for name in names_of(uids).values())
