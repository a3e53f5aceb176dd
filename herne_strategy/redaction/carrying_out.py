"""Blackening for good what two persons have ordered: in one transaction, or not at all."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from council.pdf_check import pdf_problem
from council.redacted_files import has_original
from herne_strategy.redaction.redacted_copy import RedactedCopy, redacted_copies
from herne_strategy.static_site import site_folder
from printing.pdf import making, store
from strategy import security_log
from strategy.editions import triggers
from strategy.editions.models import Edition, PublicState
from strategy.editions.redaction.leftovers import in_working_tree
from strategy.editions.redaction.orders import RedactionOrder
from strategy.editions.redaction.places import EDITION, Place, in_records, records_of
from strategy.editions.slug_keeping import keep_slugs_anew

Originals = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Plan:
    """What carrying out an order would change: editions, and records beside the tree as they are now."""

    order: RedactionOrder
    words: list[str]
    copies: list[RedactedCopy]
    records: list[Place]


def plan(order: RedactionOrder, originals: Originals, *, on: datetime.date | None = None) -> Plan:
    """What would change. ValidationError where the order cannot be carried out, with all that is in the way."""
    copies = redacted_copies(order, on=on or timezone.localdate())
    wrong = [*_not_due(order), *_in_working_tree(order), *_wrong_originals(copies, originals)]
    if wrong:
        raise ValidationError(wrong)
    words = list(dict.fromkeys(order.passages.filter(stays=False).values_list("words", flat=True)))
    return Plan(order, words, copies, _records(order, words))


def carry_out(order: RedactionOrder, originals: Originals) -> Plan:
    """Blacken what the order is about, for good. Where anything fails all is as it was before.

    `clear_files` and `vacuum` come after it: they do away with what was made of the old text, and with its bytes.
    """
    planned = plan(order, originals)
    for each in planned.copies:
        each.make_files(originals)
    with transaction.atomic():
        PublicState.objects.locked()
        _require_unchanged(planned)
        with triggers.lifted():
            for each in planned.copies:
                each.keep(order)
                security_log.record(
                    "edition_redacted", on=f"edition:{each.before.slug}", detail=[f"order:{order.pk}"]
                )
        for place in _records(order, planned.words):  # some may have come while the files were being made
            records_of(place.source).blacken(place.uid, place.words)
        keep_slugs_anew()
        order.passages.all().delete()
        order.carried_out_at = timezone.now()
        order.save(update_fields=["carried_out_at"])
        PublicState.objects.raise_revision()
    return planned


def clear_files() -> None:
    """Remove all files that were made on this machine, published pages as well: each is made anew."""
    with making.turn():
        store.clear()
    site_folder.discard_everything()


def vacuum() -> None:
    """Have the database give up what was replaced. It cannot within a transaction."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM (FULL)")
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _not_due(order: RedactionOrder) -> list[str]:
    if order.carried_out_at:
        return [f"Die Anordnung {order.pk} ist schon ausgeführt."]
    return [] if order.is_due else [f"Die Anordnung {order.pk} hat noch keine zweite Person bestätigt."]


def _in_working_tree(order: RedactionOrder) -> list[str]:
    """A text that is changed later would leave the words in the history once more."""
    uids: dict[str, set[str]] = {}
    for uid, words in order.passages.filter(stays=False, uid__isnull=False).values_list("uid", "words"):
        uids.setdefault(words, set()).add(str(uid))
    return [
        f"Im Arbeitsstand stehen die Wörter noch: {each.kind} „{each.name}“. Bitte erst dort ändern."
        for words, nodes in uids.items()
        for each in in_working_tree(words, nodes)
    ]


def _wrong_originals(copies: list[RedactedCopy], originals: Originals) -> list[str]:
    slugs = {each.before.slug for each in copies if has_original(each.before)}
    missing = [
        f"Zu „{slug}“ ist das Original hochgeladen, das dem Rat vorlag. Bitte geben Sie es geschwärzt mit "
        f"(--original {slug}=DATEI.pdf), oder lassen Sie es entfernen (--drop-original {slug})."
        for slug in sorted(slugs - set(originals))
    ]
    unknown = [
        f"Zu „{slug}“ gibt es kein Original, das zu ersetzen wäre." for slug in sorted(set(originals) - slugs)
    ]
    bad = [
        f"{slug}: {problem}"
        for slug, content in originals.items()
        if content is not None and (problem := pdf_problem(content))
    ]
    return [*missing, *unknown, *bad]


def _records(order: RedactionOrder, words: list[str]) -> list[Place]:
    """The records as they are now: whoever changed a text since has left more of them."""
    staying = {each.key for each in order.passages.exclude(source=EDITION).filter(stays=True)}
    keys = {(source, str(uid), typed) for source, uid, typed in staying}
    return [
        place
        for typed in words
        for place in in_records(typed)
        if (place.source, place.uid, place.words) not in keys
    ]


def _require_unchanged(planned: Plan) -> None:
    """ValidationError where somebody else carried it out or withdrew it while the files were being made."""
    order = RedactionOrder.objects.filter(pk=planned.order.pk).first()
    if order is None or not order.is_due:
        raise ValidationError(f"Die Anordnung {planned.order.pk} hat sich inzwischen geändert.")
    for each in planned.copies:
        if Edition.objects.values_list("digest", flat=True).get(pk=each.before.pk) != each.before.digest:
            raise ValidationError(f"Die Fassung „{each.before}“ hat sich inzwischen geändert.")
