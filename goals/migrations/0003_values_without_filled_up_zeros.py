from decimal import Decimal

from django.db import migrations

NAMES = ("base_value", "target_value")
PLACES = 4  # to which PostgreSQL filled up every value


def drop_zeros(apps, schema_editor):
    """Nobody typed these zeros: the database added them. A value that has fewer places is as somebody typed it."""
    goals = apps.get_model("goals", "OperationalGoal").objects.using(schema_editor.connection.alias)
    for pk, *values in goals.values_list("pk", *NAMES):
        filled = {
            name: Decimal(f"{value.normalize():f}")
            for name, value in zip(NAMES, values)
            if value is not None and value.as_tuple().exponent == -PLACES
        }
        if filled:
            goals.filter(pk=pk).update(**filled)


class Migration(migrations.Migration):
    """What was stored before is shown and frozen as ever."""

    dependencies = [("goals", "0002_values_as_written")]

    operations = [migrations.RunPython(drop_zeros, migrations.RunPython.noop)]
