"""All that is public at once, as the database holds it, and what a door does with it."""

from collections.abc import Callable
from typing import Any

from council.record_actions import keep_decisions
from strategy.editions.models import Edition, PublicState
from strategy.editions.public_rows import public_models

RAISED, UNTOUCHED = (True, True), (False, False)


def through(door: Callable[[], Any]) -> tuple[bool, bool]:
    """Whether it changed anything public, and whether the public revision rose. It leaves no decision unkept."""
    facts, revision = public_facts(), public_revision()
    door()
    seen = public_facts() != facts, public_revision() > revision
    assert keep_decisions() == 0
    return seen


def public_facts() -> dict[str, Any]:
    """Every row of what is public at once. Of editions those that the public may read, and which one is shown."""
    rows = {model: model._default_manager.order_by("pk") for model in public_models()}
    rows[Edition] = Edition.objects.public().order_by("pk")
    facts: dict[str, Any] = {model._meta.label: list(each.values()) for model, each in rows.items()}
    return facts | {PublicState._meta.label: list(PublicState.objects.values("shown"))}


def public_revision() -> int:
    return PublicState.objects.values_list("revision", flat=True).first() or 0
