"""One measured step, in a process of its own so that its peak memory is its own: `python -m bench.step NAME …`.

Prints one JSON object. Steps: load FILE, freeze SLUG, pages, synopse SLUG, pdf MEASURES, table ROWS.
"""

import io
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from bench.pdf import pdf
from bench.table_import import import_table


def main(name: str, *arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    start = time.perf_counter()
    steps: dict[str, Callable[..., dict[str, Any]]] = {
        "load": load,
        "freeze": freeze,
        "pages": pages,
        "synopse": synopse,
        "pdf": pdf,
        "table": import_table,
    }
    result = steps[name](*arguments)
    result |= {
        "seconds": round(time.perf_counter() - start, 2),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(result))


def load(path: str) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("load_strategy", path, stdout=io.StringIO())
    return {}


def freeze(slug: str) -> dict[str, Any]:
    from strategy.editions import actions

    edition = actions.freeze(slug=slug, title=f"Messung {slug}")
    actions.publish(edition)
    return {"digest": edition.short_digest}


def pages() -> dict[str, Any]:
    """CPU of the first rendering of each kind of page (the Document in memory, templates loaded), and queries."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from strategy.editions.library import library

    handler = WSGIHandler()
    factory = RequestFactory(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})

    def get(path: str) -> Any:
        return handler.get_response(factory.get(path))

    get("/healthz/")
    found: dict[str, Any] = {}
    for kind, path in addresses().items():
        library.forget()
        with CaptureQueriesContext(connection) as queries:
            start = time.process_time()
            get(path)
            cold = time.process_time() - start
        asked = len(queries)  # now: the next request empties the log
        again = [_render(get, path) for _ in range(9)]
        found[kind] = {
            "path": path,
            "queries": asked,
            "cold": round(cold * 1000, 1),
            "cpu": round(statistics.median(again) * 1000, 1),
            "bytes": len(get(path).content),
        }
    return {"pages": found}


def synopse(slug: str) -> dict[str, Any]:
    """CPU of the Synopse of an edition and of one in which about a tenth is edited; also with both to be read."""
    from django.test import Client

    from bench.edited_data import edited_data
    from strategy.editions import actions
    from strategy.editions.library import library
    from strategy.editions.models import Edition

    old = Edition.objects.get(slug=slug)
    data = json.loads(old.content.data)
    actions.publish(actions.store(edited_data(data, "Bearbeitet"), slug="bearbeitet"))
    client = Client(headers={"host": "127.0.0.1"})

    def get() -> tuple[float, bytes]:
        start = time.process_time()
        body = client.get(f"/fassungen/{slug}/synopse/bearbeitet/?x=1").content
        return round(time.process_time() - start, 2), body

    library.forget()
    cold, _body = get()
    again = [get() for _ in range(5)]
    return {
        "nodes": len(data["nodes"]),
        "changes": again[0][1].count(b'<tr id="aenderung-'),
        "cold": cold,
        "cpu": statistics.median(seconds for seconds, _body in again),
    }


def addresses() -> dict[str, str]:
    """One page of each kind of the shown edition."""
    from strategy.editions.library import library

    document = library.shown().frozen
    assert document is not None
    return {
        "overview": "/",
        "theme": f"/{document.themes[0].path}",
        "goal": f"/{document.entries('strategic_goal')[0].path}",
        "measure": f"/{document.all_measures[0].path}",
        "all measures": "/massnahmen/",
        "print, long form": "/druck/",
    }


def _render(get: Callable[[str], Any], path: str) -> float:
    """CPU seconds of a request whose page is not kept (it has a query string)."""
    start = time.process_time()
    get(f"{path}?x=1")
    return time.process_time() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
