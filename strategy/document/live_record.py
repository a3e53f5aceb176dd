"""What is laid over an entry of a Document: what is known of its node today. Plain Python, no Django."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """What is known about a node today, beside its frozen text. Empty text where nothing was reported.

    `resolutions` are what was decided on it, the oldest first: {"matter", "body", "held_on", "result",
    "reference", "name", "url", "consultations"}.
    """

    state: str = ""
    state_label: str = ""
    reported_on: datetime.date | None = None
    note: str = ""
    next_step: str = ""
    contact_name: str = ""
    contact_email: str = ""
    decision: str = ""
    decision_label: str = ""
    resolutions: tuple[Mapping[str, Any], ...] = ()
    is_sample: bool = False
