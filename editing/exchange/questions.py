"""Who can be asked about a node, and with whom a question waits."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from editing.models import Remark
from editing.rights import ROLES

HANDS_ON = "auth.change_user"
"""Whoever gives and takes roles has the questions to those who can no longer answer."""


def who_may_answer() -> QuerySet[User]:
    """Active staff who may read and write remarks. These rights hold on every node. One query."""
    people = get_user_model().objects.filter(is_staff=True)
    for permission in ("strategy.view_node", "editing.view_remark", "editing.add_remark"):
        allowed = get_user_model().objects.with_perm(permission, backend=ROLES)
        people = people.filter(pk__in=allowed.values("pk"))
    return people


def questions_to(user: User) -> QuerySet[Remark]:
    """Those that ask this person, are not done, and which they have not answered."""
    answered = Remark.objects.filter(answers=OuterRef("pk"), by=user)
    return Remark.objects.filter(~Exists(answered), asked=user, done_at=None).select_related("by", "asked")


def open_questions() -> QuerySet[Remark]:
    """Those that ask somebody, are not done, and were answered by nobody but whoever asked."""
    answered = Remark.objects.filter(answers=OuterRef("pk")).exclude(by=OuterRef("by"))
    waiting = Remark.objects.filter(~Exists(answered), asked__isnull=False, done_at=None)
    return waiting.select_related("by", "asked")


def unassigned_questions() -> QuerySet[Remark]:
    """The open ones to somebody who is locked or has lost the right to answer. One query."""
    return open_questions().exclude(asked__in=who_may_answer())
