"""Which addresses are written: what readers are led to from the start page and the sitemap."""

import html
import re
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from django.conf import settings

from herne_strategy.static_site.application import Answer

START = ("/", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt")
LIMIT = 60_000  # addresses: three times a strategy of 15,000 measures
APART = re.compile(r"/(verwaltung|static|healthz|bereit)/")
# A page of an edition that is not the shown one, or is read apart from live data.
OF_AN_EDITION = re.compile(r"/fassungen/[^/]+/")
_LINK = re.compile(rb'\b(?:href|src)="([^"]*)"|<loc>([^<]*)</loc>')
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")


def walk(ask: Callable[[str], Answer], *, is_whole: bool = False) -> Iterator[tuple[str, Answer]]:
    """Every address with its answer, nearest to the start page first, files last.

    Pages of an edition under its own address are asked for where the shown pages lead to them, but lead no further,
    except to their files: each edition would be a site of its own. The whole has these sites too.
    """
    pages, files = deque(START), deque[str]()
    known = set(START)
    while pages or files:
        address = pages.popleft() if pages else files.popleft()
        answer = ask(address)
        yield address, answer
        for link in links(address, answer):
            if link in known or len(known) >= LIMIT:
                continue
            if OF_AN_EDITION.match(address) and link.endswith("/") and not is_whole:
                continue
            known.add(link)
            (files if is_file(link) else pages).append(link)


def is_file(address: str) -> bool:
    """Whether it is a file of its own, of which nothing leads further."""
    return address.endswith((".pdf", ".zip", ".json"))


def links(address: str, answer: Answer) -> Iterator[str]:
    """The addresses of this portal that the answer at this address leads to and that may be public pages."""
    if location := answer.headers.get("Location"):
        found = [location]
    elif answer.headers.get("Content-Type", "").startswith(("text/html", "application/xml")):
        found = [html.unescape((a or b).decode()) for a, b in _LINK.findall(answer.body)]
    else:
        return
    for link in found:
        path = _target(address, link).removeprefix(settings.PUBLIC_URL)
        if path.startswith("/") and may_be_page(path):
            yield path


def _target(address: str, link: str) -> str:
    """The whole address that a link on a page leads to; empty where it is none."""
    try:
        return urljoin(settings.PUBLIC_URL + address, link).partition("#")[0]
    except ValueError:  # an editor may have written anything
        return ""


def may_be_page(address: str) -> bool:
    """Whether an address may belong to a public page: no query, nothing of the staff's or the monitor's."""
    return "?" not in address and not APART.match(address) and not _CONTROL.search(address)
