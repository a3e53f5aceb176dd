from django.db import migrations

import strategy.validators


class Migration(migrations.Migration):
    """Values keep the zeros with which they were typed: 6,0 stays 6,0."""

    dependencies = [("goals", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="operationalgoal",
            name=name,
            field=strategy.validators.WrittenDecimalField(
                blank=True, decimal_places=4, max_digits=16, null=True, verbose_name=label
            ),
        )
        for name, label in (("base_value", "base value"), ("target_value", "target value"))
    ]
