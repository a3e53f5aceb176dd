"""How bodies dealt with papers: the Beratungsfolge, and what was decided, with the votes."""

from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from council.bodies import Body
from council.papers import Paper
from strategy.document.data import Plain
from strategy.validators import LineField, LongTextField


def in_order(prefix: str = "") -> tuple[OrderBy | str, ...]:
    """Consultations by their days, those without one last; on one day the deciding body comes last."""
    decides = Case(When(**{f"{prefix}role": "decision"}, then=1), default=0)
    return F(f"{prefix}held_on").asc(nulls_last=True), decides.asc(), f"{prefix}pk"


class Consultation(models.Model):
    """That a body deals with a paper (Beratung). Together, in order, they are its Beratungsfolge."""

    class Role(models.TextChoices):
        """What the body is asked for. German in the source: it goes into records that are kept."""

        PRELIMINARY = "preliminary", "Vorberatung"
        HEARING = "hearing", "Anhörung"
        DECISION = "decision", "Entscheidung"

    class Result(models.TextChoices):
        """What came of it. German in the source: it goes into the seal of an edition."""

        APPROVED = "approved", "beschlossen"
        AMENDED = "amended", "geändert beschlossen"
        REJECTED = "rejected", "abgelehnt"
        NOTED = "noted", "zur Kenntnis genommen"
        POSTPONED = "postponed", "vertagt"

    class Considered(models.TextChoices):
        """What text the body had before it, where the edition was frozen later. German in the source: it is kept."""

        THIS = "this", "diesen Text; er wurde hier erst später erfasst"
        EARLIER = "earlier", "einen früheren Stand des Textes"

    FINAL: ClassVar = (Result.APPROVED, Result.AMENDED, Result.REJECTED)

    paper = models.ForeignKey(
        Paper, verbose_name=_("paper"), on_delete=models.CASCADE, related_name="consultations"
    )
    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="consultations"
    )
    held_on = models.DateField(_("date"), null=True, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)
    considered = models.CharField(
        _("text before the body"),
        max_length=20,
        choices=Considered,
        blank=True,
        help_text=_("Only for a consultation before the day on which the edition was frozen."),
    )

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering: ClassVar = in_order()
        constraints = [
            models.UniqueConstraint(
                name="council_consultation_once_a_day",
                fields=["paper", "body", "held_on"],
                violation_error_message=_("This body's consultation of this day is already recorded."),
            ),
            models.CheckConstraint(
                name="council_consultation_result_has_date",
                condition=Q(result="") | Q(held_on__isnull=False),
                violation_error_message=_("A result needs the day of the consultation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%d.%m.%Y}" if self.held_on else str(self.body)

    def clean(self) -> None:
        super().clean()
        if self.result and self.held_on and self.held_on > timezone.localdate():
            raise ValidationError({"result": _("This day is still to come: there cannot be a result yet.")})
        if self.has_decided and self.is_of_earlier_text:
            message = _(
                "A decision on an earlier state of the text is none on this edition. Please correct the day, or let "
                "the paper name the edition that was decided on."
            )
            raise ValidationError({"considered": message})

    @property
    def is_authoritative(self) -> bool:
        """Whether this body decides, and does not only prepare (OParl's word)."""
        return self.role == self.Role.DECISION

    @property
    def has_decided(self) -> bool:
        """Whether the matter ended here: it was agreed to, with or without changes, or refused."""
        return self.is_authoritative and self.result in self.FINAL

    @property
    def is_of_earlier_text(self) -> bool:
        """Whether the body had an earlier state of the text before it than the edition that the paper names."""
        return self.considered == self.Considered.EARLIER

    @property
    def comes_last(self) -> bool:
        """Whether the matter ended here, or is to end here."""
        return self.has_decided or (self.is_authoritative and not self.result)

    def as_plain(self) -> dict[str, Plain]:
        """As `Paper.as_plain` lists it. "held_on" is in ISO 8601, "result" in words; "" where there is none yet."""
        return {
            "body": self.body.name,
            "held_on": self.held_on.isoformat() if self.held_on else "",
            "result": self.get_result_display() if self.result else "",
            "is_authoritative": self.is_authoritative,
        }


def out_of_order(consultations: Iterable[Consultation]) -> str:
    """Why these consultations of one paper cannot follow each other, in a sentence; "" where they can."""
    dated = sorted(
        (each for each in consultations if each.held_on),
        key=lambda each: (str(each.held_on), each.is_authoritative),
    )
    for decision, later in pairwise(dated):
        if decision.has_decided:
            message = gettext("“%(later)s” comes after the decision (%(decision)s). The decision comes last.")
            return message % {"later": later, "decision": decision}
        if decision.comes_last:
            message = gettext(
                "“%(later)s” comes after the day of the decision (%(decision)s). The decision comes last; where it "
                "was postponed, that is its result."
            )
            return message % {"later": later, "decision": decision}
    return ""


def before_its_paper(paper: Paper, consultations: Iterable[Consultation]) -> str:
    """Which consultation would have been held before the paper was written, in a sentence; "" where none."""
    for consultation in consultations:
        if consultation.held_on and paper.dated_on and consultation.held_on < paper.dated_on:
            message = gettext("“%(consultation)s” would be before the date of the paper (%(date)s).")
            return message % {"consultation": consultation, "date": f"{paper.dated_on:%d.%m.%Y}"}
    return ""


def check_consultations(paper: Paper, consultations: Collection[Consultation]) -> None:
    """ValidationError where these, as all that there are of a paper, cannot follow each other or fit what was
    resolved. What an edition carries as its seal stays as it is, and is not asked again."""
    if paper.pk and paper.is_sealed:
        return
    if message := out_of_order(consultations) or before_its_paper(paper, consultations):
        raise ValidationError(message)
    resolutions = Resolution.objects.filter(consultation__in=[each.pk for each in consultations if each.pk])
    resolved = {resolution.consultation_id: resolution for resolution in resolutions}
    for each in consultations:
        if each.pk in resolved and (message := resolved[each.pk].misfit(each)):
            raise ValidationError(message)


class Votes(models.Model):
    """How many voted how."""

    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    votes_abstaining = models.PositiveSmallIntegerField(_("abstaining"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def votes(self) -> tuple[int | None, int | None, int | None]:
        """For, against, abstaining; None where the number is not known."""
        return self.votes_for, self.votes_against, self.votes_abstaining


COMPLETE = Q(votes_for__isnull=True, votes_against__isnull=True, votes_abstaining__isnull=True) | Q(
    votes_for__isnull=False, votes_against__isnull=False, votes_abstaining__isnull=False
)
COMPLETE_MESSAGE = _("Please give all three numbers, or none; where nobody voted so, give 0.")


class Resolution(Votes):
    """What a body decided on a paper (Beschluss): its wording, and the votes as far as they are known."""

    consultation = models.OneToOneField(
        Consultation, verbose_name=_("consultation"), on_delete=models.CASCADE, related_name="resolution"
    )
    text = LongTextField(
        _("wording as decided"),
        blank=True,
        help_text=_("The wording of the minutes. Please name no persons."),
    )
    vote_note = LineField(
        _("vote in words"), max_length=200, blank=True, help_text=_("For example: einstimmig")
    )

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["-consultation__held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="council_resolution_votes_complete",
                condition=COMPLETE,
                violation_error_message=COMPLETE_MESSAGE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation.paper.reference}, {self.consultation}"

    def clean(self) -> None:
        """A resolution is carried by a majority of the votes; a tie refuses it (§ 50 Abs. 1 GO NRW)."""
        super().clean()
        if not self.consultation_id:
            return
        result = self.consultation.result
        if result not in Consultation.FINAL:
            raise ValidationError(
                {
                    "consultation": _(
                        "This consultation has no result yet that could be recorded as a resolution."
                    )
                }
            )
        if message := self.misfit(self.consultation):
            raise ValidationError({"votes_for": message})

    def misfit(self, consultation: Consultation) -> str:
        """Why this resolution does not fit the result of its consultation, in a sentence; "" where it does."""
        result = consultation.get_result_display() if consultation.result else gettext("open")
        if consultation.result not in Consultation.FINAL:
            message = gettext(
                "A resolution is recorded for %(consultation)s, so the result cannot be: %(result)s."
            )
            return message % {"consultation": consultation, "result": result}
        if self.votes_for is None or self.votes_against is None:
            return ""
        is_carried = self.votes_for > self.votes_against
        if is_carried is (consultation.result == Consultation.Result.REJECTED):
            return gettext("These votes do not fit the result of the consultation (%(result)s).") % {
                "result": result
            }
        return ""


class GroupVote(Votes):
    """How a parliamentary group (Fraktion) voted."""

    resolution = models.ForeignKey(
        Resolution, verbose_name=_("resolution"), on_delete=models.CASCADE, related_name="groups"
    )
    name = LineField(_("parliamentary group"), max_length=100)

    class Meta:
        verbose_name = _("vote of a parliamentary group")
        verbose_name_plural = _("votes by parliamentary group")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_groupvote_once",
                fields=["resolution", "name"],
                violation_error_message=_("This parliamentary group is already recorded."),
            ),
            models.CheckConstraint(
                name="council_groupvote_votes_given",
                condition=Q(
                    votes_for__isnull=False, votes_against__isnull=False, votes_abstaining__isnull=False
                ),
                violation_error_message=_("Please give all three numbers; where nobody voted so, give 0."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def votes_beyond(resolution: Resolution, groups: Iterable[GroupVote]) -> str:
    """Why the groups' votes cannot be part of the whole, in a sentence; "" where they can.

    They may be fewer: members without a group and the mayor vote too.
    """
    names = ("votes_for", "votes_against", "votes_abstaining")
    for name in names:
        whole, part = getattr(resolution, name), sum(getattr(each, name) or 0 for each in groups)
        if whole is not None and part > whole:
            label = Resolution._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            return gettext(
                "The groups have more votes “%(kind)s” (%(part)s) than there are in all (%(whole)s)."
            ) % {"kind": label, "part": part, "whole": whole}
    return ""


def check_votes(resolution: Resolution, groups: Collection[GroupVote]) -> None:
    """ValidationError where these, as all votes of groups, cannot be part of the resolution's."""
    if message := votes_beyond(resolution, groups):
        raise ValidationError(message)
