"""Every kind of page in Chromium: it is there, it fits, and the browser has nothing to complain of."""

from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser

from tests.browser.kinds import KINDS, Kind
from tests.browser.portal import Portal
from tests.browser.visit import PHONE, visit

pytestmark = pytest.mark.browser

every_kind = pytest.mark.parametrize("kind", KINDS, ids=str)

LARGE_TEXT = "html { font-size: 200% !important }"
WIDE_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }
"""
NO_PAGES = {"by_code", "colours", "healthz", "robots", "sitemap"}


@every_kind
def test_page_on_a_desk(portal: Portal, browser: Browser, screenshots: Path, kind: Kind) -> None:
    with visit(browser, portal, kind) as reader:
        reader.page.screenshot(path=screenshots / f"{kind}-desk-light.png", full_page=True)
        normal = reader.too_wide
        reader.use_styles(LARGE_TEXT)
        large = reader.too_wide

        assert (reader.status, reader.complaints, reader.cookies) == (kind.status, [], [])
        assert reader.page.locator("h1").count() == 1
        assert {"normal text": normal, "text of 200 %": large} == {"normal text": [], "text of 200 %": []}


@every_kind
def test_page_on_a_phone(portal: Portal, browser: Browser, screenshots: Path, kind: Kind) -> None:
    with visit(browser, portal, kind, size=PHONE, scheme="dark") as reader:
        reader.page.screenshot(path=screenshots / f"{kind}-phone-dark.png", full_page=True)
        folded = reader.too_wide
        reader.open_details()
        unfolded = reader.too_wide
        reader.use_styles(WIDE_SPACING)
        spaced = reader.too_wide

        assert reader.complaints == []
        assert {"folded": folded, "unfolded": unfolded, "spaced": spaced} == {
            "folded": [],
            "unfolded": [],
            "spaced": [],
        }


@every_kind
def test_page_without_scripts(portal: Portal, browser: Browser, kind: Kind) -> None:
    with visit(browser, portal, kind) as reader:
        with_scripts = reader.page.locator("body").inner_text()
    with visit(browser, portal, kind, scripts=False) as reader:
        assert reader.page.locator("h1").is_visible()
        assert reader.page.locator("body").inner_text() == with_scripts


def test_no_public_page_is_forgotten() -> None:
    tested = {resolve(kind.address.partition("?")[0]).view_name for kind in KINDS if kind.status != 404}

    assert {name for name in _public_names(get_resolver().url_patterns) if _last(name) not in NO_PAGES} - {
        name for name in tested
    } == set()


def _public_names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> set[str]:
    """The names of all pages that readers can reach."""
    names: set[str] = set()
    for pattern in patterns:
        if str(pattern.pattern).startswith("verwaltung/"):
            continue
        if isinstance(pattern, URLResolver):
            below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= _public_names(pattern.url_patterns, below)
        elif pattern.name:
            names.add(f"{namespace}{pattern.name}")
    return names


def _last(name: str) -> str:
    return name.rpartition(":")[2]
