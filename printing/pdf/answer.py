"""The answer to a request for a file: the file, that the reader has it already, or why there is none now."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from printing.kept_files import KeptFile
from printing.pdf import making, store, waiting
from strategy.document.data import Plain
from strategy.pages.public_files import PublicFile


@dataclass(frozen=True)
class PdfFile:
    """A file that is asked for. `instead` is the address of the same as a page.

    `depends_on` is all that its content depends on, as plain data; None where only the content itself says so.
    """

    template: str
    name: str
    instead: str
    build: Callable[[], dict[str, Plain]]
    depends_on: Plain = None


def answer(request: HttpRequest, file: PdfFile, context: dict[str, object]) -> HttpResponse:
    """The PDF as it stands today."""
    build = file.build
    if file.depends_on is None:
        data = build()
        name, build = store.name_of(file.template, data), lambda: data
    else:
        name = store.name_of(file.template, file.depends_on)
    return kept_file(
        request,
        etag=name,
        make=lambda: making.made(name, file.template, build),
        content_type="application/pdf",
        disposition=f'inline; filename="{file.name}"',
        context={**context, "instead": file.instead},
    )


def kept_file(
    request: HttpRequest,
    *,
    etag: str,
    make: Callable[[], Path],
    content_type: str,
    disposition: str,
    context: dict[str, object],
) -> HttpResponse:
    """A file that is kept, made where it is not there. Browsers ask again each time, and get it only where it has
    changed. Who waits long for one is told so meanwhile. `context` has `instead`, the address of the same as a page."""
    if unchanged := get_conditional_response(request, etag=f'"{etag}"'):
        return _with_headers(unchanged, f'"{etag}"')
    if waiting.shows_pages(request) and not waiting.is_there(make):
        make = partial(waiting.made_soon, etag, make)
    try:
        path, content = making.found(make)
    except waiting.StillMaking:
        return _being_made(request, {**context, "name": disposition.split('"')[1]})
    except making.Busy:
        return _unavailable(request, context)
    except making.Failed as failed:
        return _unavailable(request, context, reason=str(failed))
    except OSError as error:
        return _unavailable(request, context, reason=f"{settings.DATA_DIR}: {error.strerror}")
    return _file(content, content_type, disposition, etag, PublicFile(path))


def unchanging_file(request: HttpRequest, file: KeptFile, name: str) -> HttpResponse:
    """A file that the council had before it: always these bytes, whatever this program would make today. Its ETag is
    its SHA-256. It can be withheld tomorrow, so browsers ask again each time."""
    if unchanged := get_conditional_response(request, etag=f'"{file.sha256}"'):
        return _with_headers(unchanged, f'"{file.sha256}"')
    content = file.read()
    copy = PublicFile(store.copy_of(content, file.sha256), file.sha256)
    return _file(content, "application/pdf", f'inline; filename="{name}"', file.sha256, copy)


def _file(content: bytes, content_type: str, disposition: str, etag: str, file: PublicFile) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = disposition
    response.public_file = file  # type: ignore[attr-defined]
    return _with_headers(response, f'"{etag}"')


def _with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


def _being_made(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """A page that says so, and asks again by itself."""
    context["address"] = request.get_full_path()
    response = render(request, "printing/pdf_making.html", context, status=202)
    response["Refresh"] = str(waiting.REFRESH)
    response["Cache-Control"] = "no-store"
    return response


def _unavailable(request: HttpRequest, context: dict[str, object], reason: str = "") -> HttpResponse:
    """Says so in a sentence and offers the page; the staff reads the reason too. Whoever wanted it only if it is
    finished gets nothing."""
    if store.makes_nothing():
        return HttpResponse(status=204)
    shown = reason if request.user.is_staff and request.user.has_perm("strategy.view_edition") else ""
    more = {"is_busy": not reason, "reason": shown}
    response = render(request, "printing/pdf_unavailable.html", {**context, **more}, status=503)
    response["Retry-After"] = str(making.FAILURE_LASTS if reason else making.RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
