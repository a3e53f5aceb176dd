import django.utils.timezone
from django.db import migrations, models

import strategy.validators


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0011_read_greeting"),
    ]

    operations = [
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", strategy.validators.LineField(max_length=100, unique=True, verbose_name="name")),
                ("choices", models.JSONField(editable=False, verbose_name="choices")),
                (
                    "kept_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="kept at"
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment of columns",
                "verbose_name_plural": "assignments of columns",
                "ordering": ["name"],
                "default_permissions": (),
            },
        ),
    ]
