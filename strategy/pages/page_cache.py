"""Public pages, rendered once for each revision and day, kept compressed, and answered before all else.

None of what is kept takes a query. While the database cannot be read, a header says of when it is.

An address with a query is answered in the same way, but not kept; so it is compressed as quickly as possible.
"""

import copy
import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import brotli
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from strategy.editions.library import library
from strategy.editions.watcher import watcher
from strategy.pages.public_files import FileAnswer

LAST_KNOWN = "X-Last-Known"  # when the database could be read last, where it cannot be now
LIMIT = 64 * 1024 * 1024  # bytes of bodies in a process
FILES = 5000  # finished files whose place a process remembers
SHORT_FORM = "umfang=kurz"
_RECODE: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "": lambda body: body,
}


@dataclass
class Page:
    """A rendered page. `answers` has a ready response for each encoding that was asked for."""

    etag: str
    headers: dict[str, str]
    packed: bytes
    answers: dict[str, HttpResponse] = field(default_factory=dict)

    def answer(self, encoding: str) -> HttpResponse:
        """A response of its own, sharing the body with all others."""
        if not encoding:
            return self._make(encoding)
        if encoding not in self.answers:
            self.answers[encoding] = self._make(encoding)
        return _fresh(self.answers[encoding])

    def head(self, encoding: str) -> HttpResponse:
        """The same without its body, but with its length."""
        response = self.answer(encoding)
        response.headers = copy.copy(response.headers)
        response.content = b""
        return response

    @property
    def size(self) -> int:
        """Bytes that it may come to hold: packed, and in each of the two encodings."""
        return 3 * len(self.packed)

    def _make(self, encoding: str) -> HttpResponse:
        body = self.packed if encoding == "gzip" else _RECODE[encoding](gzip.decompress(self.packed))
        response = HttpResponse(body, headers=self.headers)
        response["Content-Length"] = str(len(body))
        if encoding:
            response["Content-Encoding"] = encoding
        return response


class PageCache:
    """The first middleware. A view opts in by setting `is_public_page` on its response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._files: dict[str, FileAnswer] = {}
        self._stamp = ""
        self._size = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may_be_public(request):
            return self.get_response(request)
        return _dated(self._answer(request))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            stamp = library.shown().stamp
        except OperationalError:  # pages say so; static files need no database
            return self.get_response(request)
        path = _address(request)
        if file_answer := self._finished(path, stamp, request):
            return file_answer
        page = self._find(path, stamp)
        if page is None:
            response = self.get_response(request)
            if (file := FileAnswer.of(response)) and _is_worth_keeping(request):
                self._keep_file(path, file, stamp)
            if not getattr(response, "is_public_page", False) or response.cookies:
                return response
            if not _is_worth_keeping(request):
                return _answer(_page(response, stamp, path, level=1), request, encodings=("gzip",))
            page = _page(response, stamp, path)
            self._keep(path, page, stamp)
        return _answer(page, request)

    def _may_be_public(self, request: HttpRequest) -> bool:
        if request.method not in ("GET", "HEAD"):
            return False
        request.get_host()  # refuses a host that is not ours
        return not settings.SECURE_SSL_REDIRECT or request.is_secure()

    def _find(self, path: str, stamp: str) -> Page | None:
        with self._lock:
            if stamp != self._stamp or path not in self._pages:
                return None
            self._pages.move_to_end(path)
            return self._pages[path]

    def _keep(self, path: str, page: Page, stamp: str) -> None:
        with self._lock:
            if not self._is_current(stamp):
                return
            if old := self._pages.pop(path, None):
                self._size -= old.size
            self._pages[path] = page
            self._size += page.size
            while self._size > LIMIT:
                _path, oldest = self._pages.popitem(last=False)
                self._size -= oldest.size

    def _is_current(self, stamp: str) -> bool:
        """Whether nothing has changed since; then what is kept is of this stamp."""
        if library.last_known is None or stamp != library.last_known.stamp:
            return False
        if stamp != self._stamp:
            self._pages, self._files, self._stamp, self._size = OrderedDict(), {}, stamp, 0
        return True

    def _finished(self, path: str, stamp: str, request: HttpRequest) -> HttpResponse | None:
        """The finished file at this address, read from the disk."""
        file = self._files.get(path) if stamp == self._stamp else None
        return file.to(request) if file else None

    def _keep_file(self, path: str, file: FileAnswer, stamp: str) -> None:
        with self._lock:
            if self._is_current(stamp) and len(self._files) < FILES:
                self._files[path] = file


def _is_worth_keeping(request: HttpRequest) -> bool:
    """Whether there is no query, of which anybody can think up any number, or the one that is kept: readers print
    the short form often, and there is one for each edition."""
    query = request.META.get("QUERY_STRING")
    return not query or (query == SHORT_FORM and request.path_info.endswith("/druck/"))


def _address(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING")
    return f"{request.path_info}?{query}" if query else request.path_info


def _page(response: HttpResponse, stamp: str, path: str, *, level: int = 6) -> Page:
    key = f"{stamp} {path}"
    etag = f'W/"{hashlib.sha256(key.encode()).hexdigest()[:20]}"'
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    headers |= {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    return Page(etag, headers, gzip.compress(response.content, level, mtime=0))


def _answer(page: Page, request: HttpRequest, *, encodings: tuple[str, ...] = ("br", "gzip")) -> HttpResponse:
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked and _names(asked, page.etag):
        kept = {name: value for name, value in page.headers.items() if name != "Content-Type"}
        return HttpResponseNotModified(headers=kept)
    encoding = _encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""), encodings)
    return page.answer(encoding) if request.method == "GET" else page.head(encoding)


def _names(asked: str, etag: str) -> bool:
    """Whether If-None-Match names this ETag. It compares weakly: with or without W/ (RFC 9110, 13.1.2)."""
    tags = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


@lru_cache(maxsize=256)
def _encoding(accepted: str, encodings: tuple[str, ...]) -> str:
    """The best of these encodings that an Accept-Encoding header allows."""
    parts = [part.replace(" ", "").partition(";q=") for part in accepted.lower().split(",")]
    allowed = {name for name, _q, weight in parts if weight.strip("0.") or not weight}
    return next((encoding for encoding in encodings if encoding in allowed), "")


def _dated(response: HttpResponse) -> HttpResponse:
    """The response, with the time of what it shows where that may not be the last any more."""
    if watcher.is_down:
        response.headers = copy.deepcopy(response.headers)  # those of a kept page are shared
        response[LAST_KNOWN] = f"{watcher.outage.last_read_at:%Y-%m-%dT%H:%M:%SZ}"
    return response


def _fresh(response: HttpResponse) -> HttpResponse:
    fresh = copy.copy(response)
    fresh._resource_closers = []  # type: ignore[attr-defined]  # each request closes its own
    return fresh
