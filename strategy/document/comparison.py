"""The Comparison of two Documents: what the new one adds, removes, moves and rewords. Plain Python, no Django.

It compares what editions hold; live records play no part. A node is the same where its uid and its level are:
one whose level differs is removed and added.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from strategy.document.changes import (
    KINDS,
    META_FIELDS,
    Change,
    FieldChange,
    entry_fields,
    field_changes,
    meta_fields,
)
from strategy.document.document import Document, Entry
from strategy.document.lineage import Lineage
from strategy.document.pairing import Pairing

RENUMBERED = ("renumbered",)
PLACED = {"added", "moved", "reordered"}

FieldChanges = Mapping[str | None, tuple[FieldChange, ...]]  # by uid; None: the meta


@dataclass(frozen=True)
class Comparison:
    """All that differs between two Documents (Synopse).

    `changes` are numbered from 1, in the order of the new Document; what was removed comes where it stood.
    `renumbered` are kept apart, without a number: one insertion renumbers all that stands behind it, which
    would drown the rest, and what is cited by its number should be what somebody changed. `hidden` holds what
    differs and no reader can tell or compares. `text_rule` is the one by which both wordings are read: the newer one
    of the two, since what was typed alike is no change.
    """

    changes: tuple[Change, ...]
    renumbered: tuple[Change, ...]
    hidden: FieldChanges
    text_rule: int

    @property
    def is_empty(self) -> bool:
        """Whether both Documents say the same, under the same codes."""
        return not self.changes and not self.renumbered

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many Changes are of each kind that occurs, in the order of KINDS. A Change can be of several."""
        counted = Counter(kind for change in (*self.changes, *self.renumbered) for kind in change.kinds)
        return {kind: counted[kind] for kind in KINDS if kind in counted}

    @cached_property
    def by_uid(self) -> dict[str, Change]:
        """The Change of each node, renumbered ones too. Where its level differs, the one that added it."""
        known = [(change.uid, change) for change in (*self.changes, *self.renumbered) if change.uid]
        removed = {uid: change for uid, change in known if not change.new}
        return removed | {uid: change for uid, change in known if change.new}


def compare(
    old: Document, new: Document, *, origins: Mapping[str, Collection[str]] | None = None
) -> Comparison:
    """What differs. `origins` says which old nodes a new one was made from, by their uids."""
    pairing = Pairing(old, new)
    lineage = Lineage(pairing, origins or {})
    differing = _differing_fields(pairing)
    shown = _those(differing, shown=True)
    meta = [Change(("changed",), fields=shown[None])] if None in shown else []
    nodes = [_change(before, now, shown, pairing, lineage) for before, now in pairing.in_order()]
    changes = [*meta, *(each for each in nodes if each.kinds not in ((), RENUMBERED))]
    return Comparison(
        changes=tuple(replace(each, number=number) for number, each in enumerate(changes, start=1)),
        renumbered=tuple(each for each in nodes if each.kinds == RENUMBERED),
        hidden=_those(differing, shown=False),
        text_rule=max(old.text_rule, new.text_rule),
    )


def _differing_fields(pairing: Pairing) -> dict[str | None, list[FieldChange]]:
    """What differs in the meta (None), and in each node that is in both Documents, by uid."""
    old, new = pairing.old, pairing.new
    meta = list(field_changes(meta_fields(old.meta), meta_fields(new.meta)))
    return {None: meta} | {
        uid: list(field_changes(entry_fields(old.by_uid[uid]), entry_fields(new.by_uid[uid])))
        for uid in pairing.kept
    }


def _those(differing: Mapping[str | None, list[FieldChange]], *, shown: bool) -> FieldChanges:
    """The fields that are shown, or those that are not."""
    chosen = {
        uid: tuple(field for field in fields if _is_shown(uid, field) is shown)
        for uid, fields in differing.items()
    }
    return {uid: fields for uid, fields in chosen.items() if fields}


def _is_shown(uid: str | None, field: FieldChange) -> bool:
    return field.is_visible and (uid is not None or field.name in META_FIELDS)


def _change(
    old: Entry | None, new: Entry | None, shown: FieldChanges, pairing: Pairing, lineage: Lineage
) -> Change:
    """How a node differs; without a kind where it does not."""
    fields = shown.get(new.uid, ()) if old and new else ()
    kinds = _kinds(old, new, pairing, lineage) + (("changed",) if fields else ())
    return Change(
        kinds=kinds or (RENUMBERED if old and new and old.code != new.code else ()),
        old=old,
        new=new,
        fields=fields,
        place=pairing.places[new.uid] if new and not PLACED.isdisjoint(kinds) else None,
        behind=pairing.behind(new.uid) if new and "reordered" in kinds else None,
        origins=lineage.origins(new) if new else (),
        successors=lineage.successors(old) if old else (),
    )


def _kinds(old: Entry | None, new: Entry | None, pairing: Pairing, lineage: Lineage) -> tuple[str, ...]:
    """What became of a node as a whole."""
    if new and not old:
        return ("added", "split_from") if lineage.was_split(new) else ("added",)
    if old and not new:
        return ("removed", "merged_into") if lineage.was_merged(old) else ("removed",)
    if new and pairing.was_moved(new.uid):
        return ("moved",)
    return ("reordered",) if new and pairing.was_reordered(new.uid) else ()
