"""What long operation is going on, told to those whom it keeps waiting.

It stands in a file of the data folder, and is true while somebody holds the lock of that file: what is written in a
transaction nobody else could read, and of a program that was killed nothing is left.
"""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

FILE = "operation.txt"


@contextlib.contextmanager
def announced(what: str) -> Iterator[None]:
    """Let others know while this goes on. Nothing depends on it: where no file can be written, nobody is told."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            file = stack.enter_context(_path().open("a+", encoding="utf-8"))
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            file.write(f"{timezone.localtime():%H:%M}\n{what}")
            file.flush()
        yield


def going_on() -> tuple[str, str] | None:
    """Since when (such as 10:20), and what; None where nothing is."""
    with contextlib.suppress(OSError), _path().open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            since, _newline, what = file.read().partition("\n")
            return since, what
    return None


def _path() -> Path:
    return Path(settings.DATA_DIR) / FILE
