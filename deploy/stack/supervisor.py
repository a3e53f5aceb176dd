"""Starts the processes of a stack, starts anew what ends, as systemd would, and ends them all."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from deploy.stack.errors import Ended, StackError
from deploy.stack.layout import CHECKOUT
from deploy.stack.processes import Process, family, is_running, started_at

TICK = 0.1  # seconds between two looks
READY_WITHIN = 180  # seconds
END_WITHIN = 40


class Keeper:
    """One process of the stack, with its file `<name>.pid`. While there is `<name>.stopped`, it stays ended."""

    def __init__(self, process: Process, folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.child: subprocess.Popen[bytes] | None = None
        self.due = 0.0  # when it may start anew
        self._is_ending = False

    @property
    def log(self) -> Path:
        """What it says, also from its earlier runs."""
        return self.folder / "log" / f"{self.process.name}.log"

    @property
    def is_held(self) -> bool:
        """Whether somebody wants it to stay ended."""
        return (self.folder / f"{self.process.name}.stopped").exists()

    def start(self) -> None:
        """Start it, in a session of its own: what a terminal sends reaches us alone."""
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(  # noqa: S603 (commands of our own files)
                self.process.command,
                cwd=CHECKOUT,
                env=dict(self.process.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o027,
            )
        self._is_ending = False
        self._pid_file.write_text(f"{self.child.pid}\n")

    def look(self) -> str:
        """Start, end or forget it as things stand; gives what happened, "" for nothing."""
        if self.child and self.child.poll() is not None:
            return self._ended(self.child)
        if self.child and self.is_held and not self._is_ending:
            self.end()
        elif not self.child and not self.is_held and time.monotonic() >= self.due:
            self.start()
            return "gestartet"
        return ""

    def end(self) -> None:
        """Ask it to end."""
        if self.child and not self._is_ending:
            self._is_ending = True
            self.child.send_signal(self.process.ends_by)

    def kill(self) -> None:
        """End what is left of it, its children too: of PostgreSQL each has a group of its own."""
        if self.child:
            for pid in family(self.child.pid) if self.child.poll() is None else []:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
            self.child = None
        self._pid_file.unlink(missing_ok=True)

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:]) if self.log.exists() else ""

    def _ended(self, child: subprocess.Popen[bytes]) -> str:
        status, asked = child.returncode, self._is_ending
        self.kill()
        self.due = time.monotonic() + self.process.restart_after
        if asked or self.is_held:
            return "beendet"
        if status == self.process.gives_up_at:
            self.due = float("inf")
            return f"endet mit Status {status} und wird nicht neu gestartet: {self.log}"
        return f"ist mit Status {status} ausgefallen und startet neu: {self.log}"

    @property
    def _pid_file(self) -> Path:
        return self.folder / f"{self.process.name}.pid"


class Supervisor:
    """Keeps the processes of one folder running until it is asked to end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keepers: list[Keeper] = []
        self._is_ending = False

    def listen(self) -> None:
        """End on Ctrl-C and SIGTERM from now on. The terminal may go: `make stack-stop` ends what it started."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.ask_to_end())
        signal.signal(signal.SIGHUP, lambda *_: None)

    def ask_to_end(self) -> None:
        """Stop watching at the next look."""
        self._is_ending = True

    def run_step(self, step: Process) -> None:
        """Run a step to its end; StackError with its last words where it fails."""
        keeper = Keeper(step, self.folder)
        keeper.start()
        try:
            while keeper.child and keeper.child.poll() is None:
                self._wait()
            if keeper.child and keeper.child.returncode:
                raise StackError(f"{step.name} ist gescheitert:\n{keeper.last_words()}")
        finally:
            keeper.kill()

    def start(self, process: Process) -> None:
        """Start it and wait until it is ready."""
        keeper = Keeper(process, self.folder)
        self.keepers.append(keeper)
        keeper.start()
        until = time.monotonic() + READY_WITHIN
        while not process.is_ready():
            if keeper.child and keeper.child.poll() is not None:
                raise StackError(f"{process.name} startet nicht:\n{keeper.last_words()}")
            if time.monotonic() > until:
                raise StackError(
                    f"{process.name} antwortet nach {READY_WITHIN} Sekunden noch nicht: {keeper.log}"
                )
            self._wait()

    def watch(self) -> Iterator[str]:
        """Keep all of them running; gives a sentence for whatever happens, until somebody asks it to end."""
        with contextlib.suppress(Ended):
            while True:
                for keeper in self.keepers:
                    if happened := keeper.look():
                        yield f"{keeper.process.name} {happened}"
                self._wait()

    def end(self) -> None:
        """End all, the last first, each when those that use it are gone."""
        for keeper in reversed(self.keepers):
            keeper.end()
            if keeper.child:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    keeper.child.wait(END_WITHIN)
            keeper.kill()

    def _wait(self) -> None:
        if self._is_ending:
            raise Ended
        time.sleep(TICK)


def end_leftovers(folder: Path, names: Iterable[str]) -> list[str]:
    """End what a supervisor left behind that was killed; gives the names. A file names our process only while that
    is older than the file: the number of one that ended can be another's today."""
    ended = []
    for name in names:
        file = folder / f"{name}.pid"
        pid = _pid(file)
        if pid and is_running(pid) and started_at(pid) <= file.stat().st_mtime + 1:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT if name == "postgres" else signal.SIGTERM)
            for _tick in range(int(END_WITHIN / TICK)):
                if not is_running(pid):
                    break
                time.sleep(TICK)
            else:
                for each in family(pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(each, signal.SIGKILL)
            ended.append(name)
        file.unlink(missing_ok=True)
    return ended


def say(text: str) -> None:
    """Print it; the terminal may be gone."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _pid(file: Path) -> int | None:
    try:
        return int(file.read_text())
    except (FileNotFoundError, ValueError):
        return None
