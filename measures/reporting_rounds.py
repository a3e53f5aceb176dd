"""Reporting rounds: who was asked to report on which measures, up to when, and what is not handed in yet."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.progress import Statement
from strategy.history.node_lookup import names_of
from strategy.people import person_field
from strategy.validators import AddressField, LineField, LongTextField


class ReportingRoundQuerySet(models.QuerySet["ReportingRound"]):
    """Rounds, the newest first."""

    def open(self) -> "ReportingRoundQuerySet":
        """Those that still take reports."""
        return self.filter(closed_at=None)


class ReportingRound(models.Model):
    """The question to the departments how far their measures are on a day (Berichtsrunde).

    What is handed in is public at once, or once the coordination has looked at it. A closed round stays as it is.
    """

    title = LineField(_("title"), max_length=200, help_text=_("For example: Half-year 1/2027"))
    slug = AddressField(_("address"), max_length=60, unique=True)
    key_on = models.DateField(_("key date"), help_text=_("The day that the reports speak of."))
    due_on = models.DateField(_("due on"), help_text=_("Until when the departments report."))
    is_published_at_once = models.BooleanField(
        _("public as soon as it is handed in"),
        default=False,
        help_text=_("Otherwise you check the reports and publish them together."),
    )
    note = LongTextField(
        _("note to the departments"),
        max_length=2000,
        blank=True,
        help_text=_("Stands above each department’s page and in the first mail."),
    )
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    opened_by = person_field(_("opened by"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = person_field(_("closed by"), null=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects: ClassVar[Any] = ReportingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting round")
        verbose_name_plural = _("reporting rounds")
        ordering = ["-opened_at", "-pk"]
        default_permissions = ("view", "add", "change")

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it still takes reports."""
        return self.closed_at is None

    @property
    def reports_on(self) -> datetime.date:
        """The day that a report made now speaks of: the key date, or today where that is still to come."""
        return min(self.key_on, timezone.localdate())

    @property
    def is_overdue(self) -> bool:
        """Whether it is open after the day up to which the departments were to report."""
        return self.is_open and self.due_on < timezone.localdate()


class RoundMeasure(models.Model):
    """A measure on which a round asks for a report, by its uid, and who led it when the round was opened."""

    round = models.ForeignKey(
        ReportingRound, verbose_name=_("reporting round"), on_delete=models.CASCADE, related_name="measures"
    )
    uid = models.UUIDField(_("measure"), db_index=True)
    department = models.ForeignKey(
        "measures.Department",
        verbose_name=_("lead"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("measure of a reporting round")
        verbose_name_plural = _("measures of reporting rounds")
        ordering = ["pk"]
        default_permissions = ()  # the round’s actions alone write it
        constraints = [
            models.UniqueConstraint(
                name="measures_roundmeasure_once_in_a_round",
                fields=["round", "uid"],
                violation_error_message=_("A round asks once for each measure."),
            ),
        ]

    def __str__(self) -> str:
        return names_of([self.uid])[str(self.uid)]


class ReportDraft(Statement):
    """What a department is about to report in a round, until it is public (Meldung im Entwurf).

    Handed in, it waits for the coordination, which publishes it or gives it back with a note.
    """

    round = models.ForeignKey(
        ReportingRound, verbose_name=_("reporting round"), on_delete=models.CASCADE, related_name="drafts"
    )
    uid = models.UUIDField(_("measure"), db_index=True)
    is_unchanged = models.BooleanField(_("unchanged"), default=False)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    saved_by = person_field(_("saved by"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    returned_note = LongTextField(_("why it was given back"), max_length=1000, blank=True)

    class Meta(Statement.Meta):
        verbose_name = _("report not yet public")
        verbose_name_plural = _("reports not yet public")
        ordering = ["pk"]
        default_permissions = ()  # the round’s actions alone write it
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(
                name="measures_reportdraft_once_in_a_round",
                fields=["round", "uid"],
                violation_error_message=_("There is one draft for each measure of a round."),
            ),
            models.CheckConstraint(
                name="measures_reportdraft_given_back_is_open",
                condition=Q(handed_in_at__isnull=True) | Q(returned_note=""),
                violation_error_message=_("What is handed in again is no longer given back."),
            ),
        ]

    def __str__(self) -> str:
        return names_of([self.uid])[str(self.uid)]
