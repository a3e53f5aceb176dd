"""How far the steering group has agreed on a node."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.TextChoices):
    """The review state of a node (Abstimmungsstand)."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("up for agreement")
    AGREED = "agreed", _("agreed")
