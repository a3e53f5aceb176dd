"""How far measures are: what holds of each today, and every report that was ever made on it."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from strategy.history.node_lookup import names_of
from strategy.people import person_field
from strategy.validators import LineField, LongTextField


def validate_not_in_future(day: datetime.date) -> None:
    """No day after today's, as it is in Berlin: nobody can know yet how far a measure will be."""
    if day > timezone.localdate():
        raise ValidationError(
            _("This day is still to come. Please give the day on which it was so, at the latest today.")
        )


def validate_first_of_month(day: datetime.date) -> None:
    """A month is kept as its first day."""
    if day.day != 1:
        raise ValidationError(_("Please give a month: its first day."))


END_NEEDS_NOTE = _(
    "Completed, postponed or discontinued: please say in one or two sentences what was reached, or why it does not go "
    "on."
)


class Statement(models.Model):
    """What was said on a measure, named by its uid: how far it is, since when, in which words, and what comes next.

    What hinders it and what has to be decided is for the coordination and the report to the council; the page of the
    measure does not show it.
    """

    SAYS: ClassVar = (
        "state",
        "reported_on",
        "note",
        "next_step",
        "next_step_month",
        "obstacle",
        "decision_needed",
    )

    class State(models.TextChoices):
        """How far a measure is (Umsetzungsstand), in the order in which states are counted."""

        NOT_STARTED = "not_started", _("not yet started")
        PREPARING = "preparing", _("in preparation")
        RUNNING = "running", _("being carried out")
        DONE = "done", _("completed")
        PERMANENT = "permanent", _("permanent")
        POSTPONED = "postponed", _("postponed")
        STOPPED = "stopped", _("discontinued")

    ENDS: ClassVar = (State.DONE, State.POSTPONED, State.STOPPED)
    """States at which nothing more happens for now: they need a sentence."""

    state = models.CharField(_("state"), max_length=20, choices=State, blank=True)
    reported_on = models.DateField(_("as of"), null=True, blank=True, validators=[validate_not_in_future])
    note = LongTextField(_("note"), blank=True, help_text=_("One or two sentences for citizens. No persons."))
    next_step = LineField(
        _("next step"),
        max_length=300,
        blank=True,
        help_text=_("What happens next, in a line. Also for citizens."),
    )
    next_step_month = models.DateField(
        _("month of the next step"), null=True, blank=True, validators=[validate_first_of_month]
    )
    obstacle = LongTextField(
        _("obstacle"),
        max_length=2000,
        blank=True,
        help_text=_("What stands in the way. For the coordination and the progress report, not on the page."),
    )
    decision_needed = LineField(
        _("decision needed"),
        max_length=300,
        blank=True,
        help_text=_("What has to be decided, and by whom. For the coordination and the progress report."),
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_has_date",
                condition=Q(state="") | Q(reported_on__isnull=False),
                violation_error_message=_("A state needs the date from which it holds."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_month_has_step",
                condition=Q(next_step_month__isnull=True) | ~Q(next_step=""),
                violation_error_message=_("Please say what the next step in that month is."),
            ),
        ]

    def require_note(self) -> None:
        """Refuse a state at which nothing more happens for now where no sentence says why."""
        if self.lacks_note:
            raise ValidationError({"note": END_NEEDS_NOTE})

    @property
    def lacks_note(self) -> bool:
        """Whether nothing more happens for now, and no sentence says why."""
        return self.state in self.ENDS and not self.note.strip()

    @property
    def says(self) -> dict[str, Any]:
        """What it says, by field: what another statement can be made to say, too."""
        return {name: getattr(self, name) for name in self.SAYS}

    @property
    def says_anything(self) -> bool:
        """Whether there is a state or a word; a date or a month alone says nothing."""
        return bool(self.state or self.note or self.next_step or self.obstacle or self.decision_needed)


class PublicStatement(Statement):
    """A statement that readers see: where nothing more happens for now, it says why in a sentence.

    `may_lack_note` marks what was said before that was asked for.
    """

    may_lack_note = models.BooleanField(default=False, editable=False)

    class Meta(Statement.Meta):
        abstract = True
        constraints: ClassVar = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_end_has_note",
                condition=~Q(state__in=["done", "postponed", "stopped"])
                | ~Q(note="")
                | Q(may_lack_note=True),
                violation_error_message=END_NEEDS_NOTE,
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.require_note()


class Decided(NamedTuple):
    """What the council decided on a measure: the status that follows from it, and the list, as Progress keeps it."""

    status: "Progress.Decision"
    resolutions: list[dict[str, Any]]


class Progress(PublicStatement):
    """What is known of a measure today (Umsetzungsstand and Beschlussstand). Live: it is in no edition.

    Kept by the measure's uid, so that it outlives the measure in the tree. It says what the newest Report says;
    measures.report_actions keeps both.

    The decision status is derived from the council's decisions; "proposed" (under reservation) where there is none.
    `resolutions` lists these decisions, the oldest first: {"matter", "body", "held_on", "result", "reference", "name",
    "url", "consultations"} in words, days as in ISO 8601; the consultations are those of the paper, with wordings and
    votes (council.record). `upcoming` says what both are from later days on, when papers become public:
    {"on", "decision", "resolutions"}, the earliest first; so both are read by `decided`. The council's action keeps
    all three.
    """

    class Decision(models.TextChoices):
        """What the council decided on a measure (Beschlussstand)."""

        PROPOSED = "proposed", "Vorschlag unter Vorbehalt"
        DECIDED = "decided", "eigener Beschluss"
        FUNDED = "funded", "im Haushalt"
        REJECTED = "rejected", "abgelehnt"

    uid = models.UUIDField(_("measure"), unique=True)
    contact_email = models.EmailField(
        _("contact"), blank=True, help_text=_("Only where it is not the lead department's address.")
    )
    decision = models.CharField(
        _("decision status"), max_length=10, choices=Decision, default=Decision.PROPOSED
    )
    resolutions = models.JSONField(_("decisions"), default=list, blank=True, editable=False)
    upcoming = models.JSONField(default=list, blank=True, editable=False)

    class Meta(PublicStatement.Meta):
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        permissions: ClassVar = [
            ("report_progress", _("Can report progress on the measures of their own departments"))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_decision(self) -> bool:
        """Whether it holds what the council decided, which nobody reports."""
        return bool(self.resolutions or self.upcoming) or self.decision != self.Decision.PROPOSED

    @property
    def decided(self) -> Decided:
        """The decision status and the decisions, as they are public today."""
        today = timezone.localdate().isoformat()
        steps = [step for step in self.upcoming if step["on"] <= today]
        if steps:
            return Decided(Progress.Decision(steps[-1]["decision"]), steps[-1]["resolutions"])
        return Decided(Progress.Decision(self.decision), self.resolutions)

    @cached_property
    def name(self) -> str:
        """What its measure is called; looked up for many at once in measures.reporting."""
        return names_of([self.uid])[str(self.uid)]


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by measure."""

    def on(self, uid: Any) -> "ReportQuerySet":
        """Those on the measure of this uid, the newest first."""
        return self.filter(uid=uid).order_by("-pk")

    def newest(self, uids: Iterable[Any]) -> dict[Any, "Report"]:
        """The newest on each of these measures, by uid."""
        reports = self.filter(uid__in=list(uids))
        last = reports.order_by().values("uid").annotate(last=models.Max("pk")).values("last")
        return {each.uid: each for each in self.filter(pk__in=last)}


class Report(PublicStatement):
    """One thing that was said on a measure, and by whom (Meldung). It stays as it was said.

    Readers see what measures.earlier_reports leaves of them, and never by whom.

    Nobody is named, and no time, for what was said before reports were kept; nobody where the program said it.
    `round` is the reporting round in which it was made, if any. A mistake is corrected by a report of its own, which
    names the one that it corrects and says what was wrong.
    """

    uid = models.UUIDField(_("measure"), db_index=True)
    reported_at = models.DateTimeField(_("reported at"), null=True)
    reported_by = person_field(_("reported by"), null=True)
    round = models.ForeignKey(
        "measures.ReportingRound",
        verbose_name=_("reporting round"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
    )
    corrects = models.ForeignKey(
        "self", verbose_name=_("corrects"), null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    correction_note = LineField(_("what was wrong"), max_length=300, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta(PublicStatement.Meta):
        verbose_name = _("report on progress")
        verbose_name_plural = _("reports on progress")
        ordering = ["pk"]
        constraints = [
            *PublicStatement.Meta.constraints,
            models.CheckConstraint(
                name="measures_report_correction_has_note",
                condition=Q(corrects__isnull=True, correction_note="")
                | Q(corrects__isnull=False) & ~Q(correction_note=""),
                violation_error_message=_("Please say what was wrong in the report that you correct."),
            ),
        ]

    def __str__(self) -> str:
        return names_of([self.uid])[str(self.uid)]
