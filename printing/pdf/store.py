"""Files that were made, kept in a folder below DATA_DIR under names that say all that they depend on."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from strategy.document.data import Plain, canonical_json

PDF, ZIP = ".pdf", ".zip"
LIMIT = 512 * 1024 * 1024  # bytes of files that are kept
ROOM = 64 * 1024 * 1024  # bytes that have to be free for one more
_unfinished: ContextVar[set[str] | None] = ContextVar("unfinished", default=None)


def folder() -> Path:
    """Where the files are kept. Whatever is in there can be made anew."""
    path: Path = settings.DATA_DIR / "pdf"
    path.mkdir(parents=True, exist_ok=True)
    return path


def name_of(*parts: Plain) -> str:
    """A name for what depends on exactly these plain data, this program and the portal's own address."""
    whole = {"parts": parts, "program": settings.PROGRAM_VERSION, "public_url": settings.PUBLIC_URL}
    return hashlib.sha256(canonical_json(whole).encode()).hexdigest()[:32]


def path_of(name: str, suffix: str = PDF) -> Path:
    """Where the file of this name lies, or would lie."""
    return folder() / f"{name}{suffix}"


def find(name: str, suffix: str = PDF) -> Path | None:
    """The file of this name, and from now on the last used one; None where it has not been made."""
    path = path_of(name, suffix)
    if (unfinished := _unfinished.get()) is not None:
        if path.exists():
            return path
        unfinished.add(path.name)
        return None
    try:
        os.utime(path)
    except FileNotFoundError:
        return None
    except OSError:  # the folder can only be read, so files go in the order in which they were made
        return path if path.exists() else None
    return path


def refuse_full() -> None:
    """OSError where a new file would hardly find room: whoever waits for it would wait in vain."""
    if shutil.disk_usage(folder()).free < ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextlib.contextmanager
def only_finished() -> Iterator[set[str]]:
    """Within it no file is made, and none counts as used. Gives the names of those that were asked for and are not
    there."""
    unfinished: set[str] = set()
    token = _unfinished.set(unfinished)
    try:
        yield unfinished
    finally:
        _unfinished.reset(token)


def makes_nothing() -> bool:
    """Whether this is within `only_finished`."""
    return _unfinished.get() is not None


@contextlib.contextmanager
def new_file(name: str, suffix: str = PDF) -> Iterator[Path]:
    """A place to write the file at. It takes its name only when all has gone well, at once and whole."""
    with NamedTemporaryFile(dir=folder(), prefix=name, suffix=".part", delete=False) as made:
        path = Path(made.name)
    try:
        yield path
        os.replace(path, path_of(name, suffix))
    finally:
        path.unlink(missing_ok=True)


def copy_of(content: bytes, name: str) -> Path:
    """A copy, beside the files that were made, of one that the database keeps: to be read while that is away. Where
    there can be none, the place where it would lie."""
    path = path_of(name)
    with contextlib.suppress(OSError):
        if not path.exists():
            with new_file(name) as target:
                target.write_bytes(content)
    return path


def prune(limit: int = LIMIT) -> None:
    """Remove what was used longest ago, until the rest keeps within the limit; and leftovers of killed processes.

    Called under the lock: nobody is writing.
    """
    for leftover in (*folder().glob("*.part"), *_old_failures()):
        leftover.unlink(missing_ok=True)
    kept = [path for path in folder().iterdir() if path.suffix in (PDF, ZIP)]
    files = sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)
    size = 0
    for path in files:
        size += path.stat().st_size
        if size > limit and path != files[0]:
            path.unlink(missing_ok=True)


def _old_failures() -> list[Path]:
    """Notes on failures of which nobody asks any more."""
    yesterday = time.time() - 24 * 60 * 60
    return [path for path in folder().glob("*.failed*") if path.stat().st_mtime < yesterday]


def failure(name: str) -> tuple[float, str] | None:
    """When the making of this file failed last, and why; None where it did not."""
    path = folder() / f"{name}.failed"
    try:
        return path.stat().st_mtime, json.loads(path.read_text())["reason"]
    except FileNotFoundError:
        return None


def keep_failure(name: str, reason: str) -> None:
    """Remember why a file cannot be made, in place of an older failure of the same."""
    partial = folder() / f"{name}.failed.{os.getpid()}"
    partial.write_text(json.dumps({"reason": reason}))
    os.replace(partial, folder() / f"{name}.failed")


def forget_failure(name: str) -> None:
    """Let everybody ask for this file again at once, whatever its making came to before."""
    (folder() / f"{name}.failed").unlink(missing_ok=True)
