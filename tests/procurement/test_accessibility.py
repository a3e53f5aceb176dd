"""The report on barriers says what the last run of all tests saw: no more, and not less."""

from datetime import date
from pathlib import Path

import pytest

from procurement.accessibility import last_run
from procurement.documents import _accessibility
from procurement.facts import of_accessibility
from procurement.release import Release
from tests.browser import accessibility_record

pytestmark = pytest.mark.once

TAGS = ["wcag2a", "wcag22aa"]
BARRIER = {"id": "label", "impact": "critical", "help": "Form elements must have labels", "nodes": [{}, {}]}


def result(*violations: dict) -> dict:
    """What axe answers, as far as it is read."""
    return {
        "violations": list(violations),
        "passes": [{"id": "list"}],
        "incomplete": [{"id": "color-contrast"}],
        "inapplicable": [{"id": "video-caption"}],
        "testEngine": {"name": "axe-core", "version": "4.10"},
    }


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record of a run that has begun."""
    path = tmp_path / "var" / "accessibility.jsonl"
    monkeypatch.setenv("ACCESSIBILITY_RECORD", str(path))
    accessibility_record.begin(path)
    return path


def test_run_is_read_as_it_was_recorded(record: Path):
    accessibility_record.look("SDG 4", "/sdg/4/", "1280 × 900 px, hell", result(), TAGS)
    accessibility_record.look("SDG 4", "/sdg/4/", "320 × 640 px, dunkel", result(BARRIER), TAGS)
    accessibility_record.leave_out("Druck", "/druck/", accessibility_record.LONG)
    accessibility_record.end(record, passed=False)

    run = last_run(record)

    assert (run.on, run.has_passed, run.engine, run.tags) == (
        date.today(),
        False,
        "axe-core 4.10",
        tuple(TAGS),
    )
    assert run.rules == {"label", "list", "color-contrast", "video-caption"}
    assert [(page.address, page.looks) for page in run.checked] == [("/sdg/4/", 2)]
    assert [page.title for page in run.left_out] == ["Druck"]
    assert [(each["rule"], each["places"], each["seen"]) for each in run.violations] == [
        ("label", 2, "320 × 640 px, dunkel")
    ]


def test_next_run_takes_the_place_of_the_last(record: Path):
    accessibility_record.look("SDG 4", "/sdg/4/", "hell", result(BARRIER), TAGS)
    accessibility_record.begin(record)

    assert (last_run(record).pages, last_run(record).violations) == ({}, [])


def test_pages_of_one_address_are_told_by_their_titles(record: Path):
    accessibility_record.look("Barriere melden", "/barriere-melden/", "hell", result(), TAGS)
    accessibility_record.look("Fehler: Barriere melden", "/barriere-melden/", "hell", result(), TAGS)

    assert len(last_run(record).checked) == 2


def test_single_tests_record_nothing(record: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ACCESSIBILITY_RECORD")
    accessibility_record.look("SDG 4", "/sdg/4/", "hell", result(), TAGS)

    assert last_run(record).pages == {}


def test_report_without_a_run_says_which_command_makes_one(files: dict[str, str]):
    page = files["barrierefreiheit.html"]

    assert "Noch nicht: Auf diesem Rechner gab es noch keinen vollständigen Testlauf." in page
    assert "make test" in page
    assert "noch kein Testlauf auf diesem Rechner" in files["index.html"]


def test_report_of_a_run_that_passed(record: Path, release: Release):
    accessibility_record.look("SDG 4", "/sdg/4/", "hell", result(), TAGS)
    accessibility_record.end(record, passed=True)
    run = last_run(record)
    run.version = release.version

    page = _accessibility(release, run)["barrierefreiheit.html"]

    assert "alle Tests im Browser bestanden" in page
    assert "1 Seiten in 1 Ansichten" in page
    assert "<dd>keine</dd>" in page
    assert 'class="no"' not in page
    assert not of_accessibility(run, release).is_gap


def test_report_names_barriers_and_says_what_its_run_lacks(record: Path, release: Release):
    """Not ended, of another version, with a barrier: none of it looks like a result that is good."""
    accessibility_record.look("SDG 4", "/sdg/4/", "hell", result(BARRIER), TAGS)
    run = last_run(record)

    page = _accessibility(release, run)["barrierefreiheit.html"]

    assert "Der Lauf wurde nicht beendet" in page
    assert "eine andere als die dieses Ordners" in page
    assert "label: Form elements must have labels" in page
    assert of_accessibility(run, release).is_gap
