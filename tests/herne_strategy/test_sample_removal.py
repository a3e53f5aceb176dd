"""Removing the sample data while somebody publishes. What is removed: test_load_sample.py."""

import threading
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from council.freezing import freeze_with_paper
from herne_strategy.strategy_files.sample_removal import remove_sample
from strategy.actions import publish
from strategy.models import PublicState
from tests.strategy.test_many_writers import wait_for_a_waiting_connection

IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.mark.skipif(not IS_POSTGRESQL, reason="SQLite has one writer at a time")
def test_edition_that_is_published_meanwhile_stays_the_shown_one(unprotected: None) -> None:
    call_command("load_strategy", str(settings.BASE_DIR / "fixtures" / "herne.yaml"), stdout=StringIO())
    publish(freeze_with_paper())
    later = freeze_with_paper(slug="spaeter")
    call_command("load_sample", stdout=StringIO())
    errors: list[Exception] = []

    def remove() -> None:
        try:
            remove_sample()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=remove)
    with transaction.atomic():
        publish(later)
        thread.start()
        wait_for_a_waiting_connection()
    thread.join()

    assert errors == []
    assert PublicState.objects.get().shown == later
