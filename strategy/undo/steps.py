"""What a batch of records did to each node, from before its first record to after its last."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from strategy.history.models import HistoryRecord
from strategy.tree.content import Content, completed, differences
from strategy.tree.fields import Field
from strategy.tree.kinds import Kind
from strategy.tree.review import Review

Action = HistoryRecord.Action
State = dict[str, Any]


@dataclass(frozen=True)
class NodeStep:
    """What was done to one node, the oldest record first."""

    records: Sequence[HistoryRecord]

    @property
    def uid(self) -> str:
        """The node's identity."""
        return str(self._last.uid)

    @property
    def kind(self) -> str:
        """Its level."""
        return self._last.kind

    @property
    def title(self) -> str:
        """What it was called afterwards."""
        return self._last.title

    @property
    def level(self) -> str:
        """Its level in words."""
        return str(Kind(self.kind).label)

    @property
    def _last(self) -> HistoryRecord:
        return self.records[-1]

    @cached_property
    def before(self) -> State | None:
        """Its state before; None where it was not in the tree."""
        first = self.records[0]
        return None if first.action in (Action.ADDED, Action.RESTORED) else first.before

    @cached_property
    def after(self) -> State | None:
        """Its state afterwards; None where it was no longer in the tree."""
        return None if self._last.action == Action.DELETED else self._last.after

    @property
    def added(self) -> bool:
        """Whether it came into the tree."""
        return self.before is None and self.after is not None

    @property
    def deleted(self) -> bool:
        """Whether it went out of the tree."""
        return self.before is not None and self.after is None

    @property
    def stayed(self) -> bool:
        """Whether it was in the tree before and afterwards."""
        return self.before is not None and self.after is not None

    @property
    def agreed(self) -> bool:
        """Whether it was agreed by this."""
        states = [str(state["review"]) for state in (self.before, self.after) if state]
        return len(states) == 2 and states[0] != Review.AGREED == states[1]

    @cached_property
    def content_before(self) -> Content:
        """What it said before, in every field that there is today."""
        return completed(self.kind, self.before["content"]) if self.before else {}

    @cached_property
    def content_after(self) -> Content:
        """What it said afterwards, in every field that there is today."""
        return completed(self.kind, self.after["content"]) if self.after else {}

    def differs_from(self, content: Content) -> bool:
        """Whether this says something else than what the node said afterwards."""
        return bool(differences(self.kind, self.content_after, content))

    @property
    def fields(self) -> list[Field]:
        """The fields in which it said something else afterwards."""
        return differences(self.kind, self.content_before, self.content_after) if self.stayed else []

    @cached_property
    def move(self) -> tuple[State, State] | None:
        """The states before it was moved first and after it was moved last; None where it kept its place."""
        moved = [record for record in self.records if record.action == Action.MOVED]
        return (moved[0].before, moved[-1].after) if moved and self.stayed else None

    @property
    def origins(self) -> tuple[set[str], set[str]] | None:
        """The uids of its origins before and afterwards, where these were changed."""
        said = [record for record in self.records if record.action == Action.ORIGINS]
        if not said or not self.stayed:
            return None
        before, after = said[0].before["origins"], said[-1].after["origins"]
        return {each["uid"] for each in before}, {each["uid"] for each in after}


def steps_of(batch: uuid.UUID) -> dict[str, NodeStep]:
    """What this batch did to each node, by uid, in the order in which it was done. One query."""
    records: dict[str, list[HistoryRecord]] = defaultdict(list)
    for record in HistoryRecord.objects.filter(batch=batch).order_by("pk"):
        records[str(record.uid)].append(record)
    return {uid: NodeStep(each) for uid, each in records.items()}
