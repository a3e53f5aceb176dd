"""What a list was read as, in a few lines: changes of the same kind together, with examples."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from editing.delivered.conversion import Note
from editing.delivered.delivery import Delivery
from editing.tables.columns import letters

EXAMPLES = 5
ROWS = 12


@dataclass(frozen=True)
class Group:
    """Notes on one column that say the same: how many, where the first are, and examples, what stood there and what
    it is read as."""

    heading: str
    says: str
    count: int
    rows: str
    examples: tuple[tuple[str, str], ...]

    @property
    def quoted(self) -> str:
        """What stood in the cells, in quotation marks."""
        return ", ".join(_("“%(name)s”") % {"name": before} for before, _after in self.examples)


def groups(delivery: Delivery, notes: Iterable[Note]) -> list[Group]:
    """The notes by column and by what they say, in the order of the columns."""
    by_kind: dict[tuple[int, str], list[Note]] = {}
    for note in notes:
        by_kind.setdefault((note.column, note.lost), []).append(note)
    return [_group(delivery, column, says, found) for (column, says), found in sorted(by_kind.items())]


def _group(delivery: Delivery, column: int, says: str, notes: list[Note]) -> Group:
    heading = delivery.headings.get(column) or letters(column)
    places = list(
        dict.fromkeys(f"{note.sheet}!{note.row}" if note.sheet else str(note.row) for note in notes)
    )
    rows = ", ".join(places[:ROWS]) + (" …" if len(places) > ROWS else "")
    examples = list(dict.fromkeys((_short(note.before), _short(note.after)) for note in notes))
    return Group(heading, says, len(notes), rows, tuple(examples[:EXAMPLES]))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:80]}…"
