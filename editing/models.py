"""Who may edit what, what they propose, and what they say about it."""

import datetime
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editing.delivered.models import ColumnMapping
from editing.editions.models import MinutedChange
from editing.exchange.models import Proposal
from editing.home.models import ReadGreeting
from editing.meetings.models import AgendaItem, Meeting
from editing.reporting.models import RoundReminder
from measures.models import Department
from strategy.people import person_field
from strategy.validators import LongTextField
from themes.models import Theme

__all__ = [
    "AgendaItem",
    "ColumnMapping",
    "DeskMail",
    "FreezeChoice",
    "ImportFile",
    "Meeting",
    "MinutedChange",
    "Proposal",
    "ReadGreeting",
    "Remark",
    "Responsibility",
    "RoundReminder",
]


def _standing_in(user: Any, on: datetime.date) -> Q:
    lasting = Q(substitute_until__isnull=True) | Q(substitute_until__gte=on)
    return lasting & Q(substitute=user, user__is_active=True)


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    """Responsibilities by whoever acts on them."""

    def substituted_by(self, user: Any, *, on: datetime.date) -> "ResponsibilityQuerySet":
        """Those of others for whom this person stands in on this day."""
        return self.filter(_standing_in(user, on))

    def held_by(self, user: Any, *, on: datetime.date) -> "ResponsibilityQuerySet":
        """Their own, and those of others for whom they stand in on this day."""
        return self.filter(Q(user=user) | _standing_in(user, on))


class Responsibility(models.Model):
    """What a person is responsible for (Zuständigkeit): the objects on which a role's rights hold.

    A substitute (Vertretung) has them, too, as far as their own role goes: until the last day, or until it is taken
    away.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="responsibility",
    )
    themes: Any = models.ManyToManyField(
        Theme,
        verbose_name=_("themes"),
        blank=True,
        related_name="+",
        help_text=_("For the role Themenfeld-Redaktion: the themes that this person edits."),
    )
    departments: Any = models.ManyToManyField(
        Department,
        verbose_name=_("departments"),
        blank=True,
        related_name="+",
        help_text=_("For the role Fachbereich: whose measures this person reports on."),
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("substitute"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("May do the same for these themes and departments, as far as their own role allows it."),
    )
    substitute_until = models.DateField(
        _("substitute until"),
        null=True,
        blank=True,
        help_text=_("The last day; empty: until it is taken away."),
    )

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.CheckConstraint(
                name="editing_responsibility_substitute_is_another",
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("user")),
                violation_error_message=_("Nobody is their own substitute."),
            ),
            models.CheckConstraint(
                name="editing_responsibility_last_day_has_substitute",
                condition=Q(substitute_until__isnull=True) | Q(substitute__isnull=False),
                violation_error_message=_("A last day needs a substitute."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def substitute_today(self) -> Any:
        """Who stands in today; None for nobody."""
        is_over = self.substitute_until is not None and self.substitute_until < timezone.localdate()
        return None if is_over else self.substitute

    @classmethod
    def of_themes(cls, uids: Collection[str]) -> set[str]:
        """Those of these nodes that somebody is responsible for. One query."""
        named = cls.themes.through.objects.values_list("theme__uid", flat=True).distinct()
        return {str(uid) for uid in named} & set(uids)


class Remark(models.Model):
    """What editors say to each other about a node (Anmerkung). Never public.

    A remark may ask somebody; an answer belongs to the remark that it answers.
    """

    uid = models.UUIDField(_("identity"), db_index=True)
    title = models.CharField(_("title"), max_length=300)
    text = LongTextField(_("remark"), max_length=4000)
    by = person_field(_("written by"))
    at = models.DateTimeField(_("written at"), default=timezone.now)
    asked = person_field(_("question to"), null=True, blank=True)
    answers = models.ForeignKey(
        "self", verbose_name=_("answer to"), null=True, on_delete=models.CASCADE, related_name="replies"
    )
    done_by = person_field(_("marked as done by"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class ImportFile(models.Model):
    """A table that somebody has uploaded and not yet confirmed. Kept for a day at most, one a person."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    name = models.CharField(_("file name"), max_length=100)
    content = models.BinaryField()
    choices = models.JSONField(
        default=dict, editable=False
    )  # how a city's own list is read; {} for our own tables

    class Meta:
        verbose_name = _("uploaded table")
        verbose_name_plural = _("uploaded tables")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class DeskMail(models.Model):
    """Whether somebody gets the daily mail about what waits for them, and when the last one went out (Tagesmail).

    Who has no row wants it, and has had none.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="desk_mail",
    )
    is_wanted = models.BooleanField(_("wants the daily mail"), default=True)
    sent_on = models.DateField(_("last mail on"), null=True, editable=False)

    class Meta:
        verbose_name = _("daily mail")
        verbose_name_plural = _("daily mails")
        default_permissions = ()  # everybody sets their own

    def __str__(self) -> str:
        return str(self.user)


class FreezeChoice(models.Model):
    """What the last freeze made of a node that was not agreed, to be proposed again (Auswahl beim Einfrieren).

    Kept apart from the edition: whoever deletes it and freezes again need not choose again. `agreement_ended` is the
    record since which the node is not agreed, 0 where it never was: a choice counts until it is agreed anew.
    """

    uid = models.UUIDField(_("identity"), primary_key=True)
    choice = models.CharField(_("choice"), max_length=10)
    agreement_ended = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("choice of the last freeze")
        verbose_name_plural = _("choices of the last freeze")
        default_permissions = ()  # the freeze alone writes it

    def __str__(self) -> str:
        return f"{self.uid}: {self.choice}"
