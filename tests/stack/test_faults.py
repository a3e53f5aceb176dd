"""Whatever fails while people read and write: no page is lost to readers, and nothing that was saved is."""

import pytest

from tests.stack.machine import Machine
from tests.stack.staff import Staff
from tests.stack.traffic import faults, pause, traffic

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
            pause(4)

    print(seen)
    assert faults(machine, seen) == {}


@pytest.mark.parametrize("name", ["app-1", "app-2", "writer"])
def test_process_killed_again_and_again(machine: Machine, staff: Staff, name: str):
    with traffic(machine, staff) as seen:
        for _each in range(3):
            machine.start(name)
            machine.kill(name)
            pause(0.7)

    print(seen)
    assert faults(machine, seen) == {}
    assert seen.read[0] == 0


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
