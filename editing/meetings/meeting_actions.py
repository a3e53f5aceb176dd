"""Preparing a meeting, noting what it wants, closing it. PermissionDenied where the acting person may not.

Noting changes no entry; closing agrees on all that was chosen, in one transaction and one batch of the history.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from editing.meetings.deferrals import write_remarks
from editing.meetings.models import AgendaItem, Choice, Meeting, Outcome
from editing.tree.agree_actions import set_reviews
from editing.tree.presented import Presented, presented
from strategy.history.models import marks_of
from strategy.history.node_actions import may_set
from strategy.history.operations import Operation, operation
from strategy.people import require_permission
from strategy.tree.models import Node, locked_tree
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow, tree_rows

AGREE = "strategy.agree_node"
BATCH = 500
OFF = "off"
"""A choice that takes an entry off the agenda."""


@dataclass(frozen=True)
class Chosen:
    """What somebody wants to become of an entry ("" for nothing yet), and why; `seen_mark` is the mark of the entry and
    `stamp` that of the stored choice that they had before them."""

    choice: str
    reason: str
    seen_mark: str
    stamp: str


@dataclass
class Noted:
    """What came of noting choices: how many were noted, which entries have changed since they were seen, and where
    somebody else had noted something else meanwhile (what stands, and what was not noted)."""

    count: int = 0
    changed: list[str] = field(default_factory=list)
    contested: list[tuple[AgendaItem, Chosen]] = field(default_factory=list)


def prepare(meeting: Meeting, *, rows: Iterable[TreeRow], by: User) -> Meeting:
    """Begin a meeting with these entries on its agenda."""
    require_permission(by, AGREE)
    with locked_tree():
        meeting.opened_by = by
        meeting.full_clean()
        meeting.save()
        _put_on(meeting, rows)
        return meeting


def collect(meeting: Meeting, *, rows: Iterable[TreeRow], by: User) -> int:
    """Put entries on the agenda of a meeting that goes on; how many were not there already."""
    with _going_on(meeting, by) as there:
        return _put_on(there, rows)


def _put_on(meeting: Meeting, rows: Iterable[TreeRow]) -> int:
    there = {str(uid) for uid in meeting.items.values_list("uid", flat=True)}
    place = {row.uid: number for number, row in enumerate(tree_rows())}
    new = [
        AgendaItem(
            meeting=meeting,
            uid=row.uid,
            kind=row.kind,
            code=row.code,
            title=row.title,
            position=place.get(row.uid, 0),
        )
        for row in rows
        if row.uid not in there
    ]
    AgendaItem.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def describe(meeting: Meeting, *, by: User) -> Meeting:
    """Store what is said of a meeting as a whole: group, day, members present, what else was recorded."""
    with _going_on(meeting, by):
        meeting.full_clean()
        meeting.save(update_fields=["body", "held_on", "present", "note"])
        return meeting


def note(meeting: Meeting, choices: Mapping[int, Chosen], *, by: User) -> Noted:
    """Note what is to become of these items (by key), all of them or, with a ValidationError, none.

    An entry is noted as agreed only as it was seen. What somebody else has noted meanwhile stays as it is.
    """
    noted = Noted()
    with _going_on(meeting, by) as there:
        items = [item for item in there.items.all() if item.pk in choices]
        entries = presented({str(item.uid) for item in items})
        nodes = {str(node.uid): node for node in Node.objects.all() if str(node.uid) in entries}
        marks = marks_of(nodes.values())
        for item in items:
            chosen, uid = choices[item.pk], str(item.uid)
            if item.stamp != chosen.stamp:
                if (item.choice, item.reason) != (chosen.choice, chosen.reason):
                    noted.contested.append((item, chosen))
            elif chosen.choice == Choice.AGREED and not _is_as_seen(nodes.get(uid), marks, chosen):
                noted.changed.append(item.name)
            else:
                _require_may_agree(by, nodes.get(uid), chosen)
                _store(item, chosen, entries.get(uid))
                noted.count += 1
    return noted


def _is_as_seen(node: Node | None, marks: Mapping[str, str], chosen: Chosen) -> bool:
    if node is None or node.review == Review.AGREED:
        return False
    return marks[str(node.uid)] == chosen.seen_mark


def _store(item: AgendaItem, chosen: Chosen, entry: Presented | None) -> None:
    if chosen.choice == OFF:
        item.delete()
        return
    is_seen = bool(chosen.choice and entry)
    item.choice, item.reason = chosen.choice, chosen.reason
    item.seen_mark = chosen.seen_mark if is_seen else ""
    item.seen = entry.kept if entry and is_seen else None
    if item.choice == Choice.DEFERRED:
        item.full_clean(exclude=["meeting"], validate_unique=False)
    item.save()


def _require_may_agree(by: User, node: Node | None, chosen: Chosen) -> None:
    if node and chosen.choice == Choice.AGREED and not may_set(by, node, Review.AGREED):
        message = _(
            "“%(node)s” is a draft. Only those who may edit can agree on it; everybody else agrees on what is up for "
            "agreement."
        )
        raise ValidationError(message % {"node": node.title})


def close(meeting: Meeting, *, seen: str, by: User) -> Meeting:
    """Agree on all that was chosen so and is still as it was seen, remember why others are deferred, and let the
    outcome stand; with what `meeting` says of itself by now.

    ValidationError where something else was noted since the page showed `seen`, the meeting's mark.
    """
    with _going_on(meeting, by) as there:
        if seen != there.mark:
            raise ValidationError(
                _(
                    "Somebody has noted something since you opened this page, so the meeting was not closed. Please "
                    "look at what it says now."
                )
            )
        describe(meeting, by=by)
        items = list(meeting.items.all())
        nodes = {str(node.uid): node for node in Node.objects.all()}
        _put_in_order(items)
        _set_outcomes(items, nodes)
        agreed = [nodes[str(item.uid)] for item in items if item.outcome == Outcome.AGREED]
        for node in agreed:
            _require_may_agree(by, node, Chosen(Choice.AGREED, "", "", ""))
        with operation(Operation.Kind.AGREEMENT, title=str(meeting), by=by) as done:
            set_reviews(agreed, Review.AGREED, by=by, reason=meeting.reason)
            deferred = [item for item in items if item.outcome == Outcome.DEFERRED]
            done.details["deferrals"] = write_remarks(meeting, deferred, by=by)
        meeting.batch = done.uid if agreed else None
        meeting.closed_by, meeting.closed_at = by, timezone.now()
        meeting.save(update_fields=["batch", "closed_by", "closed_at"])
        return meeting


def _set_outcomes(items: Sequence[AgendaItem], nodes: Mapping[str, Node]) -> None:
    """Store what comes of each item, by outcome: an update for many rows that get the same."""
    marks = marks_of([nodes[str(item.uid)] for item in items if str(item.uid) in nodes])
    for item in items:
        item.outcome = _outcome(item, marks.get(str(item.uid)))
    for outcome in Outcome:
        pks = [item.pk for item in items if item.outcome == outcome]
        for start in range(0, len(pks), BATCH):
            AgendaItem.objects.filter(pk__in=pks[start : start + BATCH]).update(outcome=outcome)


def _outcome(item: AgendaItem, mark: str | None) -> Outcome:
    if mark is None:
        return Outcome.GONE
    if item.choice == Choice.AGREED:
        return Outcome.AGREED if mark == item.seen_mark else Outcome.CHANGED
    return Outcome.DEFERRED if item.choice else Outcome.UNTREATED


def _put_in_order(items: Sequence[AgendaItem]) -> None:
    """Keep how the entries are called when the meeting is closed, and their order in the tree; of those that are
    gone, as it was."""
    rows = {row.uid: (place, row) for place, row in enumerate(tree_rows())}
    moved = []
    for item in items:
        place, row = rows.get(str(item.uid), (item.position, None))
        now = (place, row.code, row.title) if row else (item.position, item.code, item.title)
        if now != (item.position, item.code, item.title):
            item.position, item.code, item.title = now
            moved.append(item)
    AgendaItem.objects.bulk_update(moved, ["position", "code", "title"], batch_size=BATCH)


def discard(meeting: Meeting, *, seen: str, by: User) -> None:
    """Drop a meeting that was not closed, with its agenda and all that was noted. No entry changes.

    ValidationError where something else was noted since the page showed `seen`, the meeting's mark.
    """
    with _going_on(meeting, by) as there:
        if seen != there.mark:
            raise ValidationError(
                _("Somebody has noted something since you opened this page, so nothing was dropped.")
            )
        there.delete()


@contextmanager
def _going_on(meeting: Meeting, by: User) -> Iterator[Meeting]:
    """The meeting as it is now, in a transaction in which neither it nor the tree is changed by anybody else.
    ValidationError where it was dropped or closed."""
    require_permission(by, AGREE)
    with locked_tree():
        there = Meeting.objects.filter(pk=meeting.pk).first()
        if there is None:
            raise ValidationError(_("This meeting has been dropped meanwhile."))
        there.require_going_on()
        yield there
