"""Live data: what the administration reports on a node, laid over the shown edition by uid.

The record is a plain value; the app that keeps the reports registers where it comes from.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """What is known about a node today, beside its frozen text. Empty text where nothing was reported."""

    state: str = ""
    state_label: str = ""
    reported_on: datetime.date | None = None
    note: str = ""
    contact_name: str = ""
    contact_email: str = ""
    decision: str = ""
    decision_label: str = ""
    is_sample: bool = False


Source = Callable[["Mapping[str, Mapping[str, object]]"], Mapping[str, LiveRecord]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Make a source of live records known. It gets the values of every measure by uid, and returns
    records by uid, in a fixed number of queries."""
    if source not in _sources:
        _sources.append(source)


def records(values: Mapping[str, Mapping[str, object]]) -> dict[str, LiveRecord]:
    """All live records of these nodes (values of their fields by uid)."""
    found: dict[str, LiveRecord] = {}
    for source in _sources:
        found.update(source(values))
    return found
