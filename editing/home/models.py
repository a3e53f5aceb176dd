"""What the start page keeps of somebody."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadGreeting(models.Model):
    """That somebody has read the greeting of the start page (Begrüßung), and wants to see it no more.

    Who has no row has not.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="read_greeting",
    )

    class Meta:
        verbose_name = _("greeting that was read")
        verbose_name_plural = _("greetings that were read")
        default_permissions = ()  # everybody puts their own away

    def __str__(self) -> str:
        return str(self.user)
