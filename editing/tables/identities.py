"""Which node each row of a table is, and below which it is to stand."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from editing.tables.cells import Cell, Unreadable, as_text
from editing.tables.columns import LEVEL, PARENT, UID
from editing.tables.findings import TableFindings, shown
from editing.tables.sheet import Sheet, SheetRow
from strategy.importing.tree_state import TreeState
from strategy.tree.kinds import Kind, kinds_below

_MARK = re.compile(r"neu[ -]?[A-Za-z0-9-]{1,40}", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """A row whose node, level and parent are known. `key` is the node's uid, or stands for one that is new."""

    row: SheetRow
    key: str
    kind: str
    parent: str | None
    is_new: bool


def key_of_new(row: SheetRow) -> str:
    """What stands for the new node of a row."""
    return f"neu:{row.key}"


class Identities:
    """Reads the first columns of a table. What is wrong with them goes into the findings."""

    def __init__(self, sheet: Sheet, tree: TreeState, findings: TableFindings) -> None:
        self.sheet, self.tree, self.findings = sheet, tree, findings
        self._keys: dict[str, str] = {}  # by the row
        self.kinds: dict[str, str] = dict(tree.kinds)  # of the tree's nodes, and of the new ones
        self._known: set[str] = set()  # the keys of rows whose level is right
        self._words = {kind.value: str(kind.label) for kind in Kind}
        self._marks: dict[str, str] = {}
        self._seen: dict[str, SheetRow] = {}

    def items(self) -> list[Item]:
        """The rows that are understood, in the order of the table."""
        for row in self.sheet.rows:
            self._read_key(row)
        for row in self.sheet.rows:
            if row.key in self._keys:
                self._read_kind(row)
        return list(self._with_parents())

    def _wrong(self, row: SheetRow, key: str, says: str) -> None:
        self.findings.cell(self.sheet.address(row, key), says)

    def _text(self, row: SheetRow, key: str) -> str | None:
        """The text of a cell; None with a finding where it is none."""
        cell: Cell = row.cells[key]
        if isinstance(cell, Unreadable):
            self._wrong(row, key, cell.says)
            return None
        return as_text(cell).strip()

    def _read_key(self, row: SheetRow) -> None:
        text = self._text(row, UID)
        if text is None:
            return
        text = _uid(text) or text
        if text in self._seen:
            place = self.sheet.address(self._seen[text], UID)
            says = _("“%(id)s” stands in cell %(place)s already.") % {"id": shown(text), "place": place}
            self._wrong(row, UID, says)
        elif not text:
            self._keys[row.key] = key_of_new(row)
        elif text in self.tree.nodes:
            self._keys[row.key] = text
        elif _MARK.fullmatch(text):
            self._keys[row.key] = self._marks[text] = key_of_new(row)
        elif _uid(text):
            says = _("There is no node with this ID, or it has been deleted. For a new node, empty the cell.")
            self._wrong(row, UID, says)
        else:
            self._wrong(
                row,
                UID,
                _("“%(id)s” is no ID. For a new node, leave the cell empty or write a mark such as neu-1.")
                % {"id": shown(text)},
            )
        if text:
            self._seen.setdefault(text, row)

    def _read_kind(self, row: SheetRow) -> None:
        text = self._text(row, LEVEL)
        if text is None:
            return
        words = self._words
        kind = next(
            (kind for kind, word in words.items() if text.casefold() in (kind, word.casefold())), None
        )
        key = self._keys[row.key]
        if kind is None:
            says = _("“%(value)s” is no level; possible is: %(words)s.")
            self._wrong(row, LEVEL, says % {"value": shown(text), "words": ", ".join(words.values())})
        elif key in self.tree.kinds and self.tree.kinds[key] != kind:
            says = _("The level of a node never changes: this one is “%(level)s”.")
            self._wrong(row, LEVEL, says % {"level": words[self.tree.kinds[key]]})
        else:
            self.kinds[key] = kind
            self._known.add(key)

    def _with_parents(self) -> Iterator[Item]:
        for row in self.sheet.rows:
            key = self._keys.get(row.key)
            text = self._text(row, PARENT)
            if key is None or text is None or key not in self._known:
                continue
            parent = self._parent(text)
            kind = self.kinds[key]
            if text and not parent:
                says = _("There is no node with the ID “%(id)s”, and no new row with this mark.")
                self._wrong(row, PARENT, says % {"id": shown(text)})
            elif parent and parent not in self.kinds:
                continue  # the row of the parent is wrong itself, and says so
            elif not self._admits(parent, kind):
                self._wrong(row, PARENT, self._misplaced(parent, key, kind))
            else:
                yield Item(row, key, kind, parent, key not in self.tree.kinds)

    def _parent(self, text: str) -> str | None:
        if text in self._marks:
            return self._marks[text]
        uid = _uid(text)
        return uid if uid in self.tree.nodes else None

    def _admits(self, parent: str | None, kind: str) -> bool:
        return kind in kinds_below(self.kinds[parent] if parent else None)

    def _misplaced(self, parent: str | None, key: str, kind: str) -> str:
        level = str(Kind(kind).label)
        if parent is None:
            return _("A %(level)s cannot stand at the top; please name the ID of the node above.") % {
                "level": level
            }
        if parent in self.tree.nodes and key in self.tree.nodes and parent in self.tree.branch(key):
            return _("A node cannot stand below itself.")
        return _("A %(level)s cannot stand below a %(parent)s.") % {
            "level": level,
            "parent": str(Kind(self.kinds[parent]).label),
        }


def _uid(text: str) -> str | None:
    try:
        return str(uuid.UUID(text)) if len(text) == 36 else None
    except ValueError:
        return None
