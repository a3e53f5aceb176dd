"""Entries as those who agree on them see them: what has become of each since it was agreed, or all that it says."""

from collections.abc import Collection
from dataclasses import dataclass

from editing.tree.since_agreed import SinceAgreed, changes_since, views_of_new
from strategy.document.data import Plain, canonical_json
from strategy.editions import working_tree
from strategy.editions.edition_selection import Agreed
from strategy.history.models import HistoryRecord
from strategy.presentation.side_by_side import FieldView
from strategy.tree.content import content_of_row


@dataclass(frozen=True)
class Presented:
    """What an entry says, where it stands (the uid of its parent), and since when it is not agreed (None: it never
    was)."""

    kind: str
    parent: str | None
    content: dict[str, Plain]
    agreed: Agreed | None

    @property
    def since(self) -> SinceAgreed | None:
        """What differs from what was agreed last."""
        return changes_since(self.kind, self.parent, self.content, self.agreed)

    @property
    def whole(self) -> list[FieldView]:
        """All that it says, where it was never agreed."""
        return [] if self.agreed else views_of_new(self.kind, self.content)

    @property
    def weight(self) -> int:
        """About how many bytes of a page it takes."""
        said = len(canonical_json(self.content))
        return 2 * said if self.agreed else said

    @property
    def kept(self) -> Plain:
        """The same as an item of an agenda keeps it."""
        return {
            "kind": self.kind,
            "parent": self.parent,
            "content": self.content,
            "before": self.agreed.state if self.agreed else None,
            "was_moved": bool(self.agreed and self.agreed.was_moved),
        }


def presented(uids: Collection[str]) -> dict[str, Presented]:
    """Those of these nodes that are there, by uid. A fixed number of queries."""
    agreed = HistoryRecord.objects.filter(uid__in=uids).last_agreed()
    return {
        row["uid"]: Presented(row["kind"], row["parent"], content_of_row(row), agreed.get(row["uid"]))
        for row in (working_tree.rows() if uids else [])
        if row["uid"] in uids
    }
