"""The production layout: everything answers, and what readers read goes on when all behind nginx is dead."""

import time
from glob import glob
from statistics import median

import pytest

from deploy.stack.processes import wait_for
from tests.stack.machine import Machine
from tests.stack.staff import Staff

pytestmark = [pytest.mark.once, pytest.mark.slow]


def test_every_public_address_answers(machine: Machine):
    addresses = machine.addresses()

    assert machine.statuses(addresses) == {}
    assert len(addresses) > 30


def test_every_public_address_and_finished_file_answers_when_all_behind_nginx_is_dead(machine: Machine):
    addresses = [*machine.addresses(), *finished_files(machine)]

    machine.kill_for_good("app-1", "app-2", "postgres")

    assert machine.statuses(addresses) == {}


def test_publication_is_visible_on_both_servers_and_through_nginx_within_a_second(
    machine: Machine, staff: Staff
):
    machine.kill_for_good("app-1", "app-2", "postgres")
    machine.start()

    seconds = [
        visible_after(machine, staff, slug) for slug in ("beispiel-2", "plakat", "beispiel-2", "plakat")
    ]

    print("Visible after", ", ".join(f"{each:.2f} s" for each in seconds))
    assert median(seconds) < 1  # the first reads an edition that this process has never had in memory


def finished_files(machine: Machine) -> list[str]:
    """PDFs, made now and taken up by the writer."""
    files = ["/druck.pdf", "/themenfelder/lernen-kultur/druck.pdf"]
    assert machine.statuses(files) == {}
    written = [machine.layout.site / "last" / "*" / f"files{file}" for file in files]
    assert wait_for(lambda: all(glob(str(path)) for path in written), 20), machine.log()
    return files


def visible_after(machine: Machine, staff: Staff, slug: str) -> float:
    """The seconds from the answer to somebody who published it until all three show it."""
    (row,) = machine.query(f"SELECT id, title FROM strategy_edition WHERE slug = '{slug}'")
    answer = staff.send(f"/verwaltung/veroeffentlichen/{row[0]}/")
    assert answer.status == 302, answer
    start = time.monotonic()
    for origin in ("", machine.server(1), machine.server(2)):
        assert wait_for(lambda origin=origin: row[1].encode() in machine.read("/", origin)[1], 20)
    return time.monotonic() - start
