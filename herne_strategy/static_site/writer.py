"""The process that keeps the published files up to date, one on each host."""

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections

from herne_strategy.static_site import site_folder
from herne_strategy.static_site.application import Application, Failed
from herne_strategy.static_site.filling import Filling, Outdated
from herne_strategy.static_site.headers import Headers
from herne_strategy.static_site.switch import switch
from strategy.editions.library import CHECK_EVERY, Shown, library
from strategy.editions.watcher import EVERY, watcher

logger = logging.getLogger(__name__)

QUIET = 0.5  # seconds without a change after which the folder is filled: of a burst, only the last state is
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


def filled_once() -> Filling:
    """The folder of the present state, filled; begun anew as long as it changes meanwhile."""
    application = Application()
    headers = Headers.of(application)
    while True:
        filling = Filling(application, headers, library.shown())
        try:
            filling.fill()
        except Outdated:
            time.sleep(CHECK_EVERY)
        else:
            return filling


class Writer:
    """Fills the folder of the public state whenever that has changed, and takes up PDFs that are made meanwhile."""

    def __init__(self) -> None:
        self._application = Application()
        self._filling: Filling | None = None
        self._fault = ""

    def run(self) -> None:
        """Go on for ever. The watcher's thread turns nginx to each new state while another may still be written."""
        watcher.on_change(switch)
        watcher.start()
        while True:
            time.sleep(EVERY if self.step() else AFTER_FAILURE)

    def step(self) -> bool:
        """Do what is to be done now; False where it failed. The log has a line for each outage and for its end."""
        close_old_connections()
        try:
            self._do()
        except DatabaseError:
            return False  # the watcher has said so
        except (OSError, Failed) as error:
            self._note(f"The published files cannot be written, the application answers instead: {error}")
            self._remove_half()
            return False
        self._note("")
        return True

    def _do(self) -> None:
        shown = library.shown()
        switch(shown)  # another process may have been late with an older state
        if self._is_filled(shown):
            self._filling.add_finished()  # type: ignore[union-attr]
        elif time.monotonic() - shown.read_at >= QUIET:
            self._fill(shown)

    def _is_filled(self, shown: Shown) -> bool:
        last = site_folder.set_at(site_folder.LAST)
        return bool(self._filling and last and last.name == self._filling.shown.stamp == shown.stamp)

    def _fill(self, shown: Shown) -> None:
        self._filling = Filling(self._application, Headers.of(self._application), shown)
        try:
            self._filling.fill()
        except Outdated:
            return
        for address, why in self._filling.refused.items():
            logger.warning("%s is answered by the application alone: %s", address, why)

    def _remove_half(self) -> None:
        """What was begun and cannot be completed only takes space."""
        last = site_folder.set_at(site_folder.LAST)
        if self._filling and last != self._filling.folder:
            site_folder.remove(self._filling.folder)

    def _note(self, fault: str) -> None:
        if fault and not self._fault:
            logger.error(fault)
        elif self._fault and not fault:
            logger.warning("The published files can be written again.")
        self._fault = fault
