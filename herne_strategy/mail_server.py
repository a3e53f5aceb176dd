"""Sending mail with an end: whatever the server does, a request waits no longer than EMAIL_TIMEOUT for it.

Django's timeout holds for each step alone (looking up the name, greeting, TLS, login, text), of which there are a
dozen. So they run in a thread of their own, and after that time the connection is cut.
"""

import smtplib
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from threading import Thread, current_thread
from typing import Any

from django.core.mail.backends import smtp
from django.core.mail.message import EmailMessage


class EmailBackend(smtp.EmailBackend):
    """Opening a connection, sending and closing it take at most EMAIL_TIMEOUT seconds each, or fail (OSError)."""

    _partial_connection: smtplib.SMTP | None  # Django's, while it greets and logs in
    _worker: Thread | None = None
    _is_late = False

    def open(self) -> bool | None:
        is_new = self._in_time(super().open)
        if self._is_late:  # the failure has been told by now: nothing may go out after it
            raise TimeoutError("The mail server answered too late.")
        return is_new

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return self._in_time(partial(super().send_messages, email_messages))

    def close(self) -> None:
        self._in_time(super().close)

    def _in_time(self, operation: Callable[[], Any]) -> Any:
        if current_thread() is self._worker:
            return operation()
        outcome: Future[Any] = Future()
        self._worker = Thread(target=_run, args=(operation, outcome), daemon=True)
        self._worker.start()
        try:
            return outcome.result(self.timeout)
        except TimeoutError as error:
            self._cut()
            raise TimeoutError(f"The mail server took longer than {self.timeout} seconds.") from error

    def _cut(self) -> None:
        self._is_late = True
        for connection in (self.connection, self._partial_connection):
            if connection and connection.sock:
                with suppress(OSError):
                    connection.sock.shutdown(socket.SHUT_RDWR)


def _run(operation: Callable[[], Any], outcome: Future[Any]) -> None:
    try:
        outcome.set_result(operation())
    except BaseException as error:
        outcome.set_exception(error)
