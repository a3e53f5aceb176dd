"""All migrations over an empty database, then every way into an edition; prints what the database says to each.
Run by test_triggers.py."""

import json
import os

import django


def main() -> dict[str, str]:
    from django.core.management import call_command
    from django.db import IntegrityError, transaction

    from strategy.editions.models import EditionContent
    from tests.strategy.editions.test_triggers import CHANGES, DELETIONS, frozen, sealed

    call_command("migrate", verbosity=0)
    frozen().delete()
    sealed()
    said = {}
    for name, way in {**CHANGES, **{f"delete {name}": way for name, way in DELETIONS.items()}}.items():
        try:
            with transaction.atomic():
                way()
        except IntegrityError as error:
            said[name] = str(error).splitlines()[0]
    assert "Bildung" in EditionContent.objects.get().data
    return said


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(main()))
