"""The addresses that public editions hold are kept for their nodes. Where two nodes have had one, the one of the newer
edition keeps it, and the other is named."""

import json

from django.db import migrations
from django.db.models import Exists, OuterRef, Q


def fill(apps, schema_editor):
    KeptSlug = apps.get_model("strategy", "KeptSlug")
    kept = {}
    for edition in _public(apps).iterator(chunk_size=1):
        for node in json.loads(edition.content.data)["nodes"]:
            slug, before = node["slug"], kept.get(node["slug"])
            if before and str(before.uid) != node["uid"]:
                print(
                    f"\n  Adresse „{slug}“: gehört jetzt zu „{node['title']}“ (Fassung „{edition.title}“); "
                    f"„{before.title}“ (Fassung „{before.edition}“) hat sie nicht mehr."
                )
            kept[slug] = KeptSlug(
                slug=slug,
                uid=node["uid"],
                title=node["title"],
                edition=edition.title,
                frozen_at=edition.frozen_at,
            )
    KeptSlug.objects.all().delete()
    KeptSlug.objects.bulk_create(kept.values(), batch_size=500)


def _public(apps):
    """Those that the public may read or once could, the oldest first."""
    Edition, Publication = apps.get_model("strategy", "Edition"), apps.get_model("strategy", "Publication")
    was_shown = Exists(Publication.objects.filter(edition=OuterRef("pk")))
    public = Edition.objects.filter(Q(was_shown) | Q(published_at__isnull=False) | ~Q(state="working"))
    return public.select_related("content").order_by("frozen_at", "pk")


class Migration(migrations.Migration):
    dependencies = [("strategy", "0007_kept_slugs")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
