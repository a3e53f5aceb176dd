"""Keeping the addresses of public editions for their nodes. Called by the actions of editions, in their transaction."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from strategy.document.data import Plain, upgraded
from strategy.editions.models import Edition, Publication
from strategy.tree.kept_slugs import KeptSlug


def keep_slugs(edition: Edition) -> None:
    """Keep the addresses that an edition holds, which becomes public, for its nodes.

    Where one belongs to another node, as only in databases of older programs, the newer edition has it.
    """
    known = {kept.slug: kept for kept in KeptSlug.objects.all()}
    rows = {
        node["slug"]: KeptSlug(
            slug=node["slug"],
            uid=node["uid"],
            title=node["title"],
            edition=edition.title,
            frozen_at=edition.frozen_at,
        )
        for node in upgraded(json.loads(edition.content.data))["nodes"]
    }
    KeptSlug.objects.bulk_create(
        [row for slug, row in rows.items() if slug not in known or known[slug].frozen_at <= row.frozen_at],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["uid", "title", "edition", "frozen_at"],
    )


def keep_slugs_anew() -> None:
    """Give back the addresses that no edition holds any more of those that are or were public."""
    was_shown = Exists(Publication.objects.filter(edition=OuterRef("pk")))
    KeptSlug.objects.all().delete()
    public = Edition.objects.filter(
        Q(was_shown) | Q(published_at__isnull=False) | ~Q(state=Edition.State.WORKING)
    )
    for edition in public.select_related("content").order_by("frozen_at", "pk").iterator(chunk_size=1):
        keep_slugs(edition)


def refuse_others_slugs(nodes: Iterable[Mapping[str, Plain]]) -> None:
    """ValidationError where one of the nodes of an edition to be has an address that is another one's."""
    kept = {each.slug: each for each in KeptSlug.objects.all()}
    counts: Counter[Any] = Counter(node["slug"] for node in nodes)
    for node in nodes:
        other = kept.get(node["slug"])
        if other and str(other.uid) != node["uid"]:
            says = _("“%(node)s”: %(says)s") % {"node": node["title"], "says": other.refusal}
            raise ValidationError(says)
        if counts[node["slug"]] > 1:
            message = _(
                "Two nodes of the edition would have the address “%(slug)s”, one of them “%(node)s”. Please give one "
                "of them another address, or take it into the edition as it is now."
            )
            raise ValidationError(message % {"slug": node["slug"], "node": node["title"]})
