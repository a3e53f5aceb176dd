"""The process that keeps the published files up to date."""

import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections

from herne_strategy.static_site import site_folder
from herne_strategy.static_site.application import Application
from herne_strategy.static_site.filling import Filled, Outdated, fill
from herne_strategy.static_site.headers import Headers
from herne_strategy.static_site.switch import switch
from strategy.editions.library import library

logger = logging.getLogger(__name__)

EVERY = 0.25  # seconds between two looks at the public state
QUIET = 0.5  # seconds without a change after which the folder is filled: a burst is written once
AFTER_FAILURE = 10  # seconds


class AlreadyRunning(Exception):
    """Another writer fills this folder."""


@contextmanager
def alone() -> Iterator[None]:
    """Be the only writer of SITE_DIR."""
    site_folder.make_folder(site_folder.sets())
    with (site_folder.root() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield


class Writer:
    """Fills the folder of the public state whenever that has changed."""

    def __init__(self) -> None:
        self.application = Application()
        self.headers = Headers.of(self.application)
        self._fault = ""

    def fill_once(self) -> Filled:
        """Fill the folder of the present state, again and again as long as it changes meanwhile."""
        while True:
            shown = library.shown()
            try:
                return fill(self.application, self.headers, shown)
            except Outdated:
                time.sleep(EVERY)

    def run(self) -> None:
        """Fill, and wait for the next change, for ever."""
        threading.Thread(target=self._follow, daemon=True).start()
        while True:
            self._fill_when_quiet()

    def _follow(self) -> None:
        """Turn nginx to each new state at once, while the one before may still be being written."""
        while True:
            try:
                switch(library.shown())
            except DatabaseError:
                close_old_connections()
            time.sleep(EVERY)

    def _fill_when_quiet(self) -> None:
        shown = library.shown()
        time.sleep(QUIET)
        name = site_folder.state_name(shown)
        last = site_folder.set_at(site_folder.LAST)
        if library.shown().stamp != shown.stamp or (last and last.name == name):
            return
        try:
            fill(self.application, self.headers, shown)
        except Outdated:
            return
