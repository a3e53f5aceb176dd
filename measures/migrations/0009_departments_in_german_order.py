from django.db import migrations

import strategy.german_order


class Migration(migrations.Migration):
    """The order of names no longer depends on the collation of the database."""

    dependencies = [("measures", "0008_progress_upcoming")]

    operations = [
        migrations.AlterModelOptions(
            name="department",
            options={
                "ordering": [strategy.german_order.GermanOrder("name"), "key"],
                "verbose_name": "department",
                "verbose_name_plural": "departments",
            },
        )
    ]
