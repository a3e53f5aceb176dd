"""The data folder is full, or cannot be written to: readers read on, and what is finished is delivered."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.stack.processes import wait_for
from printing.pdf.store import ROOM
from tests.stack.machine import Machine
from tests.stack.staff import Staff
from tests.stack.traffic import faults, traffic

pytestmark = [
    pytest.mark.once,
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk"),
]

FINISHED = "/fassungen/beispiel-1/druck.pdf"  # of an edition that is not shown, so that it stays the same
OTHERS = ["/themenfelder/soziale-gerechtigkeit/druck.pdf", "/themenfelder/konsum-gesundheit/druck.pdf"]
SPARE = 2 * ROOM  # bytes that are free at first


@pytest.fixture
def disk(machine: Machine) -> Iterator[Path]:
    """The data folder of application server 1, on a disk of its own."""
    folder = machine.layout.data(1)
    aside = folder.with_name("aside")
    with paused(machine):
        subprocess.run(["cp", "-a", folder, aside], check=True)
        size = sum(path.lstat().st_size + 4096 for path in aside.rglob("*"))
        mount("-t", "tmpfs", "-o", f"size={size + SPARE},mode=755", "none", folder)
        subprocess.run(["cp", "-a", f"{aside}/.", folder], check=True)
        shutil.chown(folder, "daemon", "daemon")
    assert machine.status(FINISHED, machine.server(1)) == 200
    yield folder
    with paused(machine):
        subprocess.run(["umount", "--lazy", folder], check=True)
        shutil.rmtree(aside)


@contextmanager
def paused(machine: Machine) -> Iterator[None]:
    """Nobody uses the data folder."""
    machine.stop("app-1", "app-2", "writer")
    yield
    machine.start()


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """No byte is left."""
    filling = folder / "filling"
    with filling.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    yield
    filling.unlink()


@contextmanager
def read_only(machine: Machine, folder: Path) -> Iterator[None]:
    """As a disk is after a fault. The writer holds a file open, so it starts anew meanwhile."""
    machine.stop("writer")
    mount("-o", "remount,ro", folder)
    (machine.folder / "writer.stopped").unlink()
    yield
    mount("-o", "remount,rw", folder)
    machine.kill("writer")


def mount(*arguments: object) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True)


def publish_other(machine: Machine, staff: Staff) -> bytes:
    """Publish the edition that is not shown; its title."""
    shown = machine.query("SELECT shown_id FROM strategy_publicstate")[0][0]
    (other,) = machine.query(
        f"SELECT id, title FROM strategy_edition WHERE slug IN ('plakat', 'beispiel-2') AND id <> {shown}"
    )
    answer = staff.send(f"/verwaltung/veroeffentlichen/{other[0]}/")
    assert answer.status == 302, answer
    return other[1].encode()


def asked_for(machine: Machine, number: int) -> list[int]:
    """How finished and unfinished files are answered: delivered, or a page that says that there is none."""
    answers = [machine.read(each, machine.server(1)) for each in (FINISHED, OTHERS[number])]
    assert answers[1][0] == 200 or "nicht verfügbar" in answers[1][1].decode()
    return [status for status, _body in answers]


def test_full(machine: Machine, staff: Staff, disk: Path):
    with traffic(machine, staff) as seen, full(disk):
        assert asked_for(machine, 0) == [200, 503]
        title = publish_other(machine, staff)
        for origin in ("", machine.server(1), machine.server(2)):
            assert wait_for(lambda origin=origin: title in machine.read("/", origin)[1], 5), origin
        others = set(machine.statuses(machine.addresses()).values())
        assert others <= {404}  # of the edition that was shown when the sitemap was read: others publish, too

    print(seen)
    assert faults(machine, seen) == {}
    assert machine.status(OTHERS[0]) == 200


def test_read_only(machine: Machine, staff: Staff, disk: Path):
    with traffic(machine, staff) as seen:
        seen.is_paused.set()  # nothing is published while nobody can turn nginx to it
        with read_only(machine, disk):
            assert asked_for(machine, 1) == [200, 503]
            assert machine.statuses(machine.addresses()) == {}
        seen.is_paused.clear()

    print(seen)
    assert faults(machine, seen) == {}
    assert machine.status(OTHERS[1]) == 200
