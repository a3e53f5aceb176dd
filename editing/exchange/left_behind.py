"""What somebody leaves behind who is locked, or loses a role: said to whoever does it."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editing.exchange.questions import questions_to, unassigned_questions
from editing.models import Proposal, Responsibility
from editing.rights import ROLES
from strategy.people import name_of


def left_behind(user: User) -> Iterator[str]:
    """Where what lay with this person lies now, a sentence each; nothing where nothing did."""
    name = {"person": name_of(user)}
    if n := unassigned_questions().filter(pk__in=questions_to(user)).count():
        yield ngettext(
            "%(n)s open question to %(person)s now lies with the Koordinationsstelle, under “What waits for me”.",
            "%(n)s open questions to %(person)s now lie with the Koordinationsstelle, under “What waits for me”.",
            n,
        ) % {**name, "n": n}
    if not user.is_active and (n := Proposal.objects.open().filter(by=user).count()):
        yield ngettext(
            "%(n)s open proposal by %(person)s stays with those who decide on it.",
            "%(n)s open proposals by %(person)s stay with those who decide on them.",
            n,
        ) % {**name, "n": n}
    if alone := _nobody_else(user):
        yield _("Nobody is responsible any more for: %(names)s. Please give this to somebody else.") % {
            "names": ", ".join(alone)
        }


def _nobody_else(user: User) -> list[str]:
    """The themes and departments of this person for which nobody is responsible whose role holds on them."""
    mine = Responsibility.objects.filter(user=user).first()
    if mine is None:
        return []
    alone = []
    for kind, permission in (
        ("themes", "strategy.change_node_in_theme"),
        ("departments", "measures.report_progress"),
    ):
        able = get_user_model().objects.with_perm(permission, backend=ROLES, include_superusers=False)
        kept = Responsibility.objects.filter(user__in=able).values(kind)
        alone += [
            str(each)
            for each in getattr(mine, kind).exclude(pk__in=kept.filter(**{f"{kind}__isnull": False}))
        ]
    return alone
