"""Measures, who is responsible for them, where they take place, and how far they are."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from strategy.german_order import GermanOrder

from goals.models import SDG, validate_year
from strategy.history.node_lookup import names_of
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


class Progress(models.Model):
    """What the administration reports on a measure (Umsetzungsstand). Live: it is in no edition.

    Kept by the measure's uid, so that it outlives the measure in the tree. The decision status is derived
    from the council's decisions; "proposed" (under reservation) where there is none. `resolutions` lists these
    decisions, the oldest first: {"matter", "body", "held_on", "result", "reference", "name", "url",
    "consultations"} in words, days as in ISO 8601; the consultations are those of the paper, with wordings and
    votes (council.record). The council's action keeps both.
    """

    class State(models.TextChoices):
        """How far a measure is (Umsetzungsstand), in the order in which states are counted."""

        NOT_STARTED = "not_started", _("not yet started")
        PREPARING = "preparing", _("in preparation")
        RUNNING = "running", _("being carried out")
        DONE = "done", _("completed")
        PERMANENT = "permanent", _("permanent")
        POSTPONED = "postponed", _("postponed")
        STOPPED = "stopped", _("discontinued")

    class Decision(models.TextChoices):
        """What the council decided on a measure (Beschlussstand)."""

        PROPOSED = "proposed", "Vorschlag unter Vorbehalt"
        DECIDED = "decided", "eigener Beschluss"
        FUNDED = "funded", "im Haushalt"
        REJECTED = "rejected", "abgelehnt"

    uid = models.UUIDField(_("measure"), unique=True)
    state = models.CharField(_("state"), max_length=20, choices=State, blank=True)
    reported_on = models.DateField(_("as of"), null=True, blank=True)
    note = LongTextField(_("note"), blank=True, help_text=_("One or two sentences for citizens. No persons."))
    contact_email = models.EmailField(
        _("contact"), blank=True, help_text=_("Only where it is not the lead department's address.")
    )
    decision = models.CharField(
        _("decision status"), max_length=10, choices=Decision, default=Decision.PROPOSED
    )
    resolutions = models.JSONField(_("decisions"), default=list, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        permissions: ClassVar = [
            ("report_progress", _("Can report progress on the measures of their own departments"))
        ]
        constraints = [
            models.CheckConstraint(
                name="measures_progress_state_has_date",
                condition=Q(state="") | Q(reported_on__isnull=False),
                violation_error_message=_("A state needs the date from which it holds."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def name(self) -> str:
        """What its measure is called; looked up for many at once in measures.reporting."""
        return names_of([self.uid])[str(self.uid)]
