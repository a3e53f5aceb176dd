"""Nodes that were there before review states existed were what everybody had agreed on."""

from django.db import migrations


def agree(apps, schema_editor):
    apps.get_model("strategy", "Node").objects.filter(reviewed_at=None).update(review="agreed")


class Migration(migrations.Migration):
    dependencies = [("strategy", "0002_review_and_history")]

    operations = [migrations.RunPython(agree, migrations.RunPython.noop)]
