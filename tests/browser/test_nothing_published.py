"""A portal whose first edition is still to come."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import portal as portals
from tests.browser.kinds import Kind
from tests.browser.visit import visit

pytestmark = pytest.mark.browser

EMPTY = [
    ["build_assets"],
    ["migrate", "--verbosity", "0"],
    ["collectstatic", "--no-input", "--verbosity", "0"],
]


def test_nothing_published_yet(tmp_path: Path, browser: Browser) -> None:
    with portals.running(tmp_path, EMPTY) as portal:
        kind = Kind("nothing-published", "/", status=404)
        with visit(browser, portal, kind) as reader:
            assert reader.status == 404
            assert reader.page.locator("h1").inner_text() == "Noch ist nichts veröffentlicht"
            assert [*reader.barriers, *reader.complaints, *reader.cookies, *reader.too_wide] == []
        assert portal.get("/fassungen/").status == 200
        assert portal.get("/massnahmen/").status == 404
