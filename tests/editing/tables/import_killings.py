"""Imports a table again and again, each time in a process that is killed at some moment; prints what was there
before, what would be there after, and what is there then. Run by test_tables_killed.py."""

import json
import os
import random
import uuid
from typing import Any

import django

ROUNDS = 12


def state() -> dict[str, Any]:
    """All that a killed import could have left half done."""
    from editing.models import ImportFile, Proposal
    from strategy.editions.working_tree import problems, rows
    from strategy.history.models import HistoryRecord

    return {
        "tree": [[row["title"], row["text"], row["parent"]] for row in rows()],
        "history": [
            list(each) for each in HistoryRecord.objects.order_by("pk").values_list("action", "title")
        ],
        "proposals": [list(each) for each in Proposal.objects.values_list("title", "state")],
        "files": ImportFile.objects.count(),
        "problems": problems(),
    }


class Importing:
    """A table that changes, moves and adds nodes, uploaded and previewed, about to be confirmed."""

    def __init__(self) -> None:
        from django.contrib.auth.models import User

        self.by = User.objects.create_superuser("steuerung")

    def prepare(self) -> None:
        """A tree of 20 measures without a history, a proposal, and the table."""
        from editing.models import ImportFile, Proposal
        from strategy.history.models import HistoryRecord
        from strategy.tree.models import Node
        from tests.editing.tables.table_files import Table
        from tests.strategy.outline import plant

        for model in (Node, HistoryRecord, Proposal, ImportFile):
            model.objects.all().delete()
        nodes = plant(OUTLINE, **{title: {"uid": uid_of(title)} for title in TITLES})
        uid = nodes["Maßnahme 1"].uid
        Proposal.objects.create(uid=uid, kind="measure", title="Vorschlag", base={}, content={}, by=self.by)
        table = Table()
        for n in range(10):
            table.set(f"Maßnahme {n}", text="Neu.", parent=uid_of("Kitas"))
        for n in range(5):
            table.add(level="Kapitel", title=f"Kapitel {n}")
        self.digest = table.plan().digest
        self.file = ImportFile.objects.create(name="Tabelle.xlsx", content=table.content(), by=self.by)

    def run(self) -> None:
        from editing.tables.import_actions import run_import
        from editing.tables.reading import read_sheet

        run_import(read_sheet(self.file.content), file=self.file, digest=self.digest, by=self.by)


TITLES = ["Bildung", "Lernen", "Schulen", *(f"Maßnahme {n}" for n in range(20)), "Kitas"]
OUTLINE = "\n".join(
    [
        "theme Bildung",
        "  guideline Lernen",
        "    strategic_goal Schulen",
        *(f"      measure Maßnahme {n}" for n in range(20)),
        "    strategic_goal Kitas",
    ]
)


def uid_of(title: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, title))


def main() -> list[dict[str, Any]]:
    from django.core.management import call_command

    from tests.strategy.editions.killings import in_a_process

    call_command("migrate", verbosity=0)
    importing = Importing()
    importing.prepare()
    before = state()
    _killed, seconds = in_a_process(importing.run)
    after = state()
    chance = random.Random(7)
    found = []
    for n in range(ROUNDS):
        importing.prepare()
        moment = seconds * 1.6 * (n + chance.random()) / ROUNDS
        killed, _seconds = in_a_process(importing.run, killed_after=moment)
        found.append({"killed": killed, "before": before, "after": after, "found": state()})
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(main()))
