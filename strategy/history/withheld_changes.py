"""What an edition does not hold of a node, although it was done before the freeze."""

import datetime
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from strategy.editions.models import Edition
from strategy.history.models import HistoryRecord


class HeldBack(models.Model):
    """That an edition took a node as it was agreed last: what was done to it from `since` on is not in there."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="held_back"
    )
    uid = models.UUIDField(_("identity"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("change that was held back")
        verbose_name_plural = _("changes that were held back")
        default_permissions = ()  # the freeze alone writes it
        constraints = [
            models.UniqueConstraint(name="strategy_heldback_once", fields=["edition", "uid"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.uid}"


def hold_back(edition: Edition, ends: Mapping[str, int]) -> None:
    """Note that these nodes (by uid) are in the edition as before this record of their history."""
    times: dict[int, datetime.datetime] = dict(
        HistoryRecord.objects.filter(pk__in=ends.values()).values_list("pk", "at")
    )
    HeldBack.objects.bulk_create(
        HeldBack(edition=edition, uid=uid, since=times[pk]) for uid, pk in ends.items()
    )
