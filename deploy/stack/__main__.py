"""`make stack` and what belongs to it: python -m deploy.stack [run [--sample] | stop [NAME] | start NAME | code].

The folder is STACK_DIR (var/stack without it), nginx listens on PORT (8080 without it).
"""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.filling import UnknownName
from deploy.stack import preparing
from deploy.stack.errors import Ended, StackError
from deploy.stack.layout import CHECKOUT, NAMES, PERSON, Accounts, Layout
from deploy.stack.one_time_code import code, uri
from deploy.stack.processes import STEP, Stack, wait_for
from deploy.stack.programs import Programs
from deploy.stack.supervisor import END_WITHIN, Supervisor, end_leftovers, say

ALL_NAMES = (*reversed(NAMES), STEP)


def main(arguments: list[str]) -> int:
    """Do what is asked for; 1 with a sentence where that cannot be done."""
    folder = Path(os.environ.get("STACK_DIR") or CHECKOUT / "var" / "stack").resolve()
    try:
        match arguments:
            case [] | ["run"] | ["run", "--sample"]:
                run(folder, os.environ.get("PORT") or "8080", with_sample="--sample" in arguments)
            case ["stop"]:
                stop(folder)
            case ["stop", name] if name in NAMES:
                hold(folder, name)
            case ["start", name] if name in NAMES:
                (folder / f"{name}.stopped").unlink(missing_ok=True)
            case ["code"]:
                say(code(Layout.read(folder).secrets.second_factor))
            case _:
                raise StackError(f"{__doc__}NAME: {', '.join(NAMES)}")
    except (StackError, UnknownName) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def run(folder: Path, port: str, *, with_sample: bool) -> None:
    """Start everything in this folder, and keep it running until Ctrl-C or `make stack-stop`."""
    if not port.isdecimal():
        raise StackError(f"PORT ist „{port}“, muss aber eine Zahl sein.")
    programs = Programs.found()
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        end_leftovers(folder, ALL_NAMES)
        for name in NAMES:
            (folder / f"{name}.stopped").unlink(missing_ok=True)
        stack = Stack(Layout.prepared(folder, int(port)), programs, Accounts.of(folder))
        supervisor = Supervisor(folder)
        supervisor.listen()
        try:
            _start(stack, supervisor, with_sample=with_sample)
            say(_greeting(stack))
            for sentence in supervisor.watch():
                say(sentence)
        except Ended:
            pass
        finally:
            supervisor.end()
        say("Beendet.")


def stop(folder: Path) -> None:
    """End the stack of this folder, also what is left of one whose supervisor is gone."""
    supervisor = folder / "stack.pid"
    if _is_held(folder):
        os.kill(int(supervisor.read_text()), 15)
        if not wait_for(lambda: not _is_held(folder), END_WITHIN * len(NAMES)):
            raise StackError(f"Der Prozess {supervisor.read_text().strip()} endet nicht.")
    ended = end_leftovers(folder, ALL_NAMES)
    say(f"Beendet, was übrig war: {', '.join(ended)}." if ended else "Es läuft nichts mehr.")


def hold(folder: Path, name: str) -> None:
    """End one process, which stays ended until it is started again."""
    (folder / f"{name}.stopped").touch()
    if not wait_for(lambda: not (folder / f"{name}.pid").exists(), END_WITHIN):
        raise StackError(f"{name} endet nicht.")


def _start(stack: Stack, supervisor: Supervisor, *, with_sample: bool) -> None:
    say("Wird vorbereitet (beim ersten Mal etwa eine Minute) …")
    preparing.write_files(stack)
    preparing.make_cluster(stack, supervisor)
    supervisor.start(stack.postgres())
    preparing.make_roles(stack, supervisor)
    preparing.make_content(stack, supervisor, with_sample=with_sample)
    preparing.write_headers(stack, supervisor)
    for process in stack.all()[1:]:
        supervisor.start(process)


def _greeting(stack: Stack) -> str:
    layout = stack.layout
    servers = " und ".join(":".join(map(str, layout.address(number))) for number in (1, 2))
    return f"""
  Portal:          {layout.url}/
  Verwaltung:      {layout.url}/verwaltung/
  Anmeldung:       {PERSON} / {layout.secrets.person}
  Zweiter Faktor:  {uri(layout.secrets.second_factor, PERSON)}
                   Code: .venv/bin/python -m deploy.stack code
  Dahinter:        Anwendungsserver auf {servers}, PostgreSQL auf 127.0.0.1:{layout.ports.database}
  Ordner:          {layout.folder} (Protokolle in log/, Prozessnummern in *.pid)
  Ende:            Strg-C oder „make stack-stop“
"""


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No second supervisor of this folder runs; `stack.pid` names this one."""
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StackError(f"In {folder} läuft schon alles; „make stack-stop“ beendet es.") from None
        (folder / "stack.pid").write_text(f"{os.getpid()}\n")
        yield
        (folder / "stack.pid").unlink()


def _is_held(folder: Path) -> bool:
    """Whether a supervisor of this folder runs."""
    lock = folder / "lock"
    if not lock.exists():
        return False
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
