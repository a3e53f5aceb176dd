"""Editions in tests: frozen from a small tree, in any state, and refusals that change nothing."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from strategy.editions import actions
from strategy.editions.models import Edition, EditionContent, Publication, PublicState

SEAL: dict[str, Any] = {
    "paper_number": "2026/0100",
    "decided_by": "Rat der Stadt",
    "decided_on": datetime.date(2026, 3, 17),
    "result": "beschlossen",
}
TREE = """
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
"""


def frozen(slug: str = "erste", **values: object) -> Edition:
    return actions.freeze(slug=slug, **{"title": slug.title(), **values})  # type: ignore[arg-type]


def in_state(state: str, slug: str = "erste") -> Edition:
    """An edition in this state, got there in the only way there is."""
    edition = frozen(slug)
    for step in {
        "working": [],
        "consultation": ["consultation"],
        "adopted": ["consultation", "adopted"],
        "superseded": ["consultation", "adopted", "superseded"],
        "rejected": ["consultation", "rejected"],
    }[state]:
        edition = actions.set_state(edition, step, **SEAL)
    return edition


def shown() -> Edition | None:
    return PublicState.objects.get().shown


def revision() -> str:
    return "".join(PublicState.objects.values_list("revision", flat=True))


def refusal(action, *args: object, **kwargs: object) -> list[str]:
    """The sentences with which an action is refused. It has changed nothing."""
    before = snapshot()
    with pytest.raises(ValidationError) as caught:
        action(*args, **kwargs)
    assert snapshot() == before
    return caught.value.messages


def snapshot() -> list[object]:
    return [
        list(m.objects.order_by("pk").values()) for m in (Edition, EditionContent, Publication, PublicState)
    ]
