"""What can be done with orders to blacken: recorded by one person, confirmed by another, withdrawn until then. Carrying
them out is herne_strategy's: it takes the database's owner, and knows all that was made of an edition."""

import datetime
import uuid
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from strategy import security_log
from strategy.document.data import canonical_json, digest_of
from strategy.editions.models import PublicState
from strategy.editions.redaction.blackening import MIN_LENGTH
from strategy.editions.redaction.orders import RedactionOrder, RedactionPassage
from strategy.editions.redaction.places import Place, find
from strategy.people import require_permission

REDACT = "strategy.redact_edition"


@transaction.atomic
def order_redaction(
    *, reference: str, basis: str, ordered_on: datetime.date, words: Iterable[str], by: User
) -> RedactionOrder:
    """Record an order, with every place in which these words stand. ValidationError where one stands nowhere."""
    require_permission(by, REDACT)
    order = RedactionOrder(reference=reference, basis=basis, ordered_on=ordered_on, recorded_by=by)
    order.full_clean()
    order.save()
    typed = list(dict.fromkeys(" ".join(each.split()) for each in words if each.strip()))
    if not typed:
        raise ValidationError({"words": _("Please enter the words that are to be blackened.")})
    RedactionPassage.objects.bulk_create(_passage(order, place) for each in typed for place in _places(each))
    security_log.record("redaction_ordered", by=by, on=f"order:{order.pk}")
    return order


@transaction.atomic
def set_stays(passage: RedactionPassage, *, stays: bool, by: User) -> None:
    """Leave a passage as it is, or blacken it after all. Only while nobody has confirmed the order."""
    require_permission(by, REDACT)
    _open(passage.order_id)
    RedactionPassage.objects.filter(pk=passage.pk).update(stays=stays)


@transaction.atomic
def confirm_redaction(order: RedactionOrder, *, by: User, seen: str | None = None) -> RedactionOrder:
    """Confirm an order that somebody else recorded. ValidationError where it is about something else than when
    somebody saw `seen`, a `passages_mark`."""
    require_permission(by, REDACT)
    order = _open(order.pk)
    if order.recorded_by_id == by.pk:
        raise ValidationError(
            _("You recorded this order yourself. It takes a second person with the same right to confirm it.")
        )
    if seen is not None and seen != passages_mark(order):
        raise ValidationError(_("The passages have changed meanwhile. Please look through them again."))
    if not order.passages.filter(stays=False).exists():
        raise ValidationError(_("Nothing is to be blackened: every passage stays as it is."))
    order.confirmed_by, order.confirmed_at = by, timezone.now()
    order.full_clean()
    order.save(update_fields=["confirmed_by", "confirmed_at"])
    security_log.record("redaction_confirmed", by=by, on=f"order:{order.pk}")
    return order


@transaction.atomic
def withdraw_redaction(order: RedactionOrder, *, by: User) -> None:
    """Delete an order that is not carried out, with the words that it names. Also where it is confirmed."""
    require_permission(by, REDACT)
    order = _locked(order.pk)
    if order.carried_out_at:
        raise ValidationError(_("The order is carried out. What is blackened cannot come back."))
    security_log.record("redaction_withdrawn", by=by, on=f"order:{order.pk}")
    order.delete()


def passages_mark(order: RedactionOrder) -> str:
    """Stands for the passages of an order as they are now."""
    rows = order.passages.values_list("pk", "stays").order_by("pk")
    return digest_of(canonical_json({"passages": [list(row) for row in rows]}))


def _places(words: str) -> list[Place]:
    if len(words) < MIN_LENGTH:
        message = _("“%(words)s” is too short: it would be found everywhere. Please add the words beside it.")
        raise ValidationError({"words": message % {"words": words}})
    if len(words) > (longest := RedactionPassage._meta.get_field("words").max_length or 0):
        message = _("“%(words)s…” has more than %(n)s characters. Please enter it as several passages.")
        raise ValidationError({"words": message % {"words": words[:40], "n": longest}})
    if places := find(words):
        return places
    message = _(
        "“%(words)s” stands in no edition, and nowhere in the history. Please enter it exactly as it stands in the "
        "text, in capital and small letters and with its Markdown signs."
    )
    raise ValidationError({"words": message % {"words": words}})


def _passage(order: RedactionOrder, place: Place) -> RedactionPassage:
    return RedactionPassage(
        order=order,
        source=place.source,
        edition_id=place.edition,
        uid=uuid.UUID(place.uid) if place.uid else None,
        field=place.field,
        words=place.words,
        place=place.name[:1000],
        count=place.count,
    )


def _open(pk: int) -> RedactionOrder:
    order = _locked(pk)
    if not order.is_open:
        raise ValidationError(_("The order is confirmed already, so nothing was changed."))
    return order


def _locked(pk: int) -> RedactionOrder:
    """The order as it is now. Nobody else changes any until the transaction ends."""
    PublicState.objects.locked()
    order = RedactionOrder.objects.filter(pk=pk).first()
    if order is None:
        raise ValidationError(_("Somebody has withdrawn this order meanwhile."))
    return order
