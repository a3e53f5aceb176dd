from django.db import migrations

import strategy.german_order


class Migration(migrations.Migration):
    """The order of names no longer depends on the collation of the database."""

    dependencies = [("council", "0006_paper_publicity")]

    operations = [
        migrations.AlterModelOptions(
            name="body",
            options={
                "ordering": [strategy.german_order.GermanOrder("name"), "key"],
                "verbose_name": "body",
                "verbose_name_plural": "bodies",
            },
        )
    ]
