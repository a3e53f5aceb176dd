"""What can be done with editions. Every action is atomic; a refusal is a ValidationError in German, or PermissionDenied
where the acting person may not."""

import datetime
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from strategy import security_log
from strategy.document.data import Plain, canonical_json, digest_of
from strategy.editions.integrity import damage
from strategy.editions.models import Edition, EditionContent, Publication, PublicState
from strategy.editions.slug_keeping import keep_slugs, keep_slugs_anew, refuse_others_slugs
from strategy.editions.working_tree import edition_data, problems
from strategy.people import require_permission
from strategy.tree.models import locked_tree

FREEZE, PUBLISH = "strategy.freeze_edition", "strategy.publish_edition"


def freeze(
    *,
    slug: str,
    by: User | None = None,
    title: str = "",
    subtitle: str | None = None,
    remark: str = "",
    basis: dict[str, Plain] | None = None,
    nodes: Iterable[Mapping[str, Plain]] | None = None,
) -> Edition:
    """Freeze the working tree into a working edition. It is not public yet.

    Without `title` and `remark` it takes those of the strategy's title page, without `subtitle` that one's.
    `nodes` are those that go in, as `edition_data` takes them, read under the lock that the caller holds; without
    it all go in as they are.
    """
    require_permission(by, FREEZE)
    with locked_tree():
        if wrong := problems():
            raise ValidationError(
                _("The tree is damaged, so nothing was frozen: %(problem)s") % {"problem": wrong[0]}
            )
        data = edition_data(nodes, basis=basis)
        refuse_others_slugs(data["nodes"])
        if title:
            data["meta"]["edition"] = {"title": title, "remark": remark}
        if subtitle is not None:
            data["meta"]["subtitle"] = subtitle
        return store(data, slug=slug, by=by)


def store(data: dict[str, Plain], *, slug: str, by: User | None = None) -> Edition:
    """Keep an edition's data for ever, as an edition of its own. A part of freezing."""
    if not data["nodes"]:
        raise ValidationError(_("The strategy is empty: there is nothing to freeze."))
    text = canonical_json(data)
    edition = Edition(
        slug=slug,
        title=data["meta"]["edition"]["title"],
        digest=digest_of(text),
        has_sample=data["meta"]["has_sample"],
        frozen_at=timezone.now(),
        frozen_by=by,
    )
    with transaction.atomic():
        edition.full_clean()
        edition.save()
        EditionContent.objects.create(
            edition=edition, format=data["format"], digest=edition.digest, data=text
        )
        _record("frozen", edition, by)
    return edition


def shown_mark() -> str:
    """Stands for what the public reads now, and by which publication: another one once that has changed."""
    state = PublicState.objects.filter(pk=1).first()
    last = Publication.objects.filter(taken_back_at=None).first()
    return f"{(state and state.shown_id) or 0}.{last.pk if last else 0}"


@transaction.atomic
def publish(edition: Edition, *, by: User | None = None, seen: str | None = None) -> Publication:
    """Make this edition the one that the public reads at the start page.

    ValidationError where the public reads another one than when somebody saw `seen`, a `shown_mark`.
    """
    require_permission(by, PUBLISH)
    edition = _locked(edition)
    _require_shown(seen)
    if edition.why_not_shown:
        raise ValidationError(edition.why_not_shown)
    if wrong := damage(edition):
        raise ValidationError(wrong)
    now = timezone.now()
    if edition.published_at is None:
        edition.published_at = now
        edition.save(update_fields=["published_at"])
    keep_slugs(edition)
    PublicState.objects.show(edition)
    _record("published", edition, by)
    return Publication.objects.create(edition=edition, published_at=now, published_by=by)


def shown_before() -> Edition | None:
    """The edition that would be shown if the last publication were taken back; None where there is none."""
    state = PublicState.objects.filter(pk=1).first()
    return _step_back(state.shown_id if state else None)[1]


@transaction.atomic
def take_back(*, by: User | None = None, seen: str | None = None) -> Edition:
    """Undo the last publication: the public reads the edition before it again. Returns that one.

    A working edition that was never shown before is no longer public; one that the council has had stays so. `seen`
    as in `publish`.
    """
    require_permission(by, PUBLISH)
    shown = PublicState.objects.locked().shown_id
    _require_shown(seen)
    undone, before = _step_back(shown)
    if before is None:
        raise ValidationError(_("There is no earlier edition that could be shown instead."))
    Publication.objects.filter(pk__in=[each.pk for each in undone]).update(
        taken_back_at=timezone.now(), taken_back_by=by
    )
    edition = _locked(undone[0].edition)
    if (
        edition.state == Edition.State.WORKING
        and not edition.publications.filter(taken_back_at=None).exists()
    ):
        edition.published_at = None
        edition.save(update_fields=["published_at"])
    PublicState.objects.show(before)
    _record("taken_back", edition, by)
    return before


def _require_shown(seen: str | None) -> None:
    """ValidationError where the public reads something else than what `seen` stands for. Under the lock."""
    if seen is None or seen == shown_mark():
        return
    shown = PublicState.objects.select_related("shown").get(pk=1).shown
    if shown is None:
        raise ValidationError(_("The public reads no edition any more, so nothing was done."))
    raise ValidationError(
        _("The public reads “%(edition)s” by now, so nothing was done. Please look through it again.")
        % {"edition": shown}
    )


def _step_back(shown: int | None) -> tuple[list[Publication], Edition | None]:
    """The other edition that was shown last and can be again, and the publications since."""
    undone: list[Publication] = []
    for each in Publication.objects.filter(taken_back_at=None).select_related("edition"):
        if each.edition_id == shown:
            undone.append(each)
        elif undone and not each.edition.why_not_shown:
            return undone, each.edition
        elif undone:
            undone.append(each)
    return undone, None


@transaction.atomic
def withhold(
    edition: Edition, *, reason: str, on: datetime.date | None = None, by: User | None = None
) -> Edition:
    """Take an edition from the public for a legal reason. Content and digest stay; staff can read it."""
    require_permission(by, PUBLISH)
    edition = _locked(edition)
    if not reason.strip():
        raise ValidationError(_("Withholding needs a reason: it is what readers see instead."))
    if PublicState.objects.filter(shown=edition).exists():
        raise ValidationError(
            _("“%(edition)s” is being shown. Please publish another edition first.") % {"edition": edition}
        )
    edition.withheld_on = on or timezone.localdate()
    edition.withheld_reason = reason.strip()
    edition.full_clean()
    edition.save(update_fields=["withheld_on", "withheld_reason"])
    PublicState.objects.raise_revision()
    _record("withheld", edition, by)
    return edition


@transaction.atomic
def release(edition: Edition, *, by: User | None = None) -> Edition:
    """End the withholding of an edition."""
    require_permission(by, PUBLISH)
    edition = _locked(edition)
    edition.withheld_on = None
    edition.withheld_reason = ""
    edition.save(update_fields=["withheld_on", "withheld_reason"])
    PublicState.objects.raise_revision()
    _record("released", edition, by)
    return edition


@transaction.atomic
def set_state(
    edition: Edition,
    state: str,
    *,
    paper_number: str = "",
    decided_by: str = "",
    decided_on: datetime.date | None = None,
    result: str = "",
) -> Edition:
    """Take an edition to its next state, with what the council's data say. Adopting supersedes the one before.

    A part of council/actions.py, which asks for the rights.
    """
    edition = _locked(edition)
    if state not in Edition.TRANSITIONS[edition.state]:
        raise ValidationError(
            _("“%(edition)s” cannot go from “%(old)s” to “%(new)s”.")
            % {"edition": edition, "old": edition.get_state_display(), "new": Edition.State(state).label}
        )
    if state == Edition.State.REJECTED and PublicState.objects.filter(shown=edition).exists():
        raise ValidationError(
            _("“%(edition)s” is being shown. Please publish another edition first.") % {"edition": edition}
        )
    if state == Edition.State.ADOPTED:
        for before in Edition.objects.filter(state=Edition.State.ADOPTED):
            set_state(before, Edition.State.SUPERSEDED)
    edition.state = state
    edition.paper_number = paper_number or edition.paper_number
    edition.decided_by = decided_by or edition.decided_by
    edition.decided_on = decided_on or edition.decided_on
    edition.result = result or edition.result
    edition.full_clean()
    EditionContent.objects.filter(pk=edition.pk).update(is_sealed=True)
    keep_slugs(edition)
    edition.save()
    PublicState.objects.raise_revision()
    _record(state, edition)
    return edition


@transaction.atomic
def delete(edition: Edition, *, by: User | None = None) -> None:
    """Delete a working edition that is not shown: whoever freezes one that was never public, whoever publishes any
    other. The database refuses one that was before the council."""
    edition = _locked(edition)
    require_permission(by, PUBLISH if edition.is_public else FREEZE)
    if edition.why_not_deleted:
        raise ValidationError(edition.why_not_deleted)
    was_public = edition.publications.exists()
    try:
        edition.delete()
    except ProtectedError as error:
        names = ", ".join(str(each) for each in error.protected_objects)
        raise ValidationError(
            _("“%(edition)s” is still named by: %(names)s. Please take it out there first.")
            % {"edition": edition, "names": names}
        ) from error
    if was_public:
        keep_slugs_anew()
    PublicState.objects.raise_revision()
    _record("deleted", edition, by)


def _record(what: str, edition: Edition, by: User | None = None) -> None:
    """For the security log; without `by` it is the doing of whoever sent the request."""
    security_log.record(f"edition_{what}", by=by, on=f"edition:{edition.slug}")


def _locked(edition: Edition) -> Edition:
    """The edition as it is now. Nobody else changes any edition, or what is shown, until the transaction ends."""
    PublicState.objects.locked()
    return Edition.objects.get(pk=edition.pk)
