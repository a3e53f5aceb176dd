"""A log of which each day is a file of its own, kept for so many days."""

import datetime
import fcntl
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any, TextIO

READABLE = 0o640  # by the portal's user and its group


class DailyFile(WatchedFileHandler):
    """`name.log` has today's lines, `name-2027-01-31.log` those of that day.

    Any number of processes write to it. The first one on a new day renames the file and deletes those that are too old;
    the others see that and open the new one. A line that cannot be written goes to stderr, and no request fails.
    """

    def __init__(self, filename: str | os.PathLike[str], days: int) -> None:
        super().__init__(filename, encoding="utf-8", delay=True)
        self.path = Path(filename)
        self.days = days
        self._day: datetime.date | None = None
        with suppress(OSError):
            self._turn_over()  # so that what is too old goes even where nothing happens

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._turn_over()
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Called where a line could not be written: the disk is full, or the folder is not the portal's."""
        print(f"{self.path}: {sys.exc_info()[1]}: {self.format(record)}", file=sys.stderr)

    def _open(self) -> Any:
        file: TextIO = open(self.path, "a", encoding="utf-8", opener=_create)  # noqa: SIM115
        return file

    def _turn_over(self) -> None:
        today = datetime.date.today()
        if self._day == today:
            return
        with _locked(self.path.parent):
            with suppress(FileNotFoundError):
                day = datetime.date.fromtimestamp(self.path.stat().st_mtime)
                earlier = self.path.with_stem(f"{self.path.stem}-{day}")
                if day < today and not earlier.exists():
                    self.path.rename(earlier)
            for day, earlier in self._earlier():
                if day < today - datetime.timedelta(days=self.days):
                    earlier.unlink(missing_ok=True)
        self._day = today

    def _earlier(self) -> Iterator[tuple[datetime.date, Path]]:
        for path in self.path.parent.glob(f"{self.path.stem}-*{self.path.suffix}"):
            with suppress(ValueError):
                yield datetime.date.fromisoformat(path.stem.removeprefix(f"{self.path.stem}-")), path


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _create(path: str, flags: int) -> int:
    """Opened, and where it is new, for nobody else to read. Root's commands leave it to the owner of the folder."""
    descriptor = os.open(path, flags, READABLE)
    if os.geteuid() == 0:
        owner = os.stat(os.path.dirname(path))
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor
