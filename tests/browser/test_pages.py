"""Every kind of page in Chromium: it is there, it fits, it has no barrier, the browser does not complain."""

from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser

from procurement.accessibility import last_run
from tests.browser.kinds import BY_NAME, KINDS, OTHER, SHOWN, Kind
from tests.browser.portal import Portal
from tests.browser.visit import PHONE, Visit, visit

pytestmark = pytest.mark.browser

every_kind = pytest.mark.parametrize("kind", KINDS, ids=str)

LARGE_TEXT = "html { font-size: 200% !important }"
WIDE_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }
"""
WITHOUT_SCRIPTS = [*SHOWN, *OTHER[-5:]]
NO_PAGES = {"by_code", "colours", "healthz", "ready", "print_css", "print_synopse_css", "robots", "sitemap"}
NO_PAGES |= {"security_txt"}  # for machines, too
NO_PAGES |= {"synopse_working_tree"}  # leads to the administration
NO_PAGES |= {
    "archive",
    "json",
    "pdf",
    "pdf_entry",
    "pdf_long",
    "pdf_short",
    "pdf_synopse",
    "pdf_decision",
    "original",
    "report_json",
    "report_pdf",
}
NO_PAGES |= {"kept_files", "decision"}  # of what the council has had: staff/test_council_cycle.py reads them


@every_kind
def test_page_on_a_desk(portal: Portal, browser: Browser, screenshots: Path, kind: Kind) -> None:
    with visit(browser, portal, kind) as reader:
        reader.photograph(screenshots / f"{kind}-desk-light.jpg")
        assert (reader.status, reader.page.locator("h1").count()) == (kind.status, 1)

        problems = {"too wide": reader.too_wide, "axe": reader.barriers}
        if reader.unfold():
            problems["axe, unfolded"] = reader.barriers
        reader.use_styles(LARGE_TEXT)
        problems["too wide with text of 200 %"] = reader.too_wide

        _assert_none(reader, problems)


@every_kind
def test_page_on_a_phone_in_the_dark(portal: Portal, browser: Browser, screenshots: Path, kind: Kind) -> None:
    with visit(browser, portal, kind, size=PHONE, scheme="dark") as reader:
        reader.photograph(screenshots / f"{kind}-phone-dark.jpg")

        problems = {"too wide": reader.too_wide}
        reader.unfold()
        problems |= {"too wide, unfolded": reader.too_wide, "axe, unfolded": reader.barriers}
        reader.use_styles(WIDE_SPACING)
        problems["too wide with wide spacing"] = reader.too_wide
        reader.use_styles(LARGE_TEXT)
        problems["too wide with text of 200 %"] = reader.too_wide
        problems["cut off with text of 200 %"] = reader.cut_off

        _assert_none(reader, problems)


@pytest.mark.parametrize("kind", WITHOUT_SCRIPTS, ids=str)
def test_page_without_scripts(portal: Portal, browser: Browser, kind: Kind) -> None:
    with visit(browser, portal, kind) as reader:
        with_scripts = reader.page.locator("body").inner_text()
    with visit(browser, portal, kind, scripts=False) as reader:
        assert reader.page.locator("h1").is_visible()
        assert reader.page.locator("body").inner_text() == with_scripts


def test_what_axe_sees_is_kept_for_the_report(
    portal: Portal, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCESSIBILITY_RECORD", str(tmp_path / "record.jsonl"))
    with visit(browser, portal, BY_NAME["sdg"], size=PHONE, scheme="dark") as reader:
        assert reader.barriers == []
        title = reader.page.title()

    run = last_run(tmp_path / "record.jsonl")

    assert [(page.title, page.address, page.looks) for page in run.checked] == [(title, "/sdg/4/", 1)]
    assert {"label", "color-contrast", "target-size"} < run.rules


def test_no_public_page_is_forgotten() -> None:
    tested = {resolve(kind.address.partition("?")[0]).view_name for kind in KINDS if kind.status != 404}
    public = _public_names(get_resolver().url_patterns)

    assert {name for name in public if name.rpartition(":")[2] not in NO_PAGES} - tested == set()


def _assert_none(reader: Visit, problems: dict[str, list[str]]) -> None:
    """One message with all that is wrong with a page."""
    found = {**problems, "the browser complains": reader.complaints, "cookies": reader.cookies}
    lines = [f"{name}: {each}" for name, all_of_it in found.items() for each in all_of_it]
    if lines:
        pytest.fail("\n".join([reader.kind.address, *lines]), pytrace=False)


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
