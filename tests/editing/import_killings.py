"""Imports a table again and again, each time in a process that is killed at some moment; prints what was there
before, what would be there after, and what is there then. Run by test_tables_killed.py."""

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

import django

ROUNDS = 12


def state() -> dict[str, Any]:
    """All that a killed import could have left half done."""
    from editing.models import ImportFile, Proposal
    from strategy.document import canonical_json, digest_of
    from strategy.history import HistoryRecord
    from strategy.working_tree import problems, rows

    return {
        "tree": digest_of(canonical_json({"nodes": list(rows())})),
        "history": list(HistoryRecord.objects.order_by("pk").values_list("action", "title", "reason")),
        "proposals": list(Proposal.objects.values_list("title", "state")),
        "files": ImportFile.objects.count(),
        "problems": problems(),
    }


class Importing:
    """A table that changes, moves and adds nodes, uploaded and not yet confirmed."""

    def __init__(self, content: bytes, by: Any, digest: str) -> None:
        self.content, self.by, self.digest = content, by, digest
        self.upload()

    def upload(self) -> None:
        from editing.models import ImportFile

        ImportFile.objects.all().delete()
        self.file = ImportFile.objects.create(name="Tabelle.xlsx", content=self.content, by=self.by)

    def run(self) -> None:
        from editing.tables.importing import run_import
        from editing.tables.reading import read_sheet

        run_import(read_sheet(self.content), file=self.file, digest=self.digest, by=self.by)


def plant_all() -> Any:
    """A tree of 40 measures, a proposal, and somebody to import; that person."""
    from django.contrib.auth.models import User

    from editing.models import Proposal
    from strategy.models import Node
    from tests.strategy.outline import plant

    User.objects.all().delete()
    Node.objects.all().delete()
    measures = "".join(f"\n      measure Maßnahme {n}" for n in range(40))
    nodes = plant(f"theme Bildung\n  guideline Lernen\n    strategic_goal Schulen{measures}\n    strategic_goal Kitas")
    person = User.objects.create_user("steuerung")
    uid = nodes["Maßnahme 1"].uid
    Proposal.objects.create(uid=uid, kind="measure", title="Vorschlag", base={}, content={}, by=person)
    return person


def table() -> Any:
    from tests.editing.table_files import Table

    found = Table()
    for n in range(20):
        found.set(f"Maßnahme {n}", text="Neu.", parent=found.get("Kitas", "uid"))
    for n in range(10):
        found.add(level="Kapitel", title=f"Kapitel {n}")
    return found


def main() -> list[dict[str, Any]]:
    from django.core.management import call_command
    from django.db import connection

    from tests.strategy.killings import in_a_process

    call_command("migrate", verbosity=0)
    person = plant_all()
    changed = table()
    importing = Importing(changed.content(), person, changed.plan().digest)
    before = state()
    backup = dump(connection)
    _, seconds = in_a_process(importing.run)
    after = state()
    chance = random.Random(7)
    found = []
    for n in range(ROUNDS):
        restore(connection, backup)
        killed, _ = in_a_process(importing.run, killed_after=seconds * 1.5 * (n + chance.random()) / ROUNDS)
        found.append({"killed": killed, "before": before, "after": after, "found": state()})
    return found


def dump(connection: Any) -> Any:
    return None


def restore(connection: Any, backup: Any) -> None:
    return None


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(main()))
    del sys, Path
