"""What is kept of how lists are read."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategy.validators import LineField


class ColumnMapping(models.Model):
    """What the columns of a city's list mean, for its next delivery (Zuordnung): by their headings, with what
    spellings of names stand for."""

    name = LineField(_("name"), max_length=100, unique=True)
    choices = models.JSONField(_("choices"), editable=False)
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now, editable=False)

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
