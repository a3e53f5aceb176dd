"""What can differ between two Documents: a Change a node, in its place and its fields. Plain Python, no Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from strategy.document.data import COMMON_FIELDS, Plain
from strategy.document.document import Entry
from strategy.document.pairing import SiblingPlace
from strategy.text.spaces import is_same_but_for_spaces

# The kinds of a Change, in the order in which it names them. One that is "renumbered" is nothing else.
KINDS = (
    "added",
    "removed",
    "moved",  # has another parent
    "reordered",  # stands elsewhere among the siblings that stayed with it
    "changed",  # in some of its fields
    "merged_into",  # gone into a node that took in others too, or was there before
    "split_from",  # new, from a node that went into others too, or is still there
    "renumbered",
)

# What every node holds beside the values of its level.
COMPARED_FIELDS = (*COMMON_FIELDS, "is_sample")

# What of an edition's meta is compared (see `meta_fields`). The rest comes with every edition and is not
# decided on: its own title and remark, the paper that it refers to, whether it has sample data, the list of SDGs.
EDITION = "edition_"
META_FIELDS = ("city", "title", "subtitle")


class Absent(Enum):
    """What stands for the value of a field that an edition lacks. False, so that templates leave it out."""

    ABSENT = "absent"

    def __bool__(self) -> bool:
        return False


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose values differ. One of them is ABSENT where that edition was frozen without the field."""

    name: str
    old: Plain
    new: Plain

    @property
    def is_visible(self) -> bool:
        """Whether a reader can tell: not where only spaces differ, nor where it is empty in both, such as a field
        that came later."""
        is_empty = _is_empty(self.old) and _is_empty(self.new)
        return not is_empty and not is_same_but_for_spaces(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Change:
    """How one node differs, in all respects at once; or the meta, where there is neither old nor new entry.

    `number` is what it is cited by; one that is only renumbered has none. `place` is where the new entry
    stands, where it was added, moved or reordered. `behind` are the siblings behind which it stood and stands,
    where it was reordered (None: it was or is the first). `origins` are the old entries that it came from and
    `successors` the new ones that it went into, as far as the caller of `compare` said so.
    """

    kinds: tuple[str, ...]
    old: Entry | None = None
    new: Entry | None = None
    fields: tuple[FieldChange, ...] = ()
    place: SiblingPlace | None = None
    behind: tuple[Entry | None, Entry | None] | None = None
    origins: tuple[Entry, ...] = ()
    successors: tuple[Entry, ...] = ()
    number: int | None = None

    @property
    def entry(self) -> Entry | None:
        """The new entry, or the old one where it was removed; None for the meta."""
        return self.new or self.old

    @property
    def uid(self) -> str | None:
        """The uid of the node; None for the meta."""
        return self.entry.uid if self.entry else None

    @property
    def old_code(self) -> str:
        """The code in the old Document; "" where it has none there."""
        return self.old.code if self.old else ""

    @property
    def new_code(self) -> str:
        """The code in the new Document; "" where it has none there."""
        return self.new.code if self.new else ""

    @property
    def is_renumbered(self) -> bool:
        """Whether its code differs, be it on its own or beside other things."""
        return bool(self.old and self.new) and self.old_code != self.new_code


def entry_fields(entry: Entry) -> dict[str, Plain]:
    """All that a node says, by name."""
    return {**{name: getattr(entry.content, name) for name in COMPARED_FIELDS}, **entry.values}


def meta_fields(meta: Mapping[str, Plain]) -> dict[str, Plain]:
    """All that a meta says, by name; what it says of its edition as `edition_title` and `edition_remark`."""
    edition = {f"{EDITION}{name}": value for name, value in meta["edition"].items()}
    return {**{name: value for name, value in meta.items() if name != "edition"}, **edition}


def field_changes(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> Iterator[FieldChange]:
    """What differs between the fields of then and of now; those that are gone come last."""
    for name in (*new, *(name for name in old if name not in new)):
        before, now = old.get(name, ABSENT), new.get(name, ABSENT)
        if not _is_same(before, now):
            yield FieldChange(name, before, now)


def differ(one: Entry, other: Entry) -> bool:
    """Whether a node says something else in these entries, or stands elsewhere than below the same parent."""
    places = [(each.kind, each.parent.uid if each.parent else None) for each in (one, other)]
    fields = field_changes(entry_fields(one), entry_fields(other))
    return places[0] != places[1] or any(field.is_visible for field in fields)


def _is_same(old: Plain, new: Plain) -> bool:
    """Whether both are written alike in JSON: to Python, True is 1."""
    if old != new:
        return False
    if old is None or isinstance(old, str):
        return True
    if isinstance(old, list) and isinstance(new, list):
        return all(map(_is_same, old, new))
    if isinstance(old, dict) and isinstance(new, dict):
        return all(_is_same(old[key], new[key]) for key in old)
    return isinstance(old, bool) is isinstance(new, bool)


def _is_empty(value: Plain) -> bool:
    return value is ABSENT or value is None or value in ("", [])
