"""Every public page of a database, found by its links: a digest of each."""

import hashlib
import re
from collections import deque

LINK = re.compile(rb'href="(/[^"#?]*)')
TOKENS = re.compile(rb'<input type="hidden"[^>]*>')  # of forms: others with each answer
MADE_ON_REQUEST = (".pdf", ".zip")  # what is kept of them, verify_editions recalculates
ELSEWHERE = ("/static/", "/verwaltung/")
LIKE_IN_TESTS = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def read(address: str) -> tuple[str, list[str]]:
    """The digest of a page, with its status before it where that is not 200, and where its links lead."""
    from django.test import Client, override_settings

    with override_settings(STORAGES=LIKE_IN_TESTS):
        answer = Client(headers={"host": "127.0.0.1"}).get(address)
    content = b"".join(answer) if answer.streaming else answer.content
    status = "" if answer.status_code == 200 else f"{answer.status_code} "
    links = LINK.findall(content) if "html" in answer.get("Content-Type", "") else []
    return status + hashlib.sha256(TOKENS.sub(b"", content)).hexdigest(), [link.decode() for link in links]


def pages(*first: str, limit: int) -> dict[str, str]:
    """Digests by address, of as many pages as there are up to the limit."""
    found: dict[str, str] = {}
    waiting = deque([*first, "/", "/massnahmen/", "/sitemap.xml", "/robots.txt"])
    while waiting and len(found) < limit:
        address = waiting.popleft()
        if (
            address not in found
            and not address.endswith(MADE_ON_REQUEST)
            and not address.startswith(ELSEWHERE)
        ):
            found[address], links = read(address)
            waiting += links
    return found
