"""A checkout of the portal to be measured, in a folder of its own for all that it writes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
STEP = HERE / "bench" / "step.py"
PREPARING = ["migrate", "build_assets", "collectstatic --noinput"]


@dataclass(frozen=True)
class Checkout:
    """The portal's files at `root`, with its database and files in `data`."""

    root: Path
    data: Path

    @cached_property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DEMO": "1",
            "DATA_DIR": str(self.data),
            "DATABASE_URL": f"sqlite:///{self.data}/db.sqlite3",
            "PYTHONPATH": str(self.root),
        }

    @property
    def python(self) -> str:
        """The checkout's own interpreter with its packages, where it has one."""
        own = self.root / ".venv" / "bin" / "python"
        return str(own) if own.exists() else sys.executable

    def prepare(self) -> None:
        """An empty database with all tables, and all static files. Once is enough for any number of sizes."""
        (self.data / "assets").mkdir(parents=True)
        for command in PREPARING:
            self.manage(*command.split(), "--verbosity", "0")
        shutil.copy(self.data / "db.sqlite3", self.data / "empty.sqlite3")

    def empty(self) -> None:
        """The database as `prepare` left it."""
        for file in self.data.glob("db.sqlite3*"):
            file.unlink()
        shutil.copy(self.data / "empty.sqlite3", self.data / "db.sqlite3")

    def manage(self, *arguments: str) -> None:
        """Run a command of the portal."""
        self._run("manage.py", *arguments)

    def step(self, *arguments: str) -> dict[str, Any]:
        """What a step of bench/step.py gave. -P: only this checkout's modules can be imported."""
        result: dict[str, Any] = json.loads(self._run("-P", str(STEP), *arguments).splitlines()[-1])
        return result

    def import_table(self, rows: int) -> dict[str, Any]:
        """What bench/table_import.py gave. It knows modules of this checkout: no other one is asked."""
        result: dict[str, Any] = json.loads(self._run("-m", "bench.table_import", str(rows)).splitlines()[-1])
        return result

    @contextmanager
    def renderer(self) -> Iterator[Callable[[str], float]]:
        """A process that renders what it is asked for, one page after another, and says the CPU seconds of each."""
        command = [self.python, "-P", str(STEP), "renderings"]
        with subprocess.Popen(
            command,
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin and process.stdout
            asked, answers = process.stdin, process.stdout

            def render(path: str) -> float:
                print(path, file=asked, flush=True)
                return float(answers.readline())

            yield render
            asked.close()
            answers.read()  # to its end, lest it writes into nothing

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [self.python, *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,  # below, with what it said
        )
        if done.returncode:
            raise RuntimeError(f"{self.root}: {' '.join(arguments)}\n{done.stdout}{done.stderr}")
        return done.stdout
