"""The entries of two Documents, each beside the one that it was or became. Plain Python, no Django."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from strategy.document.alignment import aligned
from strategy.document.document import Document, Entry


@dataclass(frozen=True, slots=True)
class SiblingPlace:
    """Where an entry stands: below which parent (None: at the root), behind which sibling (None: first)."""

    parent: str | None
    after: str | None


class Pairing:
    """The entries of an old and a new Document, paired by uid and level."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old = old
        self.new = new
        self.kept = {uid for uid, entry in new.by_uid.items() if self._was(uid, entry.kind)}
        self._old_siblings = siblings_of(old)
        self._new_siblings = siblings_of(new)
        self.places = dict(_places(self._new_siblings))
        self._old_places = dict(_places(self._old_siblings))
        self._standing = set(self._all_standing())

    def was_moved(self, uid: str) -> bool:
        """Whether a kept entry has another parent now."""
        return _parent_uid(self.old.by_uid[uid]) != _parent_uid(self.new.by_uid[uid])

    def was_reordered(self, uid: str) -> bool:
        """Whether a kept entry stands elsewhere among the siblings that stayed with it.

        True for as few entries as can be: the others kept their order.
        """
        return not self.was_moved(uid) and uid not in self._standing

    def behind(self, uid: str) -> tuple[Entry | None, Entry | None]:
        """The siblings straight behind which a kept entry stood and stands; None where it was or is the first."""
        before, now = self._old_places[uid].after, self.places[uid].after
        return (
            self.old.by_uid[before] if before else None,
            self.new.by_uid[now] if now else None,
        )

    def in_order(self) -> Iterator[tuple[Entry | None, Entry | None]]:
        """Every entry, old and new side by side, in the order of the new Document.

        One that is gone comes where it stood: behind the nearest sibling before it that still stands there,
        or else straight behind its parent.
        """
        yield from self._below(None, self._gone_by_place())

    def _was(self, uid: str, kind: str) -> bool:
        return uid in self.old.by_uid and self.old.by_uid[uid].kind == kind

    def _all_standing(self) -> Iterator[str]:
        """The kept entries that neither another parent nor another order has put elsewhere."""
        for parent, siblings in self._new_siblings.items():
            before = [entry.uid for entry in self._old_siblings.get(parent, ())]
            now = [entry.uid for entry in siblings if entry.uid in self.kept]
            yield from (now[j] for _i, j in aligned(before, now))

    def _gone_by_place(self) -> dict[SiblingPlace, list[Entry]]:
        gone: dict[SiblingPlace, list[Entry]] = defaultdict(list)
        for parent, siblings in self._old_siblings.items():
            if parent and parent not in self.kept:
                continue  # what is gone below it comes with it
            after = None
            for entry in siblings:
                if entry.uid in self._standing:
                    after = entry.uid
                elif entry.uid not in self.kept:
                    gone[SiblingPlace(parent, after)].append(entry)
        return gone

    def _below(
        self, parent: str | None, gone: dict[SiblingPlace, list[Entry]]
    ) -> Iterator[tuple[Entry | None, Entry | None]]:
        yield from self._gone(gone.get(SiblingPlace(parent, None), []))
        for entry in self._new_siblings.get(parent, ()):
            yield self.old.by_uid[entry.uid] if entry.uid in self.kept else None, entry
            yield from self._below(entry.uid, gone)
            yield from self._gone(gone.get(SiblingPlace(parent, entry.uid), []))

    def _gone(self, entries: list[Entry]) -> Iterator[tuple[Entry, None]]:
        for entry in entries:
            yield entry, None
            yield from self._gone([child for child in entry.children if child.uid not in self.kept])


def _places(siblings: dict[str | None, list[Entry]]) -> Iterator[tuple[str, SiblingPlace]]:
    for parent, entries in siblings.items():
        after = None
        for entry in entries:
            yield entry.uid, SiblingPlace(parent, after)
            after = entry.uid


def _parent_uid(entry: Entry) -> str | None:
    return entry.parent.uid if entry.parent else None


def siblings_of(document: Document) -> dict[str | None, list[Entry]]:
    """The children of each entry, by its uid; those at the root by None."""
    return {None: document.roots, **{uid: entry.children for uid, entry in document.by_uid.items()}}
