"""Live data: what the administration reports on a node, laid over the shown edition by uid.

The record is a plain value; the app that keeps the reports registers where it comes from.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from strategy.document.document import Document, Entry
from strategy.document.live_record import LiveRecord

Source = Callable[[Mapping[str, Mapping[str, object]]], Mapping[str, LiveRecord]]
_sources: list[Source] = []
_states: list[tuple[str, object]] = []
_places: dict[str, Callable[[], Collection[str]]] = {}


def register(source: Source, states: Iterable[tuple[str, object]]) -> None:
    """Make a source of live records known, and the states that it reports, in their order.

    It gets the values of all nodes by uid, and returns records by uid, in a fixed number of queries.
    """
    _sources.append(source)
    _states.extend(states)


def register_place(name: str, addresses: Callable[[], Collection[str]]) -> None:
    """Make a place of the main navigation known that is there only where it has addresses today."""
    _places[name] = addresses


def places() -> dict[str, tuple[str, ...]]:
    """The addresses, as in the sitemap, of those places that are there now, by name. A query each."""
    found = {name: tuple(addresses()) for name, addresses in _places.items()}
    return {name: addresses for name, addresses in found.items() if addresses}


def records(document: Document) -> dict[str, LiveRecord]:
    """All live records of the nodes of this Document, by uid."""
    values = {entry.uid: entry.values for entry in document.by_uid.values()}
    live_records: dict[str, LiveRecord] = {}
    for source in _sources:
        live_records.update(source(values))
    return live_records


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many entries are in a state, and which. `key` is "" for those of which nothing is reported."""

    key: str
    label: object
    entries: list[Entry]
    start: int

    @property
    def count(self) -> int:
        """How many measures are in this state."""
        return len(self.entries)


def by_state(entries: Iterable[Entry]) -> list[StateCount]:
    """The entries by state, in the order of the states; states without entries are left out."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.live.state if entry.live else "", []).append(entry)
    counts: list[StateCount] = []
    for key, label in [*_states, ("", _("not reported"))]:
        if key in groups:
            start = counts[-1].start + counts[-1].count if counts else 0
            counts.append(StateCount(key, label, groups[key], start))
    return counts
