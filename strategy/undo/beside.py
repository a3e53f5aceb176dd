"""What operations wrote beside nodes, such as the successor of a department, taken back by the app that wrote it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User

from strategy.document.data import Plain


@dataclass(frozen=True)
class BesidePlan:
    """In sentences: what would be written, and what stays and why."""

    written: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """How a part of an operation's `details` is taken back: what that would write, and writing it, asking whoever acts
    (`by`) for their rights. Writing returns what is kept as that part of the details of taking back."""

    plan: Callable[[Plain], BesidePlan]
    take_back: Callable[[Plain, User | None], Plain]


_beside: dict[str, Beside] = {}


def register(name: str, beside: Beside) -> None:
    """Have the part of this name in `Operation.details` taken back so."""
    _beside[name] = beside


def plans_of(details: Mapping[str, Plain]) -> list[BesidePlan]:
    """What would be taken back beside nodes."""
    return [each.plan(details[name]) for name, each in _beside.items() if details.get(name)]


def take_back(details: Mapping[str, Plain], *, by: User | None) -> dict[str, Plain]:
    """Take all of it back; returns the details of having done so."""
    return {name: each.take_back(details[name], by) for name, each in _beside.items() if details.get(name)}
