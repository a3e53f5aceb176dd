"""All that is public at once, as the database holds it, and what a door does with it."""

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.db import connection

from council.record_actions import keep_decisions
from strategy.editions.models import Edition, PublicState
from strategy.editions.public_rows import public_models

RAISED, UNTOUCHED = (True, True), (False, False)


WRITING = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
WRITERS = tuple(f"strategy/editions/{name}.py" for name in ("public_rows", "actions", "models"))


def through(door: Callable[[], Any]) -> tuple[bool, bool]:
    """Whether it changed anything public, and whether the public revision rose.

    It leaves no decision unkept, and writes nothing public past those who raise the revision.
    """
    facts, revision = public_facts(), public_revision()
    assert written_elsewhere(door) == []
    seen = public_facts() != facts, public_revision() != revision
    assert keep_decisions() == 0
    return seen


def written_elsewhere(door: Callable[[], Any]) -> list[str]:
    """The statements with which a door writes what is public at once in a way of its own."""
    tables = {model._meta.db_table for model in public_models()}
    statements: list[str] = []

    def note(execute: Any, sql: str, *args: Any) -> Any:
        writes = WRITING.match(sql)
        if writes and writes[1] in tables and not is_called_by_a_writer(sys._getframe()):
            statements.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        door()
    return statements


def is_called_by_a_writer(frame: FrameType | None) -> bool:
    while frame and not frame.f_code.co_filename.endswith(WRITERS):
        frame = frame.f_back
    return frame is not None


def public_facts() -> dict[str, Any]:
    """Every row of what is public at once. Of editions those that the public may read, and which one is shown."""
    rows = {model: model._default_manager.order_by("pk") for model in public_models()}
    rows[Edition] = Edition.objects.public().order_by("pk")
    facts: dict[str, Any] = {model._meta.label: list(each.values()) for model, each in rows.items()}
    return facts | {PublicState._meta.label: list(PublicState.objects.values("shown"))}


def public_revision() -> str:
    return PublicState.objects.values_list("revision", flat=True).first() or ""
