"""This checkout beside another one, such as that of an older commit: CPU time of every step, in both in turn.

`make bench BESIDE=/path/to/other/checkout`
"""

import statistics
from collections.abc import Callable, Iterator
from typing import Any

from bench.checkout import Checkout
from bench.interleaved import Ratio, interleaved
from bench.strategy_file import StrategyFile

HEADS = ["measures", "step", "here, CPU ms", "beside, CPU ms", "here ÷ beside", "of five pairs"]
Results = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def rows(here: Checkout, beside: Checkout, file: StrategyFile) -> Iterator[list[Any]]:
    """A row for every step with this strategy. Both checkouts are prepared."""

    def both(run: Callable[[Checkout], dict[str, Any]]) -> Results:
        return interleaved(lambda: run(here), lambda: run(beside))

    loaded = both(lambda each: _loaded(each, file))
    yield [file.measures, *_cells("load", loaded, "load")]
    yield [file.measures, *_cells("freeze", loaded, "freeze")]
    digests = [side[0]["digest"][:8] for side in loaded]
    yield [file.measures, "digest", *digests, "same" if len(set(digests)) == 1 else "differs", ""]
    rendered = both(lambda each: _rendered(each, file))
    for kind in rendered[0][0]:
        yield [file.measures, *_cells(kind, rendered, kind)]
    for each in (here, beside):
        edit(each, file)
    compared = both(lambda each: each.step("synopse", "messung", "bearbeitet"))
    yield [file.measures, *_cells("Synopse", compared, "cpu")]
    yield [file.measures, *_cells("Synopse, editions to be read", compared, "cold")]
    printed = both(lambda each: each.step("pdf", "messung"))
    yield [file.measures, *_cells("PDF: data", printed, "data")]
    yield [file.measures, *_cells("PDF: compiler", printed, "compiler")]


def edit(checkout: Checkout, file: StrategyFile) -> None:
    """A second edition, in which a tenth of the nodes is edited."""
    checkout.step("load", str(file.edited))
    checkout.step("freeze", "bearbeitet")


def _loaded(checkout: Checkout, file: StrategyFile) -> dict[str, Any]:
    checkout.empty()
    loaded, frozen = checkout.step("load", str(file.path)), checkout.step("freeze", "messung")
    return {"load": loaded["cpu"], "freeze": frozen["cpu"], "digest": frozen["digest"]}


def _rendered(checkout: Checkout, file: StrategyFile) -> dict[str, Any]:
    """By kind of page; also the overview in a process that has read nothing yet."""
    pages = checkout.step("pages", file.page_kinds)["pages"]
    return {**{kind: page["cpu"] for kind, page in pages.items()}, "cold overview": pages["overview"]["cold"]}


def _cells(name: str, results: Results, key: str) -> list[str]:
    ratio = Ratio.of(*[[result[key] for result in side] for side in results])
    medians = [f"{statistics.median(result[key] for result in side) * 1000:,.1f}" for side in results]
    return [name, *medians, f"{ratio.median:.2f}", f"{ratio.least:.2f} to {ratio.most:.2f}"]
