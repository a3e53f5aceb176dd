"""The council's papers and the way that they took through its bodies. Terms as in OParl 1.1."""

import re

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from strategy.document import Plain
from strategy.validators import LineField, LongTextField

validate_number = RegexValidator(
    re.compile(r"\A\d{4}/\d{4}(-\d+)?\Z"),
    _("The number of a paper is written like 2021/0734 or 2021/0734-1."),
)


class Paper(models.Model):
    """A paper before the council (Vorlage)."""

    reference = models.CharField(_("number"), max_length=20, unique=True, validators=[validate_number])
    name = LineField(_("subject"), max_length=300)
    paper_type = LineField(_("kind"), max_length=100, blank=True)
    under_direction_of = LineField(_("lead"), max_length=200, blank=True)
    url = models.URLField(_("address in the council information system"), max_length=500, blank=True)
    proviso = LongTextField(_("proviso"), blank=True, help_text=_("In whose sense the decision holds."))

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-reference"]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    def as_plain(self) -> dict[str, Plain]:
        """The paper with its consultations as plain data, as it goes into an edition that refers to it."""
        return {
            "reference": self.reference,
            "name": self.name,
            "paper_type": self.paper_type,
            "under_direction_of": self.under_direction_of,
            "url": self.url,
            "proviso": self.proviso,
            "consultations": [each.as_plain() for each in self.consultations.all()],
        }


class Consultation(models.Model):
    """That a body dealt with a paper (Beratung). Together, in order, they are its Beratungsfolge."""

    paper = models.ForeignKey(
        Paper, verbose_name=_("paper"), on_delete=models.CASCADE, related_name="consultations"
    )
    body = LineField(_("body"), max_length=200)
    held_on = models.DateField(_("date"))
    result = LineField(_("result"), max_length=100, blank=True)
    is_authoritative = models.BooleanField(_("decides"), default=False)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_consultation_once_a_day",
                fields=["paper", "body", "held_on"],
                violation_error_message=_("This body's consultation of this day is already recorded."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%d.%m.%Y}"

    def as_plain(self) -> dict[str, Plain]:
        return {
            "body": self.body,
            "held_on": self.held_on.isoformat(),
            "result": self.result,
            "is_authoritative": self.is_authoritative,
        }
