"""What a Comparison says, applied to the old Document: the proof that it says all that differs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from strategy.document.changes import ABSENT, COMPARED_FIELDS, EDITION, FieldChange, entry_fields, meta_fields
from strategy.document.comparison import Comparison
from strategy.document.data import with_codes
from strategy.document.document import Document
from strategy.document.pairing import siblings_of

Plain = Any


def apply(comparison: Comparison, old: Document) -> dict[str, Plain]:
    """The data of the new Document, in format 1, from the old Document and what the Comparison says."""
    meta = meta_fields(old.meta)
    kinds = {uid: entry.kind for uid, entry in old.by_uid.items()}
    fields = {uid: entry_fields(entry) for uid, entry in old.by_uid.items()}
    for change in comparison.changes:
        if change.new and not change.old:
            kinds[change.new.uid], fields[change.new.uid] = change.new.kind, entry_fields(change.new)
        _set(fields[change.uid] if change.uid else meta, change.fields)
    for uid, hidden in comparison.hidden.items():
        _set(fields[uid] if uid else meta, hidden)
    rows = _rows(_children(comparison, old), None)
    nodes = [node_data(uid, parent, kinds[uid], fields[uid]) for uid, parent in rows]
    return {"format": 1, "meta": meta_data(meta), "nodes": with_codes(nodes)}


def _set(values: dict[str, Plain], fields: Iterable[FieldChange]) -> None:
    for field in fields:
        values[field.name] = field.new
        if field.new is ABSENT:
            del values[field.name]


def _children(comparison: Comparison, old: Document) -> dict[str | None, list[str]]:
    """The uids below each parent (None: the root): what stayed keeps its order, the rest is put in place."""
    gone = {change.uid for change in comparison.changes if change.place or not change.new}
    children: dict[str | None, list[str]] = {
        parent: [entry.uid for entry in siblings if entry.uid not in gone]
        for parent, siblings in siblings_of(old).items()
    }
    for change in comparison.changes:
        if change.place and change.uid:
            siblings = children.setdefault(change.place.parent, [])
            after = change.place.after
            siblings.insert(siblings.index(after) + 1 if after else 0, change.uid)
    return children


def _rows(children: Mapping[str | None, list[str]], parent: str | None) -> Iterator[tuple[str, str | None]]:
    """Every uid with its parent's, in the order of the document."""
    for uid in children.get(parent, ()):
        yield uid, parent
        yield from _rows(children, uid)


def node_data(uid: str, parent: str | None, kind: str, fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """A node as an edition's data have it, but without a code."""
    common = {name: fields[name] for name in COMPARED_FIELDS}
    values = {name: value for name, value in fields.items() if name not in COMPARED_FIELDS}
    return {"uid": uid, "parent": parent, "kind": kind, **common, "values": values}


def meta_data(fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """A meta as an edition's data have it."""
    edition = {name: value for name, value in fields.items() if name.startswith(EDITION)}
    rest = {name: value for name, value in fields.items() if name not in edition}
    return {**rest, "edition": {name.removeprefix(EDITION): value for name, value in edition.items()}}
