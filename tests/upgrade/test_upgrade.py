"""What an earlier program left is all there after an update, and works."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.strategy.own_database import report_of
from tests.upgrade.kept import DAYS, FOLDER, kept_database

pytestmark = pytest.mark.django_db

DIGESTS = {  # of the editions that are made from the program's own files; those of others are compared as rows
    "plakat": "f0c3365706e5e27e74e09cc2a632b25d18fed4b9b877e68c5da092b60b96fb6d",
    "beispiel-1": "b1c487993463d8be18903567ad4836d0e565e267befaf5d8e93ae0735ae30871",
    "beispiel-2": "7bb537f68238d6eaed8eaa3c5b116b2f2946b7eec19c0ff0ada85586e2dbb521",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Any:
    folder: Path = tmp_path_factory.mktemp("upgrade")
    with kept_database("2026-11-30", folder) as url:
        return report_of("tests.upgrade.upgrading", url)


def test_upgrade_keeps_every_row_of_every_table(report: Any):
    assert report["differences"] == []


def test_upgrade_keeps_what_everybody_may(report: Any):
    assert report["rights"] == []


def test_upgrade_keeps_what_the_administrations_log_points_to(report: Any):
    assert report["log"] == [["LegalPage", "Impressum"]]


def test_upgrade_keeps_the_digest_of_every_edition(report: Any):
    editions = report["editions"]

    assert {name: editions[name] for name in DIGESTS} == DIGESTS
    assert len(editions) == 7


def test_what_was_reported_is_the_first_report(report: Any):
    holds, kept = report["reports"]

    assert "running Die ersten stehen." in kept
    assert kept == holds


def test_upgraded_portal_answers_every_address_of_its_sitemap(report: Any):
    assert report["failing"] == []


def test_edition_that_was_before_the_council_already_says_that_no_file_is_kept(report: Any):
    assert report["attachment"] == [True, 200, 200, 404]


def test_upgraded_nodes_do_not_count_as_edited(report: Any):
    """Loading the same file again leaves alone what it loaded, and only reports what people changed since."""
    assert "Knoten: 0 neu, 0 geändert, 32 unverändert." in report["reloaded"]
    assert "Kurz gesagt." not in report["reloaded"]
    assert report["reloaded"].count("wurde in der Datenbank geändert") == 2


@pytest.mark.parametrize("day", DAYS)
def test_archive_of_an_earlier_program_is_still_whole(day: str):
    out = StringIO()

    call_command("verify_archive", FOLDER / f"{day}.archive.zip", stdout=out)

    assert "Alle Dateien sind da, und es wurde kein Fehler gefunden." in out.getvalue()
