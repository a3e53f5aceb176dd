"""Whatever fails while people read and write: no page is lost to readers, and nothing that was saved is."""

import os
import signal
import threading
from collections import Counter

import pytest

from tests.stack.machine import CUT_OFF, Machine
from tests.stack.staff import Staff
from tests.stack.traffic import READERS, faults, pause, traffic

pytestmark = [pytest.mark.once, pytest.mark.slow]

LASTS = 6  # seconds


def test_database_stopped(machine: Machine, staff: Staff):
    with traffic(machine, staff) as seen:
        machine.kill_for_good("postgres")
        pause(LASTS)

    print(seen)
    assert faults(machine, seen) == {}
    assert seen.refused  # somebody tried meanwhile


def test_database_hung(machine: Machine, staff: Staff):
    with traffic(machine, staff) as seen, machine.hung("postgres"):
        pause(LASTS)

    print(seen)
    assert faults(machine, seen) == {}


def test_database_restarted_again_and_again(machine: Machine, staff: Staff):
    with traffic(machine, staff) as seen:
        for _each in range(3):
            machine.kill("postgres")
            pause(1)
            machine.start()

    print(seen)
    assert faults(machine, seen) == {}


@pytest.mark.parametrize("name", ["app-1", "app-2", "writer"])
def test_process_killed_again_and_again(machine: Machine, staff: Staff, name: str):
    with traffic(machine, staff) as seen:
        for _each in range(3):
            machine.kill(name)
            pause(1)
            machine.start()

    print(seen)
    assert faults(machine, seen) == {}
    assert seen.read[0] == 0
    assert seen.read[CUT_OFF] <= 3 * READERS  # what a server was giving when it was killed


def test_nginx_killed(machine: Machine, staff: Staff):
    with traffic(machine, staff) as seen:
        machine.kill("nginx")
        pause(2)

    print(seen)
    assert faults(machine, seen) == {}
    assert seen.read[0] > 0  # for a second there was nobody to answer


def test_everything_killed_at_once(machine: Machine, staff: Staff):
    with traffic(machine, staff) as seen:
        machine.kill("app-1", "app-2", "writer", "postgres")
        pause(LASTS)

    print(seen)
    assert faults(machine, seen) == {}
    assert seen.read[0] == 0
    assert seen.read[CUT_OFF] <= READERS


def test_reload_refuses_no_request(machine: Machine):
    """`systemctl reload`, seen from a page that always comes from an application server. That one may close a
    connection which it has just accepted; nginx then asks the other one."""
    statuses: Counter[int] = Counter()
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            statuses[machine.status("/verwaltung/konto/login/")] += 1

    threads = [threading.Thread(target=ask) for _each in range(4)]
    for thread in threads:
        thread.start()
    for name in ("app-1", "app-2"):
        pause(2)
        os.kill(machine.pid(name), signal.SIGHUP)
        pause(8)
    is_over.set()
    for thread in threads:
        thread.join()

    print(dict(statuses))
    assert set(statuses) == {200}
