"""Entries as they were seen when it was chosen what is to become of them."""

from typing import Any

from editing.meetings.models import AgendaItem
from editing.tree.presented import Presented
from strategy.editions.edition_selection import Agreed
from strategy.tree.content import completed


def as_seen(item: AgendaItem) -> Presented | None:
    """An entry as it was when it was chosen what is to become of it; None where nothing was chosen."""
    kept: Any = item.seen
    if not kept:
        return None
    before = kept["before"]
    if before:
        before = {**before, "content": completed(kept["kind"], before["content"])}
    return Presented(
        kept["kind"],
        kept["parent"],
        completed(kept["kind"], kept["content"]),
        Agreed(before, kept["was_moved"], 0) if before else None,
    )
