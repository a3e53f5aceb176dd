"""Which state of the portal the folder is about: every document of it names its version and its day."""

import os
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from herne_strategy.version import program_version

ROOT = Path(__file__).resolve().parent.parent
BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Release:
    """A state of the portal's files. Without changes it is a commit, and its time is that of the commit, so that two
    folders of one commit are the same."""

    name: str
    owner: str
    version: str
    as_of: datetime
    commit: str = ""
    is_changed: bool = False

    @property
    def day(self) -> str:
        """The day in Herne, as in 2026-11-30."""
        return self.as_of.astimezone(BERLIN).date().isoformat()

    @classmethod
    def of(cls, root: Path) -> "Release":
        """The state of a checkout, or of files without git. SOURCE_DATE_EPOCH sets another time."""
        project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
        commit = _git(root, "rev-parse", "--short=12", "HEAD")
        is_changed = bool(_git(root, "status", "--porcelain", "--untracked-files=no"))
        return cls(
            name=project["name"],
            owner=project["authors"][0]["name"],
            version=program_version(root),
            as_of=_time(root, commit, is_changed),
            commit=commit,
            is_changed=is_changed,
        )


def _time(root: Path, commit: str, is_changed: bool) -> datetime:
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC)
    if commit and not is_changed:
        return datetime.fromisoformat(_git(root, "log", "-1", "--format=%cI")).astimezone(UTC)
    return datetime.now(UTC).replace(microsecond=0)


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing where it is not installed or this is no checkout."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
