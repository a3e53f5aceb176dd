"""Of which state of the portal a folder is."""

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from herne_strategy.version import NUMBER
from procurement.release import Release

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
COMMITTED = "2026-11-30T23:30:00+00:00"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A commit with the portal's name in it."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").touch()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "portal"\nauthors = [{ name = "Team" }]\n')
    monkeypatch.setenv("GIT_COMMITTER_DATE", COMMITTED)
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    for command in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "Begin")):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    return tmp_path


def test_number_of_the_version_is_the_same_everywhere():
    assert re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1] == NUMBER  # type: ignore[index]
    assert re.search(rf"^## \[?(Unveröffentlicht\] – wird )?{re.escape(NUMBER)}", changelog(), re.MULTILINE)


def test_days_of_the_changelog_fall_and_none_is_to_come():
    months = ["November", "Dezember"]
    days = [
        (year, months.index(month), int(day))
        for day, month, year in re.findall(r"^## .*?(\d+)\. (\w+) (\d{4})", changelog(), re.M)
    ]

    assert days == sorted(days, reverse=True)
    assert len(days) >= 2


def test_state_of_a_commit_has_its_time(checkout: Path):
    release = Release.of(checkout)

    assert (release.name, release.owner, release.is_changed) == ("portal", "Team", False)
    assert release.as_of == datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert release.day == "2026-12-01"  # in Herne
    assert len(release.commit) == 12


def test_state_with_changes_says_so_and_has_the_time_of_now(checkout: Path):
    (checkout / "pyproject.toml").write_text('[project]\nname = "other"\nauthors = [{ name = "Team" }]\n')

    release = Release.of(checkout)

    assert release.is_changed
    assert abs((release.as_of - datetime.now(UTC)).total_seconds()) < 60


def test_files_without_git_have_no_commit(tmp_path: Path, checkout: Path):
    (checkout / ".git").rename(checkout / "no-git")

    release = Release.of(checkout)

    assert (release.commit, release.is_changed) == ("", False)


def test_a_set_time_is_taken(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")

    assert Release.of(checkout).day == "1970-01-01"


def changelog() -> str:
    return (ROOT / "CHANGELOG.md").read_text()
