"""Strategic and operational goals, and the United Nations' goals that they serve."""

import re
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from strategy.document.data import sdg_name
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.validators import LineField, LongTextField, WrittenDecimalField
from themes.models import Theme, validate_colour

validate_year = [MinValueValidator(1990), MaxValueValidator(2100)]
validate_targets = RegexValidator(
    re.compile(r"\A\s*((1[0-7]|[1-9])\.([0-9]{1,2}|[a-d])\s*(\n|\Z))*\s*\Z"),
    _("One sub-target a line, such as 4.7 or 11.b."),
)


class SDG(models.Model):
    """One of the seventeen goals of the Agenda 2030."""

    class TextColour(models.TextChoices):
        """The colour in which text is readable on the goal's own colour."""

        WHITE = "white", _("white")
        BLACK = "black", _("black")

    number = models.PositiveSmallIntegerField(
        _("number"), primary_key=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )
    title = LineField(_("short title"), max_length=100)
    long_title = LineField(_("full title"), max_length=400)
    colour = models.CharField(_("colour"), max_length=7, validators=[validate_colour])
    text_colour = models.CharField(_("readable text colour"), max_length=5, choices=TextColour)

    class Meta:
        verbose_name = _("SDG")
        verbose_name_plural = _("SDGs")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="goals_sdg_number_is_1_to_17",
                condition=models.Q(number__gte=1, number__lte=17),
                violation_error_message=_("There are seventeen SDGs."),
            )
        ]

    def __str__(self) -> str:
        return sdg_name(self.number, self.title)


class StrategicGoal(Node):
    """A long-term goal below a guideline (strategisches Ziel)."""

    KIND: ClassVar = Kind.STRATEGIC_GOAL

    horizon = models.PositiveSmallIntegerField(
        _("horizon (year)"), null=True, blank=True, validators=validate_year
    )
    sdgs = models.ManyToManyField(SDG, verbose_name=_("SDGs"), blank=True, related_name="+")
    also_serves = models.ManyToManyField(
        Theme,
        verbose_name=_("also serves"),
        blank=True,
        related_name="+",
        help_text=_("Other themes that this goal contributes to."),
    )
    assignment_confirmed = models.BooleanField(
        _("assignment to the theme confirmed"),
        default=True,
        help_text=_("No, while it is not sourced that the goal belongs to this theme. Its page says so."),
    )
    assignment_note = LongTextField(_("note on the assignment"), blank=True)

    class Meta:
        verbose_name = _("strategic goal")
        verbose_name_plural = _("strategic goals")


class OperationalGoal(Node):
    """A goal that can be measured and has a date (operatives Ziel)."""

    KIND: ClassVar = Kind.OPERATIONAL_GOAL

    due_year = models.PositiveSmallIntegerField(
        _("by (year)"), null=True, blank=True, validators=validate_year
    )
    value_name = LineField(
        _("what is measured"),
        max_length=200,
        blank=True,
        help_text=_("For example: share of certified schools"),
    )
    unit = LineField(_("unit"), max_length=40, blank=True)
    base_value = WrittenDecimalField(_("base value"), max_digits=16, decimal_places=4, null=True, blank=True)
    base_year = models.PositiveSmallIntegerField(
        _("base value of (year)"), null=True, blank=True, validators=validate_year
    )
    target_value = WrittenDecimalField(
        _("target value"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    sdg_targets = LongTextField(
        _("SDG sub-targets"),
        blank=True,
        max_length=500,
        validators=[validate_targets],
        help_text=_("One a line, such as 4.7"),
    )
    dns_references = LongTextField(
        _("references to the national strategy (DNS)"), blank=True, help_text=_("One a line.")
    )
    nhs_nrw_references = LongTextField(
        _("references to the state's strategy (NHS NRW)"), blank=True, help_text=_("One a line.")
    )

    class Meta:
        verbose_name = _("operational goal")
        verbose_name_plural = _("operational goals")
