"""One measured step, in a process of its own: prints one JSON object with CPU seconds and peak memory in MB.

It is run for any checkout of the portal, also an older one, that lies on PYTHONPATH. So it imports nothing of `bench`,
and of the portal it uses what stays: commands, addresses, and models by their names.

Steps: load FILE, freeze SLUG, pages JSON, renderings, synopse OLD NEW, pdf SLUG.
"""

import gzip
import io
import json
import os
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command, get_commands, load_command_class
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

AGAIN = 9  # renderings of one page in one process
LIBRARIES = ["strategy.editions.library", "strategy.library"]  # where it lies today, and where it lay


def main(name: str, *arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    _import_views()
    result = STEPS[name](*arguments)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**result, "memory": memory}))


def load(path: str) -> dict[str, Any]:
    """A strategy file, read into the working tree."""
    cpu, _said = _command("load_strategy", path)
    return {"cpu": cpu}


def freeze(slug: str) -> dict[str, Any]:
    """An edition of the working tree; it is published as well, which is not measured."""
    cpu, said = _command("freeze_edition", slug=slug, title=f"Messung {slug}", remark="", paper="")
    _command("publish_edition", slug)
    return {"cpu": cpu, "digest": said.split()[-1]}


def pages(kinds: str) -> dict[str, Any]:
    """First renderings of pages, {kind: path} as JSON, with the Document in memory and templates loaded: the median of
    some. `cold` is the very first one of each, with the Document to be read."""
    get = _client()
    get("/healthz/")
    return {"pages": {kind: _page(get, path) for kind, path in json.loads(kinds).items()}}


def renderings() -> dict[str, Any]:
    """Prints the CPU seconds of one rendering of each path that comes on standard input, as soon as it comes."""
    get = _client()
    get("/healthz/")
    _library().forget()  # that request has read the shown edition; the first page does it again
    for line in sys.stdin:
        print(_timed(get, line.strip())[0], flush=True)
    return {}


def synopse(old: str, new: str) -> dict[str, Any]:
    """The Synopse of two editions: `cold` with both to be read, `cpu` with both in memory."""
    get = _client()
    path = f"/fassungen/{old}/synopse/{new}/"
    _library().forget()
    cold, _response = _timed(get, f"{path}?x=1")
    again = [_timed(get, f"{path}?x=1")[0] for _ in range(5)]
    body = gzip.decompress(get(f"{path}?x=1").content)
    return {"cold": cold, "cpu": statistics.median(again), "changes": body.count(b' id="aenderung-')}


def pdf(slug: str) -> dict[str, Any]:
    """The long form of an edition in consultation: numbered lines cost the most."""
    apps.get_model("strategy", "EditionContent").objects.filter(edition__slug=slug).update(is_sealed=True)
    apps.get_model("strategy", "Edition").objects.filter(slug=slug).update(
        state="consultation", paper_number="Messung/1"
    )
    shutil.rmtree(settings.DATA_DIR / "pdf", ignore_errors=True)  # what was made before is not made again
    cpu, response = _timed(_client(), f"/fassungen/{slug}/druck.pdf")
    file = b"".join(response)  # a file is streamed
    compiler = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "data": cpu,
        "compiler": compiler.ru_utime + compiler.ru_stime,
        "cpu": cpu + compiler.ru_utime + compiler.ru_stime,
        "compiler_memory": compiler.ru_maxrss // 1024,
        "sheets": _sheets(file),
        "kilobytes": len(file) // 1000,
    }


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    step.__name__: step for step in (load, freeze, pages, renderings, synopse, pdf)
}


def _import_views() -> None:
    """All modules that a request or command needs, so that no step is charged with importing them."""
    get_resolver().url_patterns  # noqa: B018 (importing is what we want)
    for name in ("load_strategy", "freeze_edition", "publish_edition"):
        load_command_class(get_commands()[name], name)


def _command(name: str, *arguments: str, **options: Any) -> tuple[float, str]:
    """CPU seconds of a command, and what it said."""
    out = io.StringIO()
    start = time.process_time()
    call_command(name, *arguments, stdout=out, **options)
    return time.process_time() - start, out.getvalue()


def _client() -> Callable[[str], Any]:
    """Asks as a browser does; any other answer than 200 stops."""
    handler = WSGIHandler()
    factory = RequestFactory(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})

    def get(path: str) -> Any:
        response = handler.get_response(factory.get(path))
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
        return response

    return get


def _page(get: Callable[[str], Any], path: str) -> dict[str, Any]:
    _library().forget()
    with CaptureQueriesContext(connection) as captured:
        cold, _response = _timed(get, path)
        queries = len(captured)  # now: the next request empties the log
    return {
        "cold": cold,
        "queries": queries,
        "cpu": statistics.median(_timed(get, f"{path}?x=1")[0] for _ in range(AGAIN)),
        "bytes": len(get(path).content),
    }


def _timed(get: Callable[[str], Any], path: str) -> tuple[float, Any]:
    """CPU seconds of a request. A page with a query is not kept: it is rendered each time."""
    start = time.process_time()
    response = get(path)
    return time.process_time() - start, response


def _library() -> Any:
    """What holds the Documents of a process, wherever this checkout has it; the views have imported it."""
    return next(sys.modules[name] for name in LIBRARIES if name in sys.modules).library


def _sheets(file: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as opened:
        return len(opened)


if __name__ == "__main__":
    main(*sys.argv[1:])
