"""The bodies of the council: who deals with papers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models import District
from strategy.german_order import GermanOrder
from strategy.keys import key_of
from strategy.validators import LineField


class Body(models.Model):
    """A body that deals with papers (Gremium): the council, a committee, a district's council.

    In OParl's words an Organization; `kind` is its organizationType.
    """

    class Kind(models.TextChoices):
        """What sort of body it is. A district council alone stands for a district."""

        COUNCIL = "council", _("council of the city")
        COMMITTEE = "committee", _("committee")
        DISTRICT_COUNCIL = "district_council", _("district council")

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Stays when the name changes."))
    name = LineField(_("name"), max_length=200)
    short_name = LineField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    district = models.ForeignKey(
        District,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bodies",
        help_text=_("For a district council: the district that it stands for."),
    )
    ended_on = models.DateField(_("existed until"), null=True, blank=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering: ClassVar = [GermanOrder("name"), "key"]
        constraints = [
            models.CheckConstraint(
                name="council_body_district_council_has_district",
                condition=Q(kind="district_council", district__isnull=False)
                | (~Q(kind="district_council") & Q(district__isnull=True)),
                violation_error_message=_("A district council has its district, and no other body has one."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.key = key_of(self)

    @property
    def decides_on_strategy(self) -> bool:
        """Whether it may decide on the strategy as a whole: the council cannot hand its strategic goals over to
        another body (§ 41 Abs. 1 Satz 2 GO NRW)."""
        return self.kind == self.Kind.COUNCIL
