"""What is reported on a measure becomes the first report on it. Who said it, and when, was not kept."""

from django.db import migrations
from django.db.models import Q


def fill(apps, schema_editor):
    Progress, Report = apps.get_model("measures", "Progress"), apps.get_model("measures", "Report")
    reported = Progress.objects.exclude(Q(state="") & Q(note=""))
    kept = reported.exclude(uid__in=Report.objects.values("uid"))
    Report.objects.bulk_create(
        Report(
            uid=each.uid,
            state=each.state,
            reported_on=each.reported_on,
            note=each.note,
            next_step=each.next_step,
            is_sample=each.is_sample,
        )
        for each in kept.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("measures", "0006_reports")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
