"""What a first visit costs: the start page with all that it loads, as it comes over the wire."""

from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.html_page import HtmlPage, css_addresses
from tests.browser.portal import Answer, Portal

pytestmark = pytest.mark.browser

BAR = 60_000  # bytes


@pytest.mark.parametrize("encoding", ["gzip, deflate, br", "gzip"])
def test_first_visit_is_light(portal: Portal, encoding: str) -> None:
    sizes: dict[str, int] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        answer = portal.get(path, **{"Accept-Encoding": encoding})
        sizes[path] = int(answer.headers["Content-Length"])
        plain = portal.get(path, **{"Accept-Encoding": "identity"})
        assert sizes[path] == len(answer.body) <= len(plain.body)
        waiting += [each for each in _loaded(path, plain) if each not in sizes]

    assert {path.rpartition(".")[2] for path in sizes} == {"/", "css", "woff2", "svg"}
    assert sum(sizes.values()) <= BAR, sizes


def _loaded(path: str, answer: Answer) -> list[str]:
    """The paths of all that a page or stylesheet makes the browser load."""
    found: list[str] = []
    if answer.media_type == "text/html":
        found = HtmlPage.read(answer.text).resources
    elif answer.media_type == "text/css":
        found = css_addresses(answer.text)
    return [urlsplit(urljoin(path, each)).path for each in found]
