"""What the server's log says of requests that were refused."""

import logging
import threading
import time

from django.http import HttpRequest

LONGEST = 80  # characters of a path
MINUTE = 60.0
MOST = 10  # lines of one status in a minute


class ShortLines(logging.Filter):
    """A refused request (400 to 499) is one line without traceback: "404 GET /pfad/". Of more than MOST of one status
    in a minute it tells how many, with the next line. Everything else, and so each failure of ours, stays as it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._begun: dict[int, float] = {}
        self._told: dict[int, int] = {}
        self._untold: dict[int, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        status, request = getattr(record, "status_code", 0), getattr(record, "request", None)
        if not (400 <= status < 500 and isinstance(request, HttpRequest)):
            return True
        is_told, untold = self._count(status)
        if is_told:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.msg, record.args = _line(record, status, request, untold), ()
            record.exc_info = record.exc_text = None
        return is_told

    def _count(self, status: int) -> tuple[bool, int]:
        """Whether there is a line for this one, and how many had none since the last."""
        now = time.monotonic()
        with self._lock:
            if now - self._begun.get(status, -MINUTE) >= MINUTE:
                self._begun[status], self._told[status] = now, 0
            if self._told[status] >= MOST:
                self._untold[status] = self._untold.get(status, 0) + 1
                return False, 0
            self._told[status] += 1
            return True, self._untold.pop(status, 0)


def _line(record: logging.LogRecord, status: int, request: HttpRequest, untold: int) -> str:
    reason = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    parts = [str(status), _shown(request.method or ""), _shown(request.path)]
    parts += [f"({reason})"] if reason else []
    parts += [f"(and {untold} more before)"] if untold else []
    return " ".join(parts)


def _shown(text: str) -> str:
    """The text as ASCII in one line. What follows "/key/" lets somebody choose a password."""
    text, key, _secret = text.partition("/key/")
    escaped = (text + key).encode("unicode_escape").decode().replace(" ", "%20")
    return escaped if len(escaped) <= LONGEST else f"{escaped[:LONGEST]}…"
