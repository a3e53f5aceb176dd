"""Measures, who is responsible for them, and where they take place."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goals.models import SDG, validate_year
from measures.execution import Execution, Milestone, YearSpending  # noqa: F401
from measures.progress import Progress, Report  # noqa: F401  # Django looks for models here
from measures.reporting_rounds import ReportDraft, ReportingRound, RoundMeasure  # noqa: F401
from strategy.german_order import GermanOrder
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.validators import LineField, LongTextField


class Department(models.Model):
    """A department of the administration (Fachbereich), addressed by its office, never by a person."""

    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("Stays when the name changes."))
    name = LineField(_("name"), max_length=200)
    email = models.EmailField(
        _("functional address"), blank=True, help_text=_("Of the department, not of a person.")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        help_text=_("The department that took over, where this one no longer exists."),
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = [GermanOrder("name"), "key"]
        constraints = [
            models.CheckConstraint(
                name="measures_department_sample_is_named",
                condition=Q(is_sample=False) | Q(name__startswith="Beispiel:"),
                violation_error_message=_("The name of a sample department begins with “Beispiel:”."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        passed = {self.pk}
        later = self.successor
        while later:
            if later.pk == self.pk:
                raise ValidationError({"successor": self._why_no_successor()})
            if later.pk in passed:
                raise ValidationError(
                    {
                        "successor": _(
                            "“%(department)s” succeeds itself in a circle. Please correct that department first."
                        )
                        % {"department": later}
                    }
                )
            passed.add(later.pk)
            later = later.successor

    def _why_no_successor(self) -> Any:
        """What is wrong with a successor that leads back to this department."""
        if self.successor_id == self.pk:
            return _("A department cannot succeed itself.")
        return _(
            "“%(successor)s” is recorded as replaced itself, in the end by “%(department)s”. Please first take the "
            "successor of “%(successor)s” away."
        ) % {"successor": self.successor, "department": self}


class District(models.Model):
    """A district of the city (Stadtbezirk), or the city as a whole."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = LineField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class Measure(Node):
    """What is to be done (Maßnahme), below an operational or straight below a strategic goal."""

    KIND: ClassVar = Kind.MEASURE

    class Participation(models.TextChoices):
        """How citizens take part; "none" needs a reason."""

        FORMAL = "formal", "formelle Beteiligung"
        INFORMAL = "informal", "informelle Beteiligung"
        NONE = "none", "keine Beteiligung"

    class Novelty(models.TextChoices):
        """Whether the measure was there before the strategy."""

        EXISTING = "existing", "bestehende Maßnahme"
        NEW = "new", "neue Maßnahme"

    lead = models.ForeignKey(
        Department,
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leads",
    )
    partners = LongTextField(
        _("partners"),
        blank=True,
        help_text=_("One a line: departments, associations, companies; no persons."),
    )
    committees = LongTextField(_("committees involved"), blank=True, help_text=_("One a line."))
    start_year = models.PositiveSmallIntegerField(
        _("from (year)"), null=True, blank=True, validators=validate_year
    )
    end_year = models.PositiveSmallIntegerField(
        _("to (year)"), null=True, blank=True, validators=validate_year
    )
    is_ongoing = models.BooleanField(_("ongoing"), default=False)
    staff = LineField(_("staff"), max_length=200, blank=True, help_text=_("For example: 0.5 posts"))
    cost_once = models.PositiveBigIntegerField(
        _("cost once (€)"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    cost_yearly = models.PositiveBigIntegerField(
        _("cost per year (€)"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    cost_note = LineField(_("note on the cost"), max_length=300, blank=True)
    funding = LineField(_("funding"), max_length=300, blank=True)
    districts = models.ManyToManyField(District, verbose_name=_("where"), blank=True, related_name="+")
    target_group = LineField(_("for whom"), max_length=300, blank=True)
    participation = models.CharField(_("participation"), max_length=10, choices=Participation, blank=True)
    participation_note = LongTextField(
        _("how, or why not"), blank=True, help_text=_("Without participation, the reason is needed.")
    )
    novelty = models.CharField(_("existing or new"), max_length=10, choices=Novelty, blank=True)
    sdgs = models.ManyToManyField(SDG, verbose_name=_("SDGs"), blank=True, related_name="+")

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(
                name="measures_measure_period_in_order",
                condition=Q(start_year__isnull=True)
                | Q(end_year__isnull=True)
                | Q(end_year__gte=F("start_year")),
                violation_error_message=_("The measure would end before it begins."),
            ),
            models.CheckConstraint(
                name="measures_measure_ongoing_has_no_end",
                condition=Q(is_ongoing=False) | Q(end_year__isnull=True),
                violation_error_message=_("An ongoing measure has no end."),
            ),
            models.CheckConstraint(
                name="measures_measure_no_participation_has_reason",
                condition=~Q(participation="none") | ~Q(participation_note=""),
                violation_error_message=_("Please give the reason why there is no participation."),
            ),
        ]
