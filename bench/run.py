"""The benchmarks, as tables in Markdown: `make bench`. Takes some minutes; SIZES=150 for a quick look.

Numbers of different runs are not comparable; ratios within one run are.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.client import Measured, measure
from bench.strategy_data import strategy_data
from bench.strategy_file import write_file

ROOT = Path(__file__).resolve().parent.parent
PORTAL, BARE = 8391, 8392


STEPS = ["measures", "load s", "MB", "load again s", "freeze s", "MB", "overview, cold process ms"]
SYNOPSE = ["measures", "nodes", "changes", "editions to be read, CPU s", "editions in memory, CPU s", "MB"]
TABLE = ["measures", "nodes", "changed, moved, new", "preview, CPU s", "import, CPU s"]
PDF = ["measures", "CPU s: data", "CPU s: compiler", "MB: compiler", "sheets", "KB"]
PDF_SIZES = (150, 1500)
PAGES = ["measures", "page", "CPU ms", "queries", "KB gzip", "first rendering req/s", "p50 ms", "p99 ms"]
PAGES += ["kept req/s", "p50 ms", "p99 ms", "kept ÷ bare"]


def main() -> None:
    sizes = [int(size) for size in os.environ.get("SIZES", "150,1500,15000").split(",")]
    machine = f"{os.cpu_count()} cores, {_processor()}"
    print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {machine}, SQLite")
    results = {size: one_size(size) for size in sizes}
    print("\n### Loading, freezing, first rendering\n")
    _table(STEPS, [_steps(size, result) for size, result in results.items()])
    print("\n### Synopse of two editions, a tenth of the nodes edited\n")
    _table(SYNOPSE, [_synopse(size, result["synopse"]) for size, result in results.items()])
    print("\n### Import of a table: what is done while the tree is locked\n")
    _table(TABLE, [_import(size, result["table"]) for size, result in results.items()])
    print("\n### Pages: CPU of a first rendering, queries, and requests per second (1 worker, 2 threads)\n")
    _table(PAGES, [row for size, result in results.items() for row in _pages(size, result)])
    print("\n### Long form as PDF, with numbered lines\n")
    _table(PDF, [_pdf(size) for size in PDF_SIZES if size <= max(sizes)])


def _pdf(size: int) -> list[Any]:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        done = _step({**os.environ, "DEMO": "1", "DATA_DIR": folder}, "pdf", str(size))
    return [size, done["data_cpu"], done["cpu"], done["compiler_memory"], done["pages"], done["kilobytes"]]


def _table(heads: list[str], rows: list[list[Any]]) -> None:
    for row in [heads, ["--:"] * len(heads), *rows]:
        print(f"| {' | '.join(str(cell) for cell in row)} |")


def _steps(size: int, result: dict[str, Any]) -> list[Any]:
    load, again, freeze = result["load"], result["again"], result["freeze"]
    cold = result["pages"]["pages"]["overview"]["cold"]
    return [
        size,
        load["seconds"],
        load["memory"],
        again["seconds"],
        freeze["seconds"],
        freeze["memory"],
        cold,
    ]


def _synopse(size: int, result: dict[str, Any]) -> list[Any]:
    return [size, *(result[name] for name in ("nodes", "changes", "cold", "cpu", "memory"))]


def _import(size: int, result: dict[str, Any]) -> list[Any]:
    return [size, *(result[name] for name in ("nodes", "changes", "preview", "cpu"))]


def _pages(size: int, result: dict[str, Any]) -> Iterator[list[Any]]:
    for kind, page in result["pages"]["pages"].items():
        served = result["served"][kind]
        ratio = served["kept"].per_second / served["bare"].per_second
        own = [size, kind, page["cpu"], page["queries"], f"{page['bytes'] / 1000:.1f}"]
        yield [*own, served["first"], served["kept"], f"{ratio:.2f}"]
    yield [size, "bare view", "", "", "", "", "", "", result["served"]["overview"]["bare"], "1.00"]


def one_size(size: int) -> dict[str, Any]:
    """All measurements with a strategy of so many measures, in a database of its own."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = {
            **os.environ,
            "DEMO": "1",
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        }
        (Path(folder) / "assets").mkdir()
        for command in (
            ["migrate", "--verbosity", "0"],
            ["build_assets", "--verbosity", "0"],
            ["collectstatic", "--noinput", "--verbosity", "0"],
        ):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        file = Path(folder) / "strategy.yaml"
        write_file(strategy_data(size), file)
        result: dict[str, Any] = {"load": _step(environment, "load", str(file))}
        result["again"] = _step(environment, "load", str(file))
        result["freeze"] = _step(environment, "freeze", "messung")
        result["pages"] = _step(environment, "pages")
        with _server("herne_strategy.wsgi", PORTAL, environment), _server("bench.bare", BARE, environment):
            result["served"] = {
                kind: _served(page["path"]) for kind, page in result["pages"]["pages"].items()
            }
        result["synopse"] = _step(environment, "synopse", "messung")
        result["table"] = _step(environment, "table", "500")
        return result


def _served(path: str) -> dict[str, Measured]:
    measure(PORTAL, path, seconds=0.5)
    return {
        "first": measure(PORTAL, f"{path}?x=1", seconds=2),
        "kept": measure(PORTAL, path),
        "bare": measure(BARE, "/"),
    }


def _step(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.step", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _server(application: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += [
        "--workers",
        "1",
        "--threads",
        "2",
        "--keep-alive",
        "30",
        "--no-control-socket",
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(port)
        yield
    finally:
        server.terminate()
        server.wait(10)


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"No server on port {port}.")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )


if __name__ == "__main__":
    main()
