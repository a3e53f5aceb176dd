"""Readers and editors who keep on working while something fails, and what became of all that they did."""

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from deploy.stack.processes import wait_for
from tests.stack.machine import Machine
from tests.stack.staff import Answer, Staff

READERS = 3
EDITIONS = ("beispiel-2", "plakat")
_numbers = itertools.count(1)


@dataclass
class Traffic:
    """What was answered until now."""

    read: Counter[int] = field(default_factory=Counter)
    failed: list[tuple[str, int]] = field(default_factory=list)  # addresses without a query that gave 5xx
    departments: list[str] = field(default_factory=list)  # saved, as the answer said
    published: list[int] = field(default_factory=list)  # editions, as the answer said
    refused: Counter[int] = field(default_factory=Counter)  # writes, by status
    slowest: float = 0  # seconds that a reader waited
    is_over: threading.Event = field(default_factory=threading.Event)
    is_paused: threading.Event = field(default_factory=threading.Event)  # for those who write

    @property
    def written(self) -> int:
        """Writes that were acknowledged."""
        return len(self.departments) + len(self.published)

    def __str__(self) -> str:
        return (
            f"read {dict(self.read)}, at most {self.slowest:.1f} s, "
            f"wrote {self.written}, refused {dict(self.refused)}"
        )


@contextmanager
def reading(machine: Machine) -> Iterator[Traffic]:
    """Readers of all public pages through nginx."""
    seen = Traffic()
    addresses = [address for address in machine.addresses() if "beispiel" not in address]  # in both editions
    with _threads(seen, [partial(_read, machine, addresses, seen)] * READERS):
        yield seen


@contextmanager
def traffic(machine: Machine, staff: Staff) -> Iterator[Traffic]:
    """The same, an editor at each application server, and one who publishes; until all work again afterwards."""
    editions = [
        machine.query(f"SELECT id FROM strategy_edition WHERE slug = '{slug}'")[0][0] for slug in EDITIONS
    ]
    with reading(machine) as seen:
        editors = [partial(_save, staff.at(machine.server(number)), seen) for number in (1, 2)]
        with _threads(seen, [*editors, partial(_publish, staff.at(staff.origin), editions, seen)]):
            _until(lambda: len(seen.departments) > 2 and len(seen.published) > 0, machine)
            yield seen
            machine.start()
            before = seen.written
            _until(lambda: seen.written > before + 2, machine)


@contextmanager
def _threads(seen: Traffic, tasks: list[Callable[[], None]]) -> Iterator[None]:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        seen.is_over.set()
        for thread in threads:
            thread.join(120)


def _until(holds: Callable[[], bool], machine: Machine) -> None:
    assert wait_for(holds, 60), machine.log()


def _read(machine: Machine, addresses: list[str], seen: Traffic) -> None:
    while not seen.is_over.wait(0.02):
        address = random.choice(addresses)
        start = time.monotonic()
        status = machine.status(address)
        seen.slowest = max(seen.slowest, time.monotonic() - start)
        seen.read[status] += 1
        if status >= 500:
            seen.failed.append((address, status))


def _save(staff: Staff, seen: Traffic) -> None:
    """Departments, which are public at once."""
    while not seen.is_over.wait(0.2):
        if seen.is_paused.is_set():
            continue
        name = f"Fachbereich {next(_numbers):05}"
        key = name.lower().replace(" ", "-")
        answer = staff.send("/verwaltung/measures/department/add/", key=key, name=name)
        if _is_done(answer):
            seen.departments.append(key)
        else:
            seen.refused[answer.status] += 1


def _publish(staff: Staff, editions: list[int], seen: Traffic) -> None:
    for edition in itertools.cycle(editions):
        if seen.is_over.wait(1):
            return
        if seen.is_paused.is_set():
            continue
        answer = staff.send(f"/verwaltung/veroeffentlichen/{edition}/")
        if _is_done(answer):
            seen.published.append(edition)
        else:
            seen.refused[answer.status] += 1


def _is_done(answer: Answer) -> bool:
    return answer.status == 302 and "login" not in answer.location


def faults(machine: Machine, seen: Traffic) -> dict[str, object]:
    """What is wrong after all: {} if nothing is."""
    kept = {key for (key,) in machine.query("SELECT key FROM measures_department")}
    shown = [
        edition for (edition,) in machine.query("SELECT edition_id FROM strategy_publication ORDER BY id")
    ]
    found = {
        "pages with 5xx": seen.failed,
        "acknowledged and lost": sorted(set(seen.departments) - kept),
        "publications lost": len([each for each in seen.published if each not in shown]),
        "fewer publications than acknowledged": len(seen.published) > len(shown),
        "files that differ from the application": differing(machine),
    }
    machine.manage("verify_editions")
    machine.manage("check_tree")
    return {name: value for name, value in found.items() if value}


def differing(machine: Machine) -> list[str]:
    """Addresses at which nginx, when its files are complete, gives another body than an application server."""
    site = machine.layout.site
    complete = lambda: resolved(site / "current") == resolved(site / "last")  # noqa: E731
    assert wait_for(complete, 60), machine.log()
    return [address for address in machine.addresses() if not _is_same(machine, address)]


def resolved(link: Path) -> Path | None:
    """Where a link leads to; None where it leads nowhere."""
    return link.resolve() if link.exists() else None


def _is_same(machine: Machine, address: str) -> bool:
    bodies = {machine.read(address, origin) for origin in ("", machine.server(1), machine.server(2))}
    return len(bodies) == 1


def pause(seconds: float) -> None:
    """So long a fault lasts."""
    time.sleep(seconds)
