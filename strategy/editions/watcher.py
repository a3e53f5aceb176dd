"""One thread a process watches the public state, so that no reader's request waits for the database.

Where it cannot be read, readers get what was known last; staff pages and forms are told so at once
(strategy/pages/unavailable.py), and the log has a line a minute.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from strategy import postgresql
from strategy.editions.library import Shown, library

logger = logging.getLogger(__name__)

EVERY = 0.25  # seconds between two looks
DEADLINE = 2  # seconds after which a look has failed
OVERDUE = 6  # seconds without a successful look after which whoever waits for the database is freed
SAY_EVERY = 60  # seconds between two lines of the log in one outage

Callback = Callable[[Shown], object]


class Watcher:
    """Reads the public state of the database again and again."""

    def __init__(self) -> None:
        self._callbacks: list[Callback] = []
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.outage = Outage()
        os.register_at_fork(after_in_child=self._start_anew)

    def on_change(self, callback: Callback) -> None:
        """Have this called, in the watcher's thread, with each other public state, the first one included."""
        self._callbacks.append(callback)

    def start(self) -> None:
        """Begin to watch. The first look has been taken, or has failed, when this returns."""
        if self._thread is None:
            library.is_watched = True
            self._stopped.clear()
            looked = threading.Event()
            self._thread = threading.Thread(target=self._watch, args=[looked], name="watcher", daemon=True)
            self._thread.start()
            looked.wait(2 * DEADLINE)

    def stop(self) -> None:
        """End watching."""
        self._stopped.set()
        if self._thread:
            self._thread.join()
        self._thread = None
        library.is_watched = False
        self.outage = Outage()

    @property
    def is_down(self) -> bool:
        """Whether the database cannot be read now, as far as is known."""
        return self._thread is not None and self.outage.is_on

    def _watch(self, looked: threading.Event) -> None:
        connection = connections[DEFAULT_DB_ALIAS]  # this thread's own
        _make_impatient(connection)
        told: tuple[str, bool] | None = None
        while not self._stopped.is_set():
            shown = self._look(connection)
            if shown and (shown.stamp, shown.is_damaged) != told:
                told = shown.stamp, shown.is_damaged
                self._tell(shown)
            looked.set()
            self._stopped.wait(EVERY)
        connection.close()

    def _look(self, connection: BaseDatabaseWrapper) -> Shown | None:
        try:
            with _deadline(connection):
                shown = library.look()
        except (DatabaseError, InterfaceError) as error:
            self.outage.note(error)
            connection.close()
            return None
        except Exception:
            logger.exception("The public state could not be read.")
            return None
        self.outage.end()
        return shown

    def _tell(self, shown: Shown) -> None:
        for callback in self._callbacks:
            try:
                callback(shown)
            except Exception:
                logger.exception("What follows from another public state could not be done.")

    def _start_anew(self) -> None:
        """In a child process, which has no thread but its own."""
        if self._thread is not None:
            self._thread = None
            self.start()


class Outage:
    """Whether and since when the database cannot be read, and what the log says of it."""

    def __init__(self) -> None:
        self.last_read_at = timezone.now()
        self._failed = False
        self._seen = time.monotonic()
        self._said = -float("inf")

    @property
    def is_on(self) -> bool:
        """Whether it cannot be read now, as far as is known."""
        return self._failed or self._is_overdue

    def note(self, error: Exception) -> None:
        """It could not be read. Whoever waits for it is freed after a while: it may have been slow only."""
        if not self._failed:
            postgresql.expect(is_there=False)
        self._failed = True
        if self._is_overdue:
            postgresql.cut_off_pooled()
        if time.monotonic() - self._said >= SAY_EVERY:
            self._said = time.monotonic()
            reason = " ".join(str(error).split())
            logger.error("The database cannot be read since %s: %s", f"{self.last_read_at:%F %T %Z}", reason)

    def end(self) -> None:
        """It was read."""
        if self._failed:
            postgresql.expect(is_there=True)
            logger.warning(
                "The database can be read again. Since %s it could not.", f"{self.last_read_at:%F %T %Z}"
            )
        self._failed, self._said = False, -float("inf")
        self.last_read_at, self._seen = timezone.now(), time.monotonic()

    @property
    def _is_overdue(self) -> bool:
        return time.monotonic() - self._seen > OVERDUE


def _make_impatient(connection: BaseDatabaseWrapper) -> None:
    """This connection is outside the pool, and waits for nothing long."""
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
    if connection.vendor == "postgresql":
        options |= {"connect_timeout": DEADLINE, "options": f"-c statement_timeout={DEADLINE}s"}
    else:
        options["timeout"] = DEADLINE
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": options, "CONN_MAX_AGE": None}


@contextmanager
def _deadline(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Cut the connection off where the server does not answer, not even that it took too long."""
    if connection.vendor != "postgresql":
        yield
        return
    guard = threading.Timer(DEADLINE + 0.5, _cut_off, [connection])
    guard.start()
    try:
        yield
    finally:
        guard.cancel()


def _cut_off(connection: BaseDatabaseWrapper) -> None:
    if connection.connection is not None:
        postgresql.cut_off(connection.connection)


watcher = Watcher()
