"""The results as tables in Markdown."""

import statistics
from collections.abc import Iterator
from typing import Any

from bench.client import Measured
from bench.interleaved import Ratio

STEPS = ["measures", "load, CPU s", "MB", "load again, CPU s", "freeze, CPU s", "MB", "cold overview, CPU ms"]
PAGES = ["measures", "page", "CPU ms", "queries", "KB gzip", "first rendering req/s", "p50 ms", "p99 ms"]
PAGES += [
    "kept req/s",
    "p50 ms",
    "p99 ms",
    "kept ÷ bare",
    "of five pairs",
    "CPU: bare ÷ kept",
    "of five pairs",
]
PUBLISHED = [
    "measures",
    "page",
    "published file req/s",
    "nginx static req/s",
    "published ÷ static",
    "of five pairs",
]
PUBLISHED += ["CPU µs: published", "static", "CPU: static ÷ published", "of five pairs"]
PUBLISHED += ["kept page, CPU µs", "CPU: static ÷ kept", "bare view, CPU µs"]
WRITTEN = ["measures", "all pages written, s", "written again unchanged, s"]
SYNOPSE = ["measures", "changes", "editions to be read, CPU s", "editions in memory, CPU s", "MB"]
TABLE = ["measures", "nodes", "changed, moved, new", "preview, CPU s", "import, CPU s"]
PDF = ["measures", "CPU s: data", "CPU s: compiler", "MB: compiler", "sheets", "KB"]


def print_all(results: list[dict[str, Any]]) -> None:
    """All tables, with rows for each size."""
    _table("Loading, freezing, first rendering", STEPS, [_steps(result) for result in results])
    _table(
        "Synopse of two editions, a tenth of the nodes edited", SYNOPSE, [_synopse(each) for each in results]
    )
    _table(
        "Import of a table: what is done while the tree is locked",
        TABLE,
        [_table_row(each) for each in results],
    )
    title = "Pages: CPU of a first rendering, queries, and requests per second (1 worker, 2 threads)"
    _table(title, PAGES, [row for result in results for row in _pages(result)])
    with_files = [result for result in results if result["written"]]
    title = "Published files: nginx as in production, and the same files without our configuration (1 worker)"
    _table(title, PUBLISHED, [row for result in with_files for row in _published(result)])
    _table("Writing all pages", WRITTEN, [_written(result) for result in with_files])
    _table("Long form as PDF, with numbered lines", PDF, [_pdf(each) for each in results if each["pdf"]])


def print_head(heads: list[str]) -> None:
    """The first two lines of a table."""
    print_row(heads)
    print_row(["--:"] * len(heads))


def print_row(cells: list[Any]) -> None:
    """At once, so that one sees how far a long run has come."""
    print(f"| {' | '.join(str(cell) for cell in cells)} |", flush=True)


def _table(title: str, heads: list[str], rows: list[list[Any]]) -> None:
    print(f"\n### {title}\n")
    print_head(heads)
    for row in rows:
        print_row(row)


def _steps(result: dict[str, Any]) -> list[Any]:
    load, again, freeze = result["load"], result["again"], result["freeze"]
    cold = f"{result['pages']['overview']['cold'] * 1000:,.1f}"
    seconds = [f"{step['cpu']:.2f}" for step in (load, again, freeze)]
    return [result["measures"], seconds[0], load["memory"], seconds[1], seconds[2], freeze["memory"], cold]


def _table_row(result: dict[str, Any]) -> list[Any]:
    table = result["table"]
    return [result["measures"], *(table[name] for name in ("nodes", "changes", "preview", "cpu"))]


def _synopse(result: dict[str, Any]) -> list[Any]:
    synopse = result["synopse"]
    cold, cpu = (f"{synopse[name]:.2f}" for name in ("cold", "cpu"))
    return [result["measures"], synopse["changes"], cold, cpu, synopse["memory"]]


def _pages(result: dict[str, Any]) -> Iterator[list[Any]]:
    for kind, page in result["pages"].items():
        own = [kind, f"{page['cpu'] * 1000:.1f}", page["queries"], f"{page['bytes'] / 1000:.1f}"]
        speed = _ratio([run.per_second for run in page["kept"]], [run.per_second for run in page["bare"]])
        cpu = _ratio([run.cpu for run in page["bare"]], [run.cpu for run in page["kept"]])
        yield [result["measures"], *own, page["first"], Measured.median(page["kept"]), *speed, *cpu]
    bare = Measured.median([run for page in result["pages"].values() for run in page["bare"]])
    yield [result["measures"], "bare view", "", "", "", "", "", "", bare, "1.00", "", "1.00", ""]


def _published(result: dict[str, Any]) -> Iterator[list[Any]]:
    for kind, page in result["pages"].items():
        files, static = page["published"], page["plain"]
        speed = _ratio([run.per_second for run in files], [run.per_second for run in static])
        cpu = _ratio([run.cpu for run in static], [run.cpu for run in files])
        medians = [statistics.median(run.per_second for run in side) for side in (files, static)]
        spent = [statistics.median(run.cpu for run in side) for side in (files, static)]
        kept, bare = (Measured.median(page[side]).cpu * 1000 for side in ("kept", "bare"))
        row = [f"{medians[0]:,.0f}", f"{medians[1]:,.0f}", *speed, f"{spent[0]:.1f}", f"{spent[1]:.1f}", *cpu]
        beside = f"{spent[1] / kept:.2f}" if kept else ""
        yield [result["measures"], kind, *row, f"{kept:,.0f}", beside, f"{bare:,.0f}"]


def _written(result: dict[str, Any]) -> list[Any]:
    return [result["measures"], *(f"{result['written'][name]:.1f}" for name in ("first", "again"))]


def _ratio(first: list[float], second: list[float]) -> tuple[str, str]:
    """In two cells; empty ones where there is nothing to compare."""
    if not all(second):
        return "", ""
    ratio = Ratio.of(first, second)
    return f"{ratio.median:.2f}", f"{ratio.least:.2f} to {ratio.most:.2f}"


def _pdf(result: dict[str, Any]) -> list[Any]:
    pdf = result["pdf"]
    seconds = [f"{pdf[name]:.2f}" for name in ("data", "compiler")]
    return [result["measures"], *seconds, pdf["compiler_memory"], pdf["sheets"], f"{pdf['kilobytes']:,}"]
