"""Many threads (PostgreSQL) or processes (SQLite) change one tree at once.

Nobody gets an error, and the tree stays whole.
"""

import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from goals.models import SDG
from measures.models import Measure
from strategy.tree.models import Node
from tests.strategy.outline import outline, plant
from tests.strategy.own_database import own_database, report_of
from tests.strategy.tree.writers import STEPS, WRITERS

pytestmark = pytest.mark.stress

MODULE = "tests.strategy.tree.writers"
IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.mark.parametrize("seed", [1, 2])
def test_tree_stays_whole_and_nobody_gets_an_error(tmp_path: Path, seed: int):
    with own_database(tmp_path) as url:
        report = report_of(MODULE, url, seed)

    outcomes = report["outcomes"]
    assert report["errors"] == []
    assert report["problems"] == []
    assert sum(outcomes.values()) == WRITERS * STEPS
    shares = {
        step: outcomes[f"{step} done"] / (outcomes[f"{step} done"] + outcomes.get(f"{step} refused", 0))
        for step in ("add", "sibling", "move", "save", "delete")
    }
    assert {step: share for step, share in shares.items() if share < 0.3} == {}
    assert report["nodes"] > 0


@pytest.mark.skipif(
    not IS_POSTGRESQL, reason="SQLite has one writer at a time, with or without the tree's lock"
)
def test_without_the_lock_it_breaks(tmp_path: Path):
    """That the test above can fail: the same writers without the tree's lock, until it shows."""
    with own_database(tmp_path) as url:
        for seed in range(1, 6):
            report = report_of(MODULE, url, seed, "unlocked")
            if report["errors"] or report["problems"]:
                return

    pytest.fail("Five rounds without the lock, and nothing broke: the writers do not meet.")


def wait_for_a_waiting_connection() -> None:
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_stat_clear_snapshot()"
            )  # in a transaction it would stay as it was first seen
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("Nobody waits.")


@pytest.mark.skipif(not IS_POSTGRESQL, reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_node_that_is_deleted_while_its_form_is_saved_blocks_nobody():
    measure = plant("theme A\n  guideline B\n    strategic_goal C\n      measure D")["D"]
    measure.sdgs.add(SDG.objects.create(number=1, title="1", long_title="x", colour="#123456"))
    errors: list[Exception] = []

    def delete() -> None:
        try:
            Measure.objects.all().delete()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=delete)
    with transaction.atomic():
        measure.save()
        thread.start()
        wait_for_a_waiting_connection()
        measure.sdgs.clear()
    thread.join()

    assert errors == []
    assert outline() == "theme A\n  guideline B\n    strategic_goal C\n"
    assert Node.objects.get(title="C").numchild == 0
