"""128 people at once, past nginx: each server takes what its pool of connections allows, and nobody sees an error."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from strategy.postgresql import POOL_SIZE
from tests.stack.machine import Machine

pytestmark = [pytest.mark.once, pytest.mark.slow]

READERS = 128
SECONDS = 10
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'strategie' AND usename <> 'postgres'"
WRITER = 3
PROCESSES = 4  # two servers with two each; each has a watcher


@pytest.mark.parametrize("address", ["/", "/massnahmen/?suche=wasser{number}", "/verwaltung/konto/login/"])
def test_no_reader_of_many_sees_an_error(machine: Machine, address: str):
    """A page that is kept, one that no request before asked for, and one that needs the database."""
    statuses: Counter[int] = Counter()
    connections: list[int] = []
    numbers = itertools.count()
    is_over = threading.Event()

    def ask(reader: int) -> None:
        while not is_over.is_set():
            asked = address.format(number=next(numbers))
            statuses[machine.status(asked, machine.server(1 + reader % 2))] += 1

    with ThreadPoolExecutor(READERS) as readers:
        for reader in range(READERS):
            readers.submit(ask, reader)
        watch(lambda: connections.append(machine.query(CONNECTIONS)[0][0]))
        is_over.set()

    print(dict(statuses), f"at most {max(connections)} connections")
    assert set(statuses) == {200}
    assert statuses[200] > READERS
    assert 0 < max(connections) <= PROCESSES * (POOL_SIZE + 1) + WRITER


def watch(look: Callable[[], None]) -> None:
    """Look once a second, so many seconds."""
    for _each in range(SECONDS):
        threading.Event().wait(1)
        look()
