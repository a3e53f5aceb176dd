"""What is kept of how lists are read."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategy.validators import LineField

FITS = 0.75  # of the headings of a list and of a mapping that both know


class ColumnMappingQuerySet(models.QuerySet["ColumnMapping"]):
    """Kept mappings, by the lists that they are for."""

    def fitting(self, headings: Collection[str]) -> "ColumnMapping | None":
        """The one that shares most of these headings, folded, with its own; None where none shares enough."""
        own = set(headings) - {""}
        rated = [
            (len(own & each.headings) / len(own | each.headings), each.kept_at, each) for each in self if own
        ]
        best = max(rated, key=lambda each: each[:2], default=None)
        return best[2] if best and best[0] >= FITS else None


class ColumnMapping(models.Model):
    """What the columns of a city's list mean, for its next delivery (Zuordnung): by their headings, with what
    spellings of names stand for."""

    name = LineField(_("name"), max_length=100, unique=True)
    choices = models.JSONField(_("choices"), editable=False)
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now, editable=False)

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment of columns")
        verbose_name_plural = _("assignments of columns")
        ordering = ["name"]
        default_permissions = ()  # whoever may import keeps them

    def __str__(self) -> str:
        return self.name

    @property
    def headings(self) -> set[str]:
        """The headings that it knows, folded."""
        by_heading: dict[str, Any] = self.choices.get("by_heading", {})
        return set(by_heading)
