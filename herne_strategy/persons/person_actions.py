"""What is done with persons beside their form: handing over what lies with them, inviting again, locking, standing in.

Whoever is no administrator touches no administrator's account, as in the form.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import StaffSession
from editing.editions.freeze_choices import mark_of
from editing.exchange.questions import questions_to, who_may_answer
from editing.models import Remark, Responsibility
from strategy.document.data import Plain
from strategy.people import name_of, require_permission
from strategy.security_log import record

CHANGE = "auth.change_user"
THEMES, DEPARTMENTS = "strategy.change_node_in_theme", "measures.report_progress"


@dataclass(frozen=True)
class Handover:
    """All that lies with a person: themes, departments, open questions. It is what somebody else would get."""

    person: User

    @cached_property
    def responsibility(self) -> Responsibility | None:
        """The themes and departments."""
        return Responsibility.objects.filter(user=self.person).first()

    @cached_property
    def themes(self) -> list[str]:
        """Their titles."""
        return [str(each) for each in self.responsibility.themes.all()] if self.responsibility else []

    @cached_property
    def departments(self) -> list[str]:
        """Their names."""
        return [str(each) for each in self.responsibility.departments.all()] if self.responsibility else []

    @cached_property
    def questions(self) -> list[Remark]:
        """Those that ask this person and are open."""
        return list(questions_to(self.person).order_by("pk"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies with them."""
        return not (self.themes or self.departments or self.questions)

    @property
    def mark(self) -> str:
        """Another one, as soon as something else lies with them."""
        questions: list[Plain] = [question.pk for question in self.questions]
        return mark_of([[*self.themes], [*self.departments], questions])

    def missing(self, successor: User) -> list[str]:
        """What the successor's roles do not allow of it, a sentence each."""
        name = {"person": name_of(successor)}
        missing = []
        if self.themes and not (successor.has_perm(THEMES) or successor.has_perm("strategy.change_node")):
            missing.append(_("%(person)s has no role that edits themes. Please give one first.") % name)
        if self.departments and not (
            successor.has_perm(DEPARTMENTS) or successor.has_perm("measures.change_progress")
        ):
            missing.append(
                _("%(person)s has no role that reports for departments. Please give one first.") % name
            )
        if self.questions and not who_may_answer().filter(pk=successor.pk).exists():
            missing.append(_("%(person)s may not answer questions. Please give a role first.") % name)
        return missing


@transaction.atomic
def hand_over(person: User, successor: User, *, seen: str, by: User) -> Handover:
    """Give all that lies with a person to somebody else. ValidationError where it is not what the page showed, or the
    successor could not do it."""
    for account in (person, successor):
        _require(by, account)
    list(Responsibility.objects.select_for_update().filter(user__in=[person, successor]))
    handover = Handover(person)
    if handover.mark != seen:
        raise ValidationError(
            _("Meanwhile something else lies with this person. Please look again, then hand over.")
        )
    if person == successor or not successor.is_active:
        raise ValidationError(_("Please choose somebody else, who may log in."))
    if missing := handover.missing(successor):
        raise ValidationError(missing)
    if handover.responsibility:
        theirs, _is_new = Responsibility.objects.get_or_create(user=successor)
        for name in ("themes", "departments"):
            getattr(theirs, name).add(*getattr(handover.responsibility, name).all())
            getattr(handover.responsibility, name).clear()
    Remark.objects.filter(pk__in=[question.pk for question in handover.questions]).update(asked=successor)
    for account in (person, successor):
        record("responsibility_changed", on=f"user:{account.get_username()}", by=by)
    return handover


@transaction.atomic
def lock(person: User, *, by: User) -> User:
    """Let somebody in no more: they are out at once. What they did keeps their name."""
    _require(by, person)
    if person == by:
        raise ValidationError(_("You cannot lock yourself out."))
    person = User.objects.select_for_update().get(pk=person.pk)
    person.is_active = person.is_staff = False
    person.save(update_fields=["is_active", "is_staff"])
    for session in StaffSession.objects.filter(user=person):
        session.end()
    return person


@transaction.atomic
def stand_in(
    person: User, *, substitute: User | None, until: datetime.date | None, by: User
) -> Responsibility | None:
    """Have somebody stand in for a person, until this day or until it is taken away; nobody with None.

    Everybody says so of themselves; of others, whoever may change them. None where the person is responsible for
    nothing in which somebody could stand in.
    """
    if person != by:
        _require(by, person)
    mine = Responsibility.objects.select_for_update().filter(user=person).first()
    if mine is None:
        return None
    mine.substitute, mine.substitute_until = substitute, until if substitute else None
    mine.full_clean()
    mine.save(update_fields=["substitute", "substitute_until"])
    record("responsibility_changed", on=f"user:{person.get_username()}", by=by)
    return mine


def said_of(handover: Handover, successor: User) -> str:
    """What was handed over, in a sentence."""
    n = len(handover.questions)
    parts = [*handover.themes, *handover.departments]
    if n:
        parts.append(ngettext("%(n)s open question", "%(n)s open questions", n) % {"n": n})
    return _("%(person)s now has: %(what)s.") % {"person": name_of(successor), "what": ", ".join(parts)}


def _require(by: User, person: User) -> None:
    require_permission(by, CHANGE)
    if person.is_superuser and not by.is_superuser:
        raise PermissionDenied
