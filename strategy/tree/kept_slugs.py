"""Addresses of nodes that public editions hold: each belongs to one node, also where it is gone from the tree."""

import uuid
from collections.abc import Collection, Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategy.validators import AddressField


class KeptSlugQuerySet(models.QuerySet["KeptSlug"]):
    """Kept addresses."""

    def refusing(self, slug: str, uid: uuid.UUID | str) -> "KeptSlug | None":
        """That which keeps this node from having this address; None where it may."""
        return self.filter(slug=slug).exclude(uid=uid).first()

    def by_slug(self) -> dict[str, str]:
        """The uids that they belong to."""
        return {slug: str(uid) for slug, uid in self.values_list("slug", "uid")}


class KeptSlug(models.Model):
    """That an address belongs to a node, as an edition that was public holds it: who followed a link, or reads a
    printed one, never comes to something else.

    `title`, `edition` and `frozen_at` are those of the newest such edition (strategy.editions.slug_keeping).
    """

    slug = AddressField(gettext_lazy("address"), max_length=80, unique=True)
    uid = models.UUIDField(gettext_lazy("identity"), db_index=True)
    title = models.CharField(gettext_lazy("title"), max_length=300)
    edition = models.CharField(gettext_lazy("edition"), max_length=200)
    frozen_at = models.DateTimeField(gettext_lazy("frozen at"))

    objects: ClassVar[KeptSlugQuerySet] = KeptSlugQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = gettext_lazy("kept address")
        verbose_name_plural = gettext_lazy("kept addresses")
        default_permissions = ()  # editions alone write it

    def __str__(self) -> str:
        return self.slug

    @property
    def refusal(self) -> str:
        """Why no other node can have it."""
        return _(
            "The address “%(slug)s” belongs to “%(node)s” in the edition “%(edition)s”, where links lead to it. "
            "Please choose another one."
        ) % {"slug": self.slug, "node": self.title, "edition": self.edition}


class TakenFor:
    """The addresses that a new node cannot have: those of others, and those that are kept for others."""

    def __init__(self, uid: uuid.UUID | str, others: Collection[str], kept: Mapping[str, str]) -> None:
        """`kept` has uids by slug."""
        self._uid, self._others, self._kept = str(uid), others, kept

    def __contains__(self, slug: object) -> bool:
        return slug in self._others or self._kept.get(str(slug), self._uid) != self._uid
