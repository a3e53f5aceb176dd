"""Connections to PostgreSQL: a bounded pool for a server's threads, and the end of those that hang."""

import contextlib
import os
import socket
from typing import Any
from weakref import WeakSet

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

POOL_SIZE = 8  # connections of a process, whatever number of readers comes at once
PATIENCE = 10  # seconds that a request waits for one of them
_pooled: "WeakSet[PooledConnection]" = WeakSet()


class PooledConnection(psycopg.Connection[Any]):
    """A connection of this process's pool."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _pooled.add(self)


def pool_connections() -> None:
    """Let all threads of this process share a few connections: for a server, before it asks anything. A second after
    the database is back, so is the pool."""
    settings = connections[DEFAULT_DB_ALIAS].settings_dict  # shared by the wrappers of all threads
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        settings["OPTIONS"]["pool"] = {
            "connection_class": PooledConnection,
            "min_size": 1,
            "max_size": POOL_SIZE,
            "timeout": PATIENCE,
            "reconnect_timeout": 1,
            "max_lifetime": 30 * 60,
        }


def expect(is_there: bool) -> None:
    """Say whether the database is there: where it is not, nobody waits for a connection."""
    # The watcher's own thread has a connection outside the pool.
    shared = connections.create_connection(DEFAULT_DB_ALIAS)
    if pool := getattr(shared, "pool", None):
        pool.timeout = PATIENCE if is_there else 0.1


def cut_off(connection: "psycopg.Connection[Any]") -> None:
    """End a connection from another thread: whoever waits for its answer gets an OperationalError at once."""
    with (
        contextlib.suppress(OSError, psycopg.Error),
        socket.socket(fileno=os.dup(connection.fileno())) as its,
    ):
        its.shutdown(socket.SHUT_RDWR)


def cut_off_pooled() -> None:
    """End every connection of this process's pool, which makes itself new ones."""
    for connection in list(_pooled):
        cut_off(connection)
