"""Which backups there are, and which of them are kept."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

NAME = "strategie-{:%Y%m%dT%H%M%SZ}.tar.gz"
RECENT = datetime.timedelta(days=2)
_PATTERN = re.compile(r"strategie-(\d{8}T\d{6}Z)\.tar\.gz(\.age)?")


@dataclass(frozen=True, order=True)
class Backup:
    """A good backup: one with its digest beside it, which is written last."""

    made_at: datetime.datetime
    path: Path

    @property
    def digest(self) -> Path:
        """The file with its SHA-256, as sha256sum reads it."""
        return self.path.with_name(f"{self.path.name}.sha256")


def backups_in(folder: Path) -> list[Backup]:
    """The good ones, the newest first."""
    found = []
    for path in folder.iterdir():
        if match := _PATTERN.fullmatch(path.name):
            made_at = datetime.datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
            found.append(Backup(made_at, path))
    return sorted((each for each in found if each.digest.exists()), reverse=True)


def outdated(backups: list[Backup], keep: tuple[int, int, int]) -> list[Backup]:
    """Those to delete: kept are the last ones of so many days, weeks and months that have one, and all of the two days
    before the newest. So days on which nothing was backed up delete nothing."""
    kept = {backup for backup in backups if backups[0].made_at - backup.made_at <= RECENT}
    for number, period in zip(keep, ("%Y-%m-%d", "%G-%V", "%Y-%m"), strict=True):
        last = {}
        for backup in sorted(backups):
            last[backup.made_at.strftime(period)] = backup
        kept |= set(sorted(last.values(), reverse=True)[:number])
    return [backup for backup in backups if backup not in kept]
