"""Blackens a name in a database of its own, as on a server; says what the database still holds of it. Run by
test_bytes.py."""

import json
import os
import sys
from io import StringIO


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from strategy.editions import triggers
    from strategy.editions.actions import freeze, set_state
    from strategy.history import node_actions
    from strategy.tree.models import Node
    from tests.herne_strategy.redaction.ordering import NAME, carried_out, ordered, tables_with
    from tests.strategy.outline import plant

    call_command("migrate", verbosity=0)
    erika, otto = (User.objects.create_superuser(name) for name in ("erika", "otto"))
    plant(
        "theme Bildung\n  guideline Lernen\n    strategic_goal Schulen\n      measure Garten",
        Garten={"text": f"Herr {NAME} pflegt ihn. " * 50},
    )
    edition = freeze(slug="entwurf", title="Entwurf")
    set_state(edition, "consultation", paper_number="2026/0100")
    node_actions.change(Node.objects.get(title="Garten"), content={"text": "Jemand pflegt ihn."}, by=erika)
    before = sorted(tables_with(NAME))
    carried_out(ordered(NAME, by=erika, confirmed_by=otto))
    call_command("verify_editions", stdout=StringIO())
    print(json.dumps({"before": before, "after": sorted(tables_with(NAME)), "missing": triggers.missing()}))


if __name__ == "__main__":
    sys.exit(main())
