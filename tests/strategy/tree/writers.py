"""Many writers that change one tree at once; prints what became of it. Run by test_many_writers.py.

Threads on PostgreSQL, where each has a connection of its own, and processes on SQLite.
"""

import json
import multiprocessing
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.pool import Pool, ThreadPool
from typing import Any

import django

WRITERS = 6
STEPS = 60
TREE = """
    chapter Vorwort
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
          operational_goal Zertifikate
            measure Kurse
        strategic_goal Kitas
    theme Klima
      guideline Wärme
        strategic_goal Energie
          operational_goal Dächer
          operational_goal Netze
            measure Leitung
    theme Verwaltung
    chapter Umsetzung
"""

MEETING: list[Any] = []  # the barrier where all writers of this run wait for each other


class Writer:
    """One who changes the tree at random. A clean refusal is part of the work, anything else an error."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.name = seed
        self.outcomes: Counter[str] = Counter()
        self.errors: list[str] = []

    def run(self) -> tuple[dict[str, int], list[str]]:
        from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition

        from strategy.tree.models import Node

        steps: list[Callable[[], None]] = [
            self.add,
            self.sibling,
            self.move,
            self.move,
            self.save,
            self.delete,
        ]
        for _ in range(STEPS):
            step = self.random.choice(steps)
            try:
                step()
                self.outcomes[f"{step.__name__} done"] += 1
            except (InvalidPosition, InvalidMoveToDescendant, Node.DoesNotExist):
                self.outcomes[f"{step.__name__} refused"] += 1
            except Exception as error:
                self.errors.append(f"{step.__name__}: {type(error).__name__}: {error}")
        return dict(self.outcomes), self.errors

    def pick(self, *kinds: str):
        """A node of one of these levels, as it was a moment ago."""
        from strategy.tree.levels import own
        from strategy.tree.models import Node

        pks = list(Node.objects.filter(kind__in=kinds).order_by("pk").values_list("pk", flat=True))
        if not pks:
            raise Node.DoesNotExist
        node = own(Node.objects.get(pk=self.random.choice(pks)))
        time.sleep(self.random.random() * 0.01)
        return node

    def new(self, kind: str):
        from strategy.tree.levels import level_of

        return level_of(kind).model(title=f"Knoten {self.name} {self.random.randrange(10**6)}")

    def add(self) -> None:
        from strategy.tree.kinds import Kind, kinds_below
        from strategy.tree.models import Node

        if self.random.random() < 0.2:
            Node.objects.add_root(instance=self.new(self.random.choice(kinds_below(None))))
            return
        parent = self.pick(*(kind for kind in Kind if kinds_below(kind)))
        Node.objects.add_child(parent, instance=self.new(self.random.choice(kinds_below(parent.kind))))

    def sibling(self) -> None:
        from strategy.tree.models import Node

        target = self.pick("chapter", "theme", "strategic_goal", "operational_goal", "measure")
        pos = self.random.choice(["first-sibling", "left", "right", "last-sibling"])
        Node.objects.add_sibling(target, pos, instance=self.new(target.kind))

    def move(self) -> None:
        from strategy.tree.kinds import Kind, kinds_below
        from strategy.tree.models import Node

        node = self.pick(*Kind.values)
        above = [parent.value for parent in Kind if node.kind in kinds_below(parent)]
        if above and self.random.random() < 0.7:
            Node.objects.move(node, self.pick(*above), self.random.choice(["first-child", "last-child"]))
        else:
            pos = self.random.choice(["first-sibling", "left", "right", "last-sibling"])
            Node.objects.move(node, self.pick(node.kind), pos)

    def save(self) -> None:
        """As a form does that was open for a while: the fields, then the lists, in one transaction."""
        from django.db import transaction

        from goals.models import SDG
        from strategy.tree.kinds import Kind

        node = self.pick(*Kind.values)
        time.sleep(self.random.random() * 0.05)
        node.text = f"Geschrieben von {self.name}."
        with transaction.atomic():
            node.save()
            if hasattr(node, "sdgs"):
                node.sdgs.set(SDG.objects.filter(pk__lte=self.random.randint(0, 3)))

    def delete(self) -> None:
        """Seldom a whole theme: with too many of them gone there would be nothing left to change."""
        from strategy.tree.kinds import Kind

        whole = self.random.random() < 0.1
        self.pick(*(Kind.values if whole else ["measure", "operational_goal", "strategic_goal"])).delete()


def work(seed: int) -> tuple[dict[str, int], list[str]]:
    from django.db import connections

    MEETING[0].wait()
    try:
        return Writer(seed).run()
    finally:
        connections.close_all()


def pool() -> Pool:
    """A pool of all writers, who begin together."""
    from django.db import connection

    if connection.vendor == "postgresql":
        MEETING.append(threading.Barrier(WRITERS))
        return ThreadPool(WRITERS)
    fork = multiprocessing.get_context("fork")
    MEETING.append(fork.Barrier(WRITERS))
    return fork.Pool(WRITERS)


def main(seed: int, is_locked: bool) -> dict[str, object]:
    """The outcomes of all writers, the errors that reached them, and what is wrong with the tree afterwards."""
    from django.core.management import call_command
    from django.db import connections, transaction

    from goals.models import SDG
    from strategy.editions.working_tree import problems
    from strategy.tree import models
    from strategy.tree.models import Node
    from tests.strategy.outline import plant

    call_command("migrate", verbosity=0)
    Node.objects.all().delete()
    SDG.objects.all().delete()
    for number in (1, 2, 3):
        SDG.objects.create(number=number, title=str(number), long_title="x", colour="#123456")
    plant(TREE)
    connections.close_all()
    if not is_locked:
        models.locked_tree = transaction.atomic  # type: ignore[assignment]
    with pool() as writers:
        reports = writers.map(work, [seed * 100 + n for n in range(WRITERS)], chunksize=1)
    outcomes = sum((Counter(counted) for counted, _ in reports), Counter())
    errors = [error for _, errors in reports for error in errors]
    return {"outcomes": outcomes, "errors": errors, "problems": problems(), "nodes": Node.objects.count()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(main(int(sys.argv[1]), is_locked="unlocked" not in sys.argv)))
