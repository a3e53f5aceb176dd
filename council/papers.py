"""Papers before the council, and what of the strategy they are about. Terms as in OParl 1.1."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.document.data import Plain
from strategy.editions.models import Edition, EditionContent
from strategy.tree.models import Node
from strategy.validators import LineField, LongTextField

NUMBER = re.compile(r"\A\d{4}/\d{4}(-\d+)?\Z")
validate_number = RegexValidator(
    NUMBER,
    _("The number of a paper is written like 2021/0734 or 2021/0734-1."),
)
FIRST_YEAR = 1975  # the reform that made the city what it is


def public_on(day: datetime.date, prefix: str = "") -> Q:
    """The papers that are public on this day; `prefix` leads to them from rows of another model."""
    return Q(**{f"{prefix}is_public": True}) | Q(**{f"{prefix}public_from__lte": day})


class Paper(models.Model):
    """A paper before the council (Vorlage), public or not (§ 48 Abs. 2 GO NRW), with all that belongs to it:
    consultations, resolutions, votes. One that is not can be from a day on.

    `edition` is the one that it lays before the council. Where the council decided on changes,
    `amended_edition` is the one with these changes. The edition's state and seal are set by council/actions.py, as is
    `is_recorded_afterwards`: the decision was known before its edition was laid before the council here.
    """

    reference = models.CharField(_("number"), max_length=20, unique=True, validators=[validate_number])
    name = LineField(_("subject"), max_length=300)
    paper_type = LineField(
        _("kind"), max_length=100, blank=True, help_text=_("For example: öffentliche Beschlussvorlage")
    )
    is_public = models.BooleanField(
        _("public"),
        default=True,
        help_text=_(
            "Without this tick nothing of the paper, its consultations and its resolutions appears on any public page."
        ),
    )
    public_from = models.DateField(
        _("public from"),
        null=True,
        blank=True,
        help_text=_("For a paper that is not public: the day from which it is, if there is one."),
    )
    dated_on = models.DateField(_("date of the paper"), null=True, blank=True)
    under_direction_of = LineField(
        _("lead department"), max_length=200, blank=True, help_text=_("As the paper names it.")
    )
    proposal = LongTextField(_("proposed resolution"), blank=True, help_text=_("The wording of the paper."))
    financial_impact = LongTextField(_("financial impact"), blank=True)
    url = models.URLField(_("address in the council information system"), max_length=500, blank=True)
    proviso = LongTextField(_("proviso"), blank=True, help_text=_("In whose sense the decision holds."))
    edition = models.ForeignKey(
        Edition,
        verbose_name=_("edition before the council"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="papers",
    )
    amended_edition = models.ForeignKey(
        Edition,
        verbose_name=_("edition with the council's changes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="amending_papers",
        help_text=_("Where the council decided on changes: the edition that was frozen with them."),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    is_recorded_afterwards = models.BooleanField(
        _("recorded after the decision"), default=False, editable=False
    )

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-reference"]
        constraints = [
            models.CheckConstraint(
                name="council_paper_public_has_no_day",
                condition=Q(is_public=False) | Q(public_from__isnull=True),
                violation_error_message=_(
                    "A public paper is public already: please leave “public from” empty, or take away the tick "
                    "“public”."
                ),
            ),
            models.CheckConstraint(
                name="council_paper_amends_another_edition",
                condition=Q(amended_edition__isnull=True)
                | (Q(edition__isnull=False) & ~Q(amended_edition=F("edition"))),
                violation_error_message=_(
                    "The edition with the council's changes is another one than the edition before the council."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    def clean(self) -> None:
        super().clean()
        errors = {name: message for name, message in self._misfits() if message}
        if errors:
            raise ValidationError(errors)

    def _misfits(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the editions and days that it names, by field."""
        if self.edition:
            yield "edition", self._misfit(self.edition)
        if self.amended_edition:
            yield "amended_edition", self._misfit(self.amended_edition) or self._is_spoken_for()
        if not self.is_public_today:
            yield "is_public", self._why_it_stays_public()
        if self.withdrawn_on and self.withdrawn_on > timezone.localdate():
            yield "withdrawn_on", gettext("This day is still to come.")
        if self.pk and self.is_sealed:
            return  # what follows cannot be changed any more
        if not self.is_submitted:
            yield "reference", self._misfit_of_its_year()
        if self.withdrawn_on and self.dated_on and self.withdrawn_on < self.dated_on:
            yield "withdrawn_on", gettext("This day is before the date of the paper.")

    def _why_it_stays_public(self) -> str:
        """What is public of it for ever, in a sentence; "" where nothing is."""
        if self.is_submitted or (self.pk and self.is_sealed):
            return gettext("An edition is before the council with this paper: it is public, and stays so.")
        named = f'"reference":"{self.reference}"'  # as canonical JSON has it, and no text in it can
        content = EditionContent.objects.filter(data__contains=named).select_related("edition").first()
        if content is None:
            return ""
        message = gettext(
            "“%(edition)s” was frozen with this paper as its basis, and says so for ever: the paper stays public."
        )
        return message % {"edition": content.edition}

    def _misfit_of_its_year(self) -> str:
        year, last = self.reference[:4], timezone.localdate().year + 1
        if not NUMBER.match(self.reference) or FIRST_YEAR <= int(year) <= last:
            return ""
        message = gettext(
            "“%(year)s” is no year of a paper (%(first)s to %(last)s). The year comes first, as in 2021/0734."
        )
        return message % {"year": year, "first": FIRST_YEAR, "last": last}

    def _misfit(self, edition: Edition) -> str:
        if edition.has_sample:
            return gettext("An edition with sample data cannot be laid before the council.")
        if edition.paper_number not in ("", self.reference):
            message = gettext("“%(edition)s” is already before the council with paper %(number)s.")
            return message % {"edition": edition, "number": edition.paper_number}
        return ""

    def _is_spoken_for(self) -> str:
        """Whether another paper names the amended edition already."""
        others = Paper.objects.exclude(pk=self.pk)
        named = Q(edition=self.amended_edition) | Q(amended_edition=self.amended_edition)
        other = others.filter(named).first()
        return (
            gettext("Paper %(number)s names this edition already.") % {"number": other.reference}
            if other
            else ""
        )

    @property
    def is_public_today(self) -> bool:
        """Whether readers may know of it today."""
        return self.is_public or (self.public_from is not None and self.public_from <= timezone.localdate())

    @property
    def publicity(self) -> str:
        """What staff reads of that: "" for a paper that is public."""
        if self.is_public_today:
            return ""
        if self.public_from:
            return gettext("not public, from %(day)s on public") % {"day": f"{self.public_from:%d.%m.%Y}"}
        return gettext("not public")

    @property
    def is_afterwards(self) -> bool:
        """Whether the council had decided before the edition was laid before it here: it had another file then."""
        return self.is_recorded_afterwards or (self.decision is not None and not self.is_submitted)

    @property
    def is_submitted(self) -> bool:
        """Whether its edition is or was before the council with this paper."""
        return bool(self.edition and self.edition.paper_number == self.reference)

    @property
    def is_sealed(self) -> bool:
        """Whether an edition carries what this paper's decision says: its way through the bodies stays."""
        editions = [each for each in (self.edition, self.amended_edition) if each]
        return any(each.decided_on and each.paper_number == self.reference for each in editions)

    @property
    def decision(self) -> Any:
        """The Consultation that decided, by agreeing or refusing; None while that is open."""
        return next((each for each in self.consultations.all() if each.has_decided), None)

    def as_plain(self) -> dict[str, Plain]:
        """The paper with its consultations as plain data, as it goes into an edition that refers to it."""
        return {
            "reference": self.reference,
            "name": self.name,
            "paper_type": self.paper_type,
            "under_direction_of": self.under_direction_of,
            "url": self.url,
            "proviso": self.proviso,
            "consultations": [
                each.as_plain() for each in self.consultations.select_related("body") if each.held_on
            ],
        }


class PaperMeasure(models.Model):
    """That a paper is about a single measure (by its uid), and what is decided on it.

    The measure's decision status follows from these: council/decisions.py.
    """

    class Matter(models.TextChoices):
        """What is decided on a measure. German in the source: measures' pages keep the words."""

        CARRY_OUT = "carry_out", "Umsetzung"
        FUND = "fund", "Mittel im Haushalt"

    paper = models.ForeignKey(
        Paper, verbose_name=_("paper"), on_delete=models.CASCADE, related_name="measures"
    )
    uid = models.UUIDField(_("measure"))
    matter = models.CharField(_("what is decided"), max_length=10, choices=Matter, default=Matter.CARRY_OUT)

    class Meta:
        verbose_name = _("measure of a paper")
        verbose_name_plural = _("measures of a paper")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_papermeasure_once",
                fields=["paper", "uid", "matter"],
                violation_error_message=_("This paper names this measure already."),
            )
        ]

    def __str__(self) -> str:
        return Node.objects.filter(uid=self.uid).values_list("title", flat=True).first() or str(self.uid)

    def clean(self) -> None:
        super().clean()
        if self.uid and Node.objects.filter(uid=self.uid, is_sample=True).exists():
            raise ValidationError({"uid": _("This measure is sample data: the council cannot decide on it.")})
