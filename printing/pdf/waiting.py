"""Files that take longer than somebody likes to look at an empty page: they are made in the background, which a page
says meanwhile. Whoever leaves it finds the file later under the same address."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from django.db import connections
from django.http import HttpRequest

from printing.pdf import making, store

PATIENCE = 2  # seconds in which most files are there
REFRESH = 3  # seconds after which the page asks again

_lock = threading.Lock()
_going_on: dict[
    str, "Future[Path]"
] = {}  # by the file's name, in this process; the machine makes one at a time


class StillMaking(Exception):
    """The file is being made, and will be there later."""


def shows_pages(request: HttpRequest) -> bool:
    """Whether a person looks at the answer. Programs wait for the file itself, or want it only if it is finished."""
    if store.makes_nothing():
        return False
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")


def is_there(make: Callable[[], Path]) -> bool:
    """Whether nothing is to be made, be it that it cannot be."""
    with store.only_finished():
        try:
            make()
        except making.Busy:
            return False
        except making.Failed:
            return True
    return True


def made_soon(name: str, make: Callable[[], Path]) -> Path:
    """What `make` makes, where that is there soon; StillMaking where it goes on in the background. All who ask for it
    meanwhile wait for the same. Should this process end, the next who asks begins anew."""
    with _lock:
        going_on = _going_on.get(name)
        if going_on is None:
            going_on = _going_on[name] = Future()
            threading.Thread(target=_run, args=(name, make, going_on), daemon=True).start()
    try:
        return going_on.result(timeout=PATIENCE)
    except TimeoutError as error:
        if going_on.done():
            raise
        raise StillMaking from error


def _run(name: str, make: Callable[[], Path], future: "Future[Path]") -> None:
    try:
        future.set_result(make())
    except Exception as error:
        future.set_exception(error)
    finally:
        connections.close_all()
        with _lock:
            del _going_on[name]
