"""Whose successor a department is, as a reorganisation writes it beside the measures, and takes it back."""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from measures.models import Department
from strategy.document.data import Plain
from strategy.editions.public_rows import write
from strategy.people import require_permission
from strategy.undo.beside import Beside, BesidePlan


def record_successor(department: Department, successor: Department | None, by: User | None) -> Plain:
    """Make this department's successor another one, or none; what was and what is, as keys. A part of other
    actions."""
    before, department.successor = department.successor, successor
    department.full_clean()
    write(save=[department], fields=["successor"])
    if by:
        LogEntry.objects.log_actions(
            by.pk, [department], CHANGE, [{"changed": {"fields": ["successor"]}}], single_object=True
        )
    keys = [each.key if each else None for each in (before, successor)]
    return {"department": department.key, "before": keys[0], "after": keys[1]}


class _Back(NamedTuple):
    """A department, the successor that it is to have again, and why it keeps today's ("": it does not)."""

    department: Department
    successor: Department | None
    stays: str


def _backs(changed: Plain) -> Iterator[_Back]:
    """The last change first. A department that is gone is left aside."""
    there = {each.key: each for each in Department.objects.select_related("successor")}
    for each in reversed(changed):
        if department := there.get(each["department"]):
            today = department.successor.key if department.successor else None
            is_gone = each["before"] is not None and each["before"] not in there
            if today != each["before"]:
                why = (
                    _("changed since") if today != each["after"] else _("no longer there") if is_gone else ""
                )
                yield _Back(department, there.get(each["before"] or ""), why)


def _plan(changed: Plain) -> BesidePlan:
    words = _("“%(department)s” has the successor “%(successor)s” again.")
    none = _("“%(department)s” has no successor again.")
    written, stays = [], []
    for each in _backs(changed):
        names = {"department": each.department.name, "successor": each.successor or ""}
        if each.stays:
            stays.append(_("Successor of “%(department)s”: %(why)s") % {**names, "why": each.stays})
        else:
            written.append((words if each.successor else none) % names)
    return BesidePlan(tuple(written), tuple(stays))


def _take_back(changed: Plain, by: User | None) -> Plain:
    done = []
    for each in list(_backs(changed)):
        if not each.stays:
            require_permission(by, "measures.change_department")
            done.append(_recorded(each, by))
    return done


def _recorded(each: _Back, by: User | None) -> Plain:
    try:
        return record_successor(each.department, each.successor, by)
    except ValidationError as error:  # by now it would succeed itself
        raise ValidationError(" ".join(error.messages)) from error


beside_successors = Beside(_plan, _take_back)
