"""Which errors of the database say that it is away, or busy, and not that the program is wrong."""

import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError
from psycopg import errors

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_AWAY = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
}
# A replica that takes no writes, or an application whose right to write was taken while the portal is being updated.
_ONLY_READS = (errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege)
_WAITED_TOO_LONG = (
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.DeadlockDetected,
    errors.SerializationFailure,
)


def is_busy(error: BaseException | None) -> bool:
    """Whether somebody else held the database for too long, so that all of the transaction was undone."""
    cause = getattr(error, "__cause__", None)
    if isinstance(cause, sqlite3.Error):
        return _code(cause) in _BUSY
    return isinstance(cause, _WAITED_TOO_LONG)


def is_away(error: BaseException | None) -> bool:
    """Whether the database could not be reached, or cannot write."""
    cause = getattr(error, "__cause__", None)
    if isinstance(cause, sqlite3.Error):
        return _code(cause) in _AWAY
    return isinstance(error, OperationalError | InterfaceError) or isinstance(cause, _ONLY_READS)


def behind(error: BaseException | None) -> BaseException | None:
    """The error of the database that led to this one; None where there is none."""
    while error is not None and not isinstance(error, DatabaseError | InterfaceError):
        error = error.__cause__ or error.__context__
    return error


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary code: the lowest eight bits."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
