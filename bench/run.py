"""The benchmarks, as tables in Markdown: `make bench`. Takes some minutes; SIZES=150 for a quick look.

With BESIDE=/path/to/other/checkout only what this checkout and that one use is compared (bench/beside.py).
"""

import os
import platform
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import django

from bench import beside, tables
from bench.checkout import HERE, Checkout
from bench.measuring import measured
from bench.strategy_file import StrategyFile

ALL_SIZES, COMPARED_SIZES = "150,1500,15000", "150,1500"


def main() -> None:
    other = os.environ.get("BESIDE")
    asked = os.environ.get("SIZES") or (COMPARED_SIZES if other else ALL_SIZES)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {_machine()}, SQLite")
        here = _prepared(HERE, folder / "here")
        django.setup()  # codes are counted as the levels declare them
        files = [StrategyFile.write(int(size), folder) for size in asked.split(",")]
        if other:
            _compare(here, _prepared(Path(other).resolve(), folder / "beside"), files)
        else:
            tables.print_all([measured(here, file) for file in files])


def _prepared(root: Path, data: Path) -> Checkout:
    checkout = Checkout(root, data)
    checkout.prepare()
    return checkout


def _compare(here: Checkout, other: Checkout, files: Iterable[StrategyFile]) -> None:
    print(f"\n### This checkout beside {other.root}\n")
    tables.print_head(beside.HEADS)
    for file in files:
        for row in beside.rows(here, other, file):
            tables.print_row(row)


def _machine() -> str:
    return f"{os.cpu_count()} cores, {_processor()}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    main()
