"""What runs is kept running, unless somebody wants it ended; and all ends together."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.stack.errors import Ended, StackError
from deploy.stack.processes import PLAIN, Process, is_running, started_at, wait_for
from deploy.stack.supervisor import Keeper, Supervisor, end_leftovers

pytestmark = pytest.mark.once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log").mkdir()
    return tmp_path


@pytest.fixture
def supervisor(folder: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(folder)
    yield supervisor
    supervisor.end()


def sleeper(name: str = "sleeper", command: str = "sleep 60", **more: object) -> Process:
    return Process(name, ["sh", "-c", f"exec {command}"], PLAIN, restart_after=0.1, **more)  # type: ignore[arg-type]


def pid(folder: Path, name: str = "sleeper") -> int | None:
    file = folder / f"{name}.pid"
    return int(file.read_text()) if file.exists() else None


def watch(supervisor: Supervisor, until: Callable[[], bool]) -> list[str]:
    """What is said until it holds, or for five seconds."""
    said: list[str] = []
    end = time.monotonic() + 5
    while not until() and time.monotonic() < end:
        for keeper in supervisor.keepers:
            said += filter(None, [keeper.look()])
        time.sleep(0.02)
    assert until(), said
    return said


def test_process_that_is_killed_starts_anew(supervisor: Supervisor, folder: Path):
    supervisor.start(sleeper())
    first = pid(folder)

    os.kill(first, signal.SIGKILL)
    said = watch(supervisor, lambda: pid(folder) not in (None, first))

    assert said == [f"ist mit Status -9 ausgefallen und startet neu: {folder}/log/sleeper.log", "gestartet"]
    assert is_running(pid(folder))


def test_children_of_a_killed_process_end_with_it(supervisor: Supervisor, folder: Path):
    child = folder / "child"
    supervisor.start(sleeper(command=f"sh -c 'sleep 61 & echo $! > {child}; wait'"))
    watch(supervisor, lambda: child.exists() and child.read_text().strip() != "")
    number = int(child.read_text())

    os.kill(pid(folder), signal.SIGKILL)
    watch(supervisor, lambda: not is_running(number))


def test_stopped_process_stays_ended_until_it_is_wanted_again(supervisor: Supervisor, folder: Path):
    supervisor.start(sleeper())

    (folder / "sleeper.stopped").touch()
    assert watch(supervisor, lambda: pid(folder) is None) == ["beendet"]
    time.sleep(0.2)
    assert supervisor.keepers[0].look() == ""
    (folder / "sleeper.stopped").unlink()

    assert watch(supervisor, lambda: pid(folder) is not None) == ["gestartet"]


def test_status_that_another_start_cannot_mend_is_not_tried_again(supervisor: Supervisor, folder: Path):
    supervisor.start(sleeper(command="sh -c 'sleep 0.2; exit 3'", gives_up_at=3))

    said = watch(supervisor, lambda: pid(folder) is None)
    time.sleep(0.3)

    assert said == [f"endet mit Status 3 und wird nicht neu gestartet: {folder}/log/sleeper.log"]
    assert supervisor.keepers[0].look() == ""


def test_process_that_cannot_start_says_why(supervisor: Supervisor):
    process = sleeper(command="sh -c 'echo Der Schlüssel fehlt.; exit 3'", is_ready=lambda: False)

    with pytest.raises(StackError, match=r"(?s)sleeper startet nicht:.Der Schlüssel fehlt"):
        supervisor.start(process)


def test_step_that_fails_says_why(supervisor: Supervisor):
    with pytest.raises(StackError, match=r"(?s)sleeper ist gescheitert:.So nicht"):
        supervisor.run_step(sleeper(command="sh -c 'echo So nicht.; exit 1'"))


def test_step_ends_when_somebody_asks_to_end(supervisor: Supervisor, folder: Path):
    supervisor.ask_to_end()

    with pytest.raises(Ended):
        supervisor.run_step(sleeper())
    assert pid(folder) is None


def test_all_end_the_last_first(folder: Path):
    supervisor = Supervisor(folder)
    for name in ("one", "two"):
        ready = folder / f"{name}.ready"
        trap = f"echo {name} >> {folder}/ended; exit"
        writing = f'trap "{trap}" TERM; touch {ready}; while :; do sleep 0.05; done'
        supervisor.start(sleeper(name, f"sh -c '{writing}'", is_ready=ready.exists))

    supervisor.end()

    assert (folder / "ended").read_text().split() == ["two", "one"]


def is_stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def test_process_that_hangs_ends_with_its_children(
    folder: Path, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("deploy.stack.supervisor.END_WITHIN", 0.2)
    child = folder / "child"
    supervisor.start(sleeper(command=f"sh -c 'setsid sleep 61 & echo $! > {child}; wait'"))
    watch(supervisor, lambda: child.exists() and child.read_text().strip() != "")
    for each in (pid(folder), int(child.read_text())):
        os.kill(each, signal.SIGSTOP)
        assert wait_for(lambda each=each: is_stopped(each), 5)  # of two signals the lower one comes first

    supervisor.end()

    assert wait_for(lambda: not is_running(int(child.read_text())), 5)
    assert pid(folder) is None


def test_what_a_killed_supervisor_left_is_ended(folder: Path):
    keeper = Keeper(sleeper(), folder)
    keeper.start()

    assert end_leftovers(folder, ["sleeper", "other"]) == ["sleeper"]

    assert keeper.child.wait(5) == -signal.SIGTERM
    assert pid(folder) is None


def test_number_that_another_process_has_today_is_left_alone(folder: Path):
    file = folder / "sleeper.pid"
    file.write_text(f"{os.getpid()}\n")
    long_ago = started_at(os.getpid()) - 60
    os.utime(file, (long_ago, long_ago))

    assert end_leftovers(folder, ["sleeper"]) == []
    assert not file.exists()
