"""All that is measured of one checkout with a strategy of one size."""

import json
from contextlib import nullcontext
from typing import Any

from bench import published
from bench.beside import edit
from bench.checkout import Checkout
from bench.interleaved import interleaved
from bench.server import Server, serving
from bench.strategy_file import StrategyFile

PORTAL, BARE = 8391, 8392
ROWS = 500  # of a table that is imported
PRINTED = 1500  # measures; for ten times as many the compiler has not enough memory (printing/pdf/making.py)


def measured(checkout: Checkout, file: StrategyFile) -> dict[str, Any]:
    """The results of every step, with the requests per second of every kind of page."""
    checkout.empty()
    load = checkout.step("load", str(file.path))
    again = checkout.step("load", str(file.path))
    freeze = checkout.step("freeze", "messung")
    pages = checkout.step("pages", file.page_kinds)["pages"]
    written = published.written(checkout) if published.is_possible() else None
    served = _served(checkout, file)
    edit(checkout, file)
    return {
        "measures": file.measures,
        "load": load,
        "again": again,
        "freeze": freeze,
        "pages": {kind: page | served[kind] for kind, page in pages.items()},
        "written": written,
        "synopse": checkout.step("synopse", "messung", "bearbeitet"),
        "table": checkout.import_table(ROWS),
        "pdf": checkout.step("pdf", "messung") if file.measures <= PRINTED else None,
    }


def _served(checkout: Checkout, file: StrategyFile) -> dict[str, dict[str, Any]]:
    with (
        serving("herne_strategy.wsgi", PORTAL, checkout.root, checkout.environment) as portal,
        serving("bench.bare", BARE, checkout.root, checkout.environment) as bare,
        published.serving(checkout) if published.is_possible() else nullcontext() as nginx,
    ):
        return {
            kind: _requests(portal, bare, nginx, path) for kind, path in json.loads(file.page_kinds).items()
        }


def _requests(portal: Server, bare: Server, nginx: published.Nginx | None, path: str) -> dict[str, Any]:
    """Of a page that is rendered each time; of the kept page and the bare view, in turn; and of the published file
    and the same file without our configuration, in turn."""
    portal.measure(path, seconds=0.5)
    first = portal.measure(f"{path}?x=1", seconds=2)
    sides = interleaved(lambda: portal.measure(path, seconds=1), lambda: bare.measure("/", seconds=1))
    files = nginx.compared(path) if nginx else ([], [])
    return {"first": first, "kept": sides[0], "bare": sides[1], "published": files[0], "plain": files[1]}
