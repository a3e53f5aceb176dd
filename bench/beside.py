"""This checkout beside another one, such as that of an older commit: CPU time of every step, in both in turn.

`make bench BESIDE=/path/to/other/checkout`
"""

import json
import statistics
from collections.abc import Iterator, Sequence
from typing import Any

from bench.checkout import Checkout
from bench.interleaved import ROUNDS, Ratio, interleaved
from bench.strategy_file import StrategyFile

HEADS = ["measures", "step", "here, CPU ms", "beside, CPU ms", "here ÷ beside", "of five pairs"]
PAIRS = 15  # renderings of a page within one pair of processes
SYNOPSE = {"Synopse": "/fassungen/messung/synopse/bearbeitet/"}
Seconds = dict[str, float]


def rows(here: Checkout, beside: Checkout, file: StrategyFile) -> Iterator[list[Any]]:
    """A row for every step with this strategy. Both checkouts are prepared."""
    for name, *cells in _all_rows(here, beside, file):
        yield [file.measures, name, *cells]


def edit(checkout: Checkout, file: StrategyFile) -> None:
    """A second edition, in which a tenth of the nodes is edited."""
    checkout.step("load", str(file.edited))
    checkout.step("freeze", "bearbeitet")


def _all_rows(here: Checkout, beside: Checkout, file: StrategyFile) -> Iterator[list[str]]:
    first, second = interleaved(lambda: _loaded(here, file), lambda: _loaded(beside, file))
    yield from _compared(
        [{name: step["cpu"] for name, step in run.items()} for run in first],
        [{name: step["cpu"] for name, step in run.items()} for run in second],
    )
    digests = [side[0]["freeze"]["digest"][:8] for side in (first, second)]
    yield ["digest", *digests, "same" if len(set(digests)) == 1 else "differs", ""]
    yield from _compared(*_rendered(here, beside, json.loads(file.page_kinds)))
    for each in (here, beside):
        edit(each, file)
    yield from _compared(*_rendered(here, beside, SYNOPSE))
    yield from _compared(*interleaved(lambda: _printed(here), lambda: _printed(beside)))


def _loaded(checkout: Checkout, file: StrategyFile) -> dict[str, Any]:
    checkout.empty()
    return {"load": checkout.step("load", str(file.path)), "freeze": checkout.step("freeze", "messung")}


def _printed(checkout: Checkout) -> Seconds:
    pdf = checkout.step("pdf", "messung")
    return {"PDF: data": pdf["data"], "PDF: compiler": pdf["compiler"]}


def _rendered(here: Checkout, beside: Checkout, paths: dict[str, str]) -> tuple[list[Seconds], list[Seconds]]:
    """Five pairs of processes. In each pair both render a page in turn, again and again."""
    pairs = [_pair(here, beside, paths) for _ in range(ROUNDS)]
    return [first for first, _second in pairs], [second for _first, second in pairs]


def _pair(here: Checkout, beside: Checkout, paths: dict[str, str]) -> tuple[Seconds, Seconds]:
    """The median of each page; and the very first rendering of a process, with the editions to be read."""
    sides: tuple[Seconds, Seconds] = ({}, {})
    with here.renderer() as first, beside.renderer() as second:

        def both(path: str, rounds: int) -> tuple[list[float], list[float]]:
            return interleaved(lambda: first(path), lambda: second(path), rounds)

        for kind, path in paths.items():
            asked = f"{path}?x=1"  # a page with a query is not kept: it is rendered each time
            for side, (cold, *warm) in zip(sides, both(asked, 1 + PAIRS), strict=True):
                if not side:
                    side[f"{kind}, cold process"] = cold
                side[kind] = statistics.median(warm)
    return sides


def _compared(first: Sequence[Seconds], second: Sequence[Seconds]) -> Iterator[list[str]]:
    for name in first[0]:
        sides = [[run[name] for run in side] for side in (first, second)]
        ratio = Ratio.of(*sides)
        medians = [f"{statistics.median(side) * 1000:,.1f}" for side in sides]
        yield [name, *medians, f"{ratio.median:.2f}", f"{ratio.least:.2f} to {ratio.most:.2f}"]
