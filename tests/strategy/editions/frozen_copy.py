"""A copy of an edition's data that a test edits, and compares with what it was copied from."""

from copy import deepcopy
from typing import Any

from strategy.document.comparison import Comparison, compare
from strategy.document.document import Document
from strategy.editions.edition_json import edition_json
from tests.strategy.document.applied import apply

Data = dict[str, Any]
Row = dict[str, Any]


class Copy:
    """A copy of the frozen data that is edited as plain rows."""

    def __init__(self, frozen: Data) -> None:
        self.old = Document.from_data(frozen)
        self.data = deepcopy(frozen)
        self.rows: list[Row] = self.data["nodes"]

    def row(self, uid: str) -> Row:
        return next(row for row in self.rows if row["uid"] == uid)

    def branch(self, uid: str) -> list[Row]:
        """A node and all below it."""
        found = {uid}
        for row in self.rows:
            if row["parent"] in found:
                found.add(row["uid"])
        return [row for row in self.rows if row["uid"] in found]

    def take(self, uid: str) -> list[Row]:
        """Take a node out with all below it."""
        branch = self.branch(uid)
        self.rows[:] = [row for row in self.rows if row not in branch]
        return branch

    def put_behind(self, uid: str, rows: list[Row]) -> None:
        """Put rows behind a node and all below it."""
        last = self.branch(uid)[-1]
        at = self.rows.index(last) + 1
        self.rows[at:at] = rows

    def compare(self, **options: Any) -> Comparison:
        """The old data compared with these, which the Comparison leads to from the old ones."""
        self.data = edition_json(self.data["meta"], self.rows)
        self.rows = self.data["nodes"]
        comparison = compare(self.old, Document.from_data(self.data), **options)
        applied = apply(comparison, self.old)
        assert edition_json(applied["meta"], applied["nodes"]) == self.data
        return comparison
