"""Making files, one at a time on the whole machine, so that many readers never start many compilers."""

import contextlib
import fcntl
import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connections

from printing.pdf import store
from strategy.document.data import Plain

logger = logging.getLogger(__name__)

TIME_LIMIT = 180  # seconds for one file
MEMORY = 3 * 1024**3  # bytes of addresses for one file; 1,500 measures with long texts use 2.1 GB
PATIENCE = 120  # seconds that a request waits for its turn
RETRY_AFTER = 30  # seconds after which somebody who was sent away may come back
FAILURE_LASTS = 300  # seconds in which what has failed is not tried again
WAITING = threading.BoundedSemaphore(24)  # requests of this process that may wait at once


class Busy(Exception):
    """So many files are being waited for that one more request would only hold up the pages."""


class Failed(Exception):
    """The file cannot be made. `str()` of it is the compiler's reason, for the staff."""


@contextlib.contextmanager
def data_folder() -> Iterator[None]:
    """Where the data folder is full, cannot be written to or belongs to somebody else, a file cannot be made: Failed.
    What is there already is delivered."""
    try:
        yield
    except OSError as error:
        reason = f"{settings.DATA_DIR}: {error.strerror}"
        logger.error("No file can be made: %s", reason)
        raise Failed(reason) from error


@data_folder()
def made(name: str, template: str, build: Callable[[], dict[str, Plain]]) -> Path:
    """The file of this name, from the folder or newly made of what `build` gives."""
    if path := store.find(name):
        return path
    _refuse_failed(name)
    with place():
        data = json.dumps(build(), ensure_ascii=False).encode()
        let_go_of_databases()
        with turn() as lock:
            return _make(name, template, data, lock)


def content(make: Callable[[], Path]) -> bytes:
    """The content of a made file."""
    return found(make)[1]


def found(make: Callable[[], Path]) -> tuple[Path, bytes]:
    """A made file and its content. Another process may have removed it as one of the oldest since it was found."""
    path = make()
    try:
        return path, path.read_bytes()
    except FileNotFoundError:
        path = make()
        return path, path.read_bytes()


def _make(name: str, template: str, data: bytes, lock: int) -> Path:
    """Somebody who was before us in the queue may have made it, or found that it cannot be made."""
    if path := store.find(name):
        return path
    _refuse_failed(name)
    try:
        store.refuse_full()
        with store.new_file(name) as target:
            compile_file(template, data, target, lock)
    except Failed as failed:
        logger.error("PDF %s (%s) could not be made: %s", name, template, failed)
        with contextlib.suppress(OSError):
            store.keep_failure(name, str(failed))
        raise
    store.forget_failure(name)
    store.prune()
    return store.path_of(name)


def compile_file(template: str, data: bytes, target: Path, lock: int) -> None:
    """Run the compiler. It holds the lock as well, so that no second one starts should this process be killed."""
    command = [sys.executable, "-m", "printing.pdf.compile", template, str(target), str(MEMORY)]
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            command,
            input=data,
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=TIME_LIMIT,
            pass_fds=[lock],
            env={"PATH": "", "RAYON_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Failed(f"Not ready after {TIME_LIMIT} seconds.") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise Failed(f"Exit status {done.returncode}. {reason[-2000:]}")


@contextlib.contextmanager
def place() -> Iterator[None]:
    """One of the places for those who wait; Busy where all are taken, or nothing is to be made."""
    if store.makes_nothing() or not WAITING.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        WAITING.release()


@contextlib.contextmanager
def turn() -> Iterator[int]:
    """Hold the one lock of this machine; Busy where it does not come free in time."""
    until = time.monotonic() + PATIENCE
    with (store.folder() / "lock").open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy from None
                time.sleep(0.05)
        yield file.fileno()


def _refuse_failed(name: str) -> None:
    failure = store.failure(name)
    if failure and time.time() - failure[0] < FAILURE_LASTS:
        raise Failed(failure[1])


def let_go_of_databases() -> None:
    """Nobody needs the database while waiting. Within a transaction it is not ours to close."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
