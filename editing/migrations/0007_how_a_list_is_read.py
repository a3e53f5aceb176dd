from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0006_meetings"),
    ]

    operations = [
        migrations.AddField(
            model_name="importfile",
            name="choices",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
