"""Forms that have been sent: each makes what it makes once, however often its button is pressed."""

import datetime
import uuid
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = datetime.timedelta(days=7)


class SentFormManager(models.Manager["SentForm"]):
    """Forms by the token that each was opened with."""

    def claim(self, token: uuid.UUID, digest: str) -> tuple["SentForm", bool]:
        """The form with this token, and whether it is sent for the first time.

        Whoever sends the same one meanwhile waits here until the transaction ends: then it is the first no more, or
        nothing was made of it and the row is gone again.
        """
        transaction.on_commit(self.forget_old, robust=True)  # by itself: the locks of two would cross
        return self.get_or_create(token=token, defaults={"digest": digest})

    def old(self) -> models.QuerySet["SentForm"]:
        """Those that nobody has open any more."""
        return self.filter(at__lt=timezone.now() - KEPT_FOR)

    def forget_old(self) -> None:
        """Delete those that nobody has open any more."""
        self.old().delete()


class SentForm(models.Model):
    """A form that was sent, by its one-time token (idempotency key), and what was made of it.

    `digest` is that of what was typed, `address` where what was made can be seen.
    """

    token = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    address = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar[SentFormManager] = SentFormManager()

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        default_permissions = ()  # forms alone write it

    def __str__(self) -> str:
        return self.name
