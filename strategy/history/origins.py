"""Which nodes came from which, where editors said so: mergers and splits (Herkunft)."""

import datetime
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategy.people import person_field
from strategy.validators import LineField


class OriginQuerySet(models.QuerySet["Origin"]):
    """Origins in the order in which they were named."""

    def of(self, uid: uuid.UUID | str) -> "OriginQuerySet":
        """Those of one node, also where it is no longer in the tree."""
        return self.filter(uid=uid)

    def standing(self, *, at: datetime.datetime | None = None) -> "OriginQuerySet":
        """Those that were named and not taken back, at that time (None: today)."""
        if at is None:
            return self.filter(removed_at=None)
        return self.filter(Q(removed_at=None) | Q(removed_at__gt=at), at__lte=at)


class Origin(models.Model):
    """That a node came from another: it took it in, was split off it, or stands in its place.

    Kept by uid, so that it outlives both. One that was taken back stays as well: what two editions say of each
    other is what stood when the newer one was frozen.
    """

    uid = models.UUIDField(_("identity"), db_index=True)
    origin_uid = models.UUIDField(_("identity of the origin"), db_index=True)
    origin_title = LineField(_("title of the origin"), max_length=300)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = person_field(_("who"), null=True)
    removed_at = models.DateTimeField(_("taken back at"), null=True)
    removed_by = person_field(_("taken back by"), null=True)

    objects = OriginQuerySet.as_manager()

    class Meta:
        verbose_name = _("origin of a node")
        verbose_name_plural = _("origins of nodes")
        ordering = ["pk"]
        default_permissions = ()  # whoever may change the node
        constraints = [
            models.UniqueConstraint(
                name="strategy_origin_named_once",
                fields=["uid", "origin_uid"],
                condition=Q(removed_at__isnull=True),
                violation_error_message=_("This origin has been named already."),
            ),
            models.CheckConstraint(
                name="strategy_origin_is_another",
                condition=~Q(uid=F("origin_uid")),
                violation_error_message=_("A node cannot come from itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.origin_title
