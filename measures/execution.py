"""How a measure is carried out, beside what is planned: its milestones, when it began and ended, what was spent."""

import datetime
from calendar import monthrange
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.models import validate_year
from measures.progress import validate_not_in_future
from strategy.history.node_lookup import names_of
from strategy.validators import LineField


class Execution(models.Model):
    """How a measure is carried out (Durchführung), named by its uid. Live, like Progress: it is in no edition."""

    uid = models.UUIDField(_("measure"), unique=True)
    started_on = models.DateField(_("begun on"), null=True, blank=True, validators=[validate_not_in_future])
    ended_on = models.DateField(_("ended on"), null=True, blank=True, validators=[validate_not_in_future])
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("execution")
        verbose_name_plural = _("executions")
        default_permissions: ClassVar[tuple[str, ...]] = ()  # who may report on the measure may write it
        constraints = [
            models.CheckConstraint(
                name="measures_execution_period_in_order",
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("The measure would have ended before it began."),
            ),
        ]

    def __str__(self) -> str:
        return names_of([self.uid])[str(self.uid)]


class Milestone(models.Model):
    """What is to be reached on the way, and up to when (Meilenstein): a day, or a month where only that is certain."""

    execution = models.ForeignKey(
        Execution, verbose_name=_("execution"), on_delete=models.CASCADE, related_name="milestones"
    )
    title = LineField(_("milestone"), max_length=200)
    due_on = models.DateField(_("due (day)"))
    is_due_in_month = models.BooleanField(
        _("only the month is certain"), default=False, help_text=_("Then readers see the month alone.")
    )
    done_on = models.DateField(_("reached on"), null=True, blank=True, validators=[validate_not_in_future])

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> datetime.date:
        """The last day on which it is in time."""
        if not self.is_due_in_month:
            return self.due_on
        return self.due_on.replace(day=monthrange(self.due_on.year, self.due_on.month)[1])

    def is_late(self, on: datetime.date | None = None) -> bool:
        """Whether it is due and not reached on that day; by default today."""
        return self.done_on is None and self.last_day < (on or timezone.localdate())


class YearSpending(models.Model):
    """What was spent on a measure in a year (tatsächliche Ausgaben)."""

    execution = models.ForeignKey(
        Execution, verbose_name=_("execution"), on_delete=models.CASCADE, related_name="spending"
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=validate_year)
    amount = models.PositiveBigIntegerField(_("spent (€)"), validators=[MinValueValidator(0)])
    note = LineField(_("note on the cost"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("spending of a year")
        verbose_name_plural = _("spending by year")
        ordering = ["year", "pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            models.UniqueConstraint(
                name="measures_yearspending_once_a_year",
                fields=["execution", "year"],
                violation_error_message=_(
                    "This year is there twice. Please put what was spent in it into one row."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)
