"""Meetings on which the matrix of roles is asked: one that goes on, one that is closed."""

import datetime
from typing import Any

from django.contrib.auth.models import User

from editing.meetings import meeting_actions
from editing.meetings.models import stamp_of
from editing.models import AgendaItem, Meeting
from strategy.history.models import mark_of
from strategy.tree.models import Node
from strategy.tree.tree_rows import tree_rows


def meetings(by: User) -> dict[str, Any]:
    """On the agenda of the one that goes on stands a goal that is up for agreement, as item 901: forms name it."""
    row = next(row for row in tree_rows() if row.title == "Zweites Ziel Eigen")
    closed, going_on = (
        meeting_actions.prepare(Meeting(body="Runde", held_on=datetime.date(2026, 12, 3)), rows=rows, by=by)
        for rows in ([], [row])
    )
    meeting_actions.close(closed, seen=closed.mark, by=by)
    AgendaItem.objects.update(id=901)
    item, mark = AgendaItem.objects.get(), mark_of(Node.objects.get(title=row.title))
    return {
        "meeting": going_on.pk,
        "closed_meeting": closed.pk,
        "seen_meeting": going_on.mark,
        "opened_item": "|".join([mark, item.stamp, stamp_of("", "")]),
    }
