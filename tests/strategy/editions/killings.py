"""Loads, freezes and accepts proposals again and again, each in a process that is killed at some moment.

Prints what was there before, what would be there after, and what is there then. Run by test_killed.py.
"""

import json
import os
import random
import signal
import sys
import time
import uuid
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import django
import yaml

FREEZES = LOADS = 25
EDITS = 20


def strategy(word: str, goals: int) -> dict[str, Any]:
    """A strategy file: 1 chapter, 2 themes, this many goals in each with nine nodes below. `word` is in every title."""

    def node(kind: str, name: str, *children: dict, **values: object) -> dict[str, Any]:
        uid = str(uuid.uuid5(uuid.NAMESPACE_URL, name))
        return {
            "kind": kind,
            "uid": uid,
            "slug": name,
            "title": f"{word} {name}",
            **values,
            **({"children": list(children)} if children else {}),
        }

    def operational(name: str) -> dict[str, Any]:
        measures = (node("measure", f"{name}-m{n}", lead="fb-1") for n in range(2))
        return node("operational_goal", name, *measures)

    def goal(name: str) -> dict[str, Any]:
        direct = (node("measure", f"{name}-d{n}", lead="fb-1") for n in range(2))
        return node("strategic_goal", name, *direct, operational(f"{name}-o0"), operational(f"{name}-o1"))

    def theme(name: str) -> dict[str, Any]:
        return node(
            "theme", name, node("guideline", f"{name}-l", *(goal(f"{name}-z{n}") for n in range(goals)))
        )

    return {
        "format": 1,
        "strategy": {"city": "Herne", "title": f"{word} Strategie"},
        "departments": [{"key": "fb-1", "name": f"{word} Fachbereich"}],
        "nodes": [node("chapter", "k"), theme("a"), theme("b")],
    }


def state() -> dict[str, Any]:
    """All that a killed process could have left half done: the tree, its title page, editions, live data."""
    from editing.models import Proposal
    from measures.models import Department
    from measures.progress import Progress
    from strategy.document.data import canonical_json, digest_of
    from strategy.editions.integrity import damage
    from strategy.editions.models import Edition, Strategy
    from strategy.editions.working_tree import edition_data, problems
    from strategy.history.models import HistoryRecord
    from strategy.tree.models import Node

    return {
        "tree": digest_of(canonical_json(edition_data())),
        "nodes": Node.objects.count(),
        "title": Strategy.current().title,
        "editions": [[each.slug, each.digest, damage(each)] for each in Edition.objects.order_by("pk")],
        "departments": list(Department.objects.values_list("key", "name")),
        "progress": list(Progress.objects.values_list("state", "note")),
        "history": HistoryRecord.objects.count(),
        "proposals": list(Proposal.objects.values_list("state", flat=True)),
        "problems": problems(),
    }


def in_a_process(action: Callable[[], object], *, killed_after: float | None = None) -> tuple[bool, float]:
    """Whether the process was killed before it was done, and the seconds that it took."""
    from django.db import connections

    connections.close_all()
    started = time.monotonic()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            action()
            code = 0
        finally:
            os._exit(code)
    if killed_after is not None:
        time.sleep(max(0, started + killed_after - time.monotonic()))
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    seconds = time.monotonic() - started
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"The process failed by itself: {status}."
    wait_until_alone()
    return os.WIFSIGNALED(status), seconds


def wait_until_alone() -> None:
    """PostgreSQL goes on for a moment for a client that is no more."""
    from django.db import connection

    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.01)


class Loading:
    """Loading the large file over the small one."""

    name = "load"

    def __init__(self, folder: Path) -> None:
        self.small, self.large = folder / "small.yaml", folder / "large.yaml"
        self.small.write_text(yaml.safe_dump(strategy("Alt", 1), sort_keys=False))
        self.large.write_text(yaml.safe_dump(strategy("Neu", 3), sort_keys=False))

    def prepare(self) -> None:
        from herne_strategy.strategy_files.loading import load
        from strategy.history.models import HistoryRecord
        from strategy.tree.models import Node

        Node.objects.all().delete()
        HistoryRecord.objects.all().delete()
        load(self.small, overwrite=True)

    def run(self) -> None:
        from django.core.management import call_command

        call_command("load_strategy", str(self.large), overwrite=True, stdout=StringIO())

    def undo(self) -> None:
        self.prepare()


class Freezing:
    """Freezing what the large file says."""

    name = "freeze"

    def __init__(self, loading: Loading) -> None:
        self.loading = loading

    def prepare(self) -> None:
        from herne_strategy.strategy_files.loading import load

        load(self.loading.large, overwrite=True)

    def run(self) -> None:
        from django.core.management import call_command

        call_command("freeze_edition", slug="neu", title="Neue Fassung", stdout=StringIO())

    def undo(self) -> None:
        from strategy.editions.models import Edition

        Edition.objects.filter(slug="neu").delete()


class Accepting:
    """Accepting a proposal, and a deletion with all below it, in one go."""

    name = "accept"

    def __init__(self, loading: Loading) -> None:
        self.loading = loading

    def prepare(self) -> None:
        from django.contrib.auth.models import User

        from editing.exchange.proposal_actions import propose
        from editing.models import Proposal
        from strategy.tree.models import Node

        self.loading.prepare()
        Proposal.objects.all().delete()
        by, _is_new = User.objects.get_or_create(username="redaktion", defaults={"is_superuser": True})
        propose(Node.objects.get(slug="k"), content={"text": "Neu."}, by=by, reason="Besser")

    def run(self) -> None:
        from django.contrib.auth.models import User
        from django.db import transaction

        from editing.exchange.proposal_actions import accept
        from editing.models import Proposal
        from strategy.history import node_actions
        from strategy.tree.models import Node

        with transaction.atomic():
            accept(Proposal.objects.get(), by=User.objects.get(username="redaktion"))
            node_actions.delete(Node.objects.get(slug="a"))

    def undo(self) -> None:
        self.prepare()


Action = Loading | Freezing | Accepting


def rounds(action: Action, number: int, chance: random.Random) -> list[dict[str, Any]]:
    """What was found after each killing. The moments are spread over what an undisturbed run takes."""
    action.prepare()
    before = state()
    seconds = sorted(_undisturbed(action) for _ in range(3))[1]
    action.run()
    after = state()
    action.undo()
    found = []
    for n in range(number):
        moment = seconds * 2 * (n + chance.random()) / number
        killed, _ = in_a_process(action.run, killed_after=moment)
        now = state()
        found.append(
            {"action": action.name, "killed": killed, "before": before, "after": after, "found": now}
        )
        if now != before:
            action.undo()
    return found


def _undisturbed(action: Action) -> float:
    _, seconds = in_a_process(action.run)
    action.undo()
    return seconds


def main(folder: Path) -> list[dict[str, Any]]:
    from django.core.management import call_command

    from measures.progress import Progress
    from strategy.tree.models import Node

    call_command("migrate", verbosity=0)
    loading = Loading(folder)
    loading.prepare()
    uid = Node.objects.filter(kind="measure").values_list("uid", flat=True)[0]
    Progress.objects.create(uid=uid, state="running", reported_on="2026-01-31", note="Es geht voran.")
    call_command("freeze_edition", slug="alt", title="Alte Fassung", stdout=sys.stderr)
    chance = random.Random(7)
    return [
        *rounds(loading, LOADS, chance),
        *rounds(Freezing(loading), FREEZES, chance),
        *rounds(Accepting(loading), EDITS, chance),
    ]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(main(Path(sys.argv[1]))))
