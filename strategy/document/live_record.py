"""What is laid over an entry of a Document: what is known of its node today. Plain Python, no Django."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """What is known about a node today, beside its frozen text. Empty text where nothing was reported.

    `resolutions` are what was decided on it, the oldest first: {"matter", "body", "held_on", "result",
    "reference", "name", "url", "consultations"}. `next_step_month` is the month's first day. `milestones` are in the
    order of their days: {"title", "due_on", "is_due_in_month", "done_on", "is_late"}; `spending` is {"year", "amount",
    "note"}, the earliest first. `earlier` is what was reported before, the newest first: {"state", "state_label",
    "reported_on", "note", "next_step", "next_step_month", "is_sample"}.
    """

    state: str = ""
    state_label: str = ""
    reported_on: datetime.date | None = None
    note: str = ""
    next_step: str = ""
    next_step_month: datetime.date | None = None
    contact_name: str = ""
    contact_email: str = ""
    decision: str = ""
    decision_label: str = ""
    resolutions: tuple[Mapping[str, Any], ...] = ()
    is_sample: bool = False
    milestones: tuple[Mapping[str, Any], ...] = ()
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    spending: tuple[Mapping[str, Any], ...] = ()
    earlier: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether it is known when the measure began or ended, or what was spent on it."""
        return bool(self.started_on or self.ended_on or self.spending)

    @property
    def spent(self) -> int:
        """What was spent in all years together, in euros."""
        return sum(each["amount"] for each in self.spending)
