"""A file that takes long is made in the background; a page says so, can be left, and leads to it when it is there."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from printing.pdf import making, store, waiting
from printing.pdf.answer import kept_file
from strategy.editions.actions import freeze, publish
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

NAME = "a" * 32
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


class SlowMaker:
    """Makes a file once it is let go; counts how often it was asked to."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.times = 0
        self.failure: Exception | None = None

    def __call__(self) -> Path:
        if path := store.find(NAME):
            return path
        with making.place():
            self.times += 1
            self.may_end.wait(10)
            if self.failure:
                raise self.failure
            with store.new_file(NAME) as target:
                target.write_bytes(b"%PDF-1.7")
        return store.path_of(NAME)

    def finish(self) -> None:
        """Let it go, and wait until it has ended."""
        going_on = waiting._going_on.get(NAME)
        self.may_end.set()
        if going_on:
            going_on.exception(timeout=10)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)


@pytest.fixture
def maker() -> Any:
    slow = SlowMaker()
    yield slow
    slow.finish()


def asked(make: Callable[[], Path], accept: str = BROWSER) -> HttpResponse:
    request = RequestFactory().get("/druck.pdf?x=1", headers={"accept": accept})
    request.user = AnonymousUser()
    return kept_file(
        request,
        etag=NAME,
        make=make,
        content_type="application/pdf",
        disposition='inline; filename="strategie.pdf"',
        context={"instead": "/druck/"},
    )


def test_page_says_that_it_goes_on_and_leads_to_the_file_when_it_is_there(maker: SlowMaker):
    waiting_page = asked(maker)
    page = waiting_page.content.decode()
    maker.finish()
    answer = asked(maker)

    assert (waiting_page.status_code, waiting_page["Refresh"], waiting_page["Cache-Control"]) == (
        202,
        "3",
        "no-store",
    )
    assert "„strategie.pdf“: Bei einer langen Strategie dauert das" in page
    assert '<a class="button" href="/druck.pdf?x=1">' in page
    assert '<a href="/druck/">' in page
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")


def test_all_who_ask_meanwhile_wait_for_the_same(maker: SlowMaker):
    assert [asked(maker).status_code for _again in range(3)] == [202, 202, 202]

    maker.finish()

    assert maker.times == 1


def test_program_waits_for_the_file_itself(maker: SlowMaker):
    maker.may_end.set()

    answer = asked(maker, accept="*/*")

    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")


def test_quick_file_is_there_at_once(maker: SlowMaker, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "PATIENCE", 10)
    maker.may_end.set()

    assert asked(maker).status_code == 200


def test_file_that_cannot_be_made_is_said_when_it_is_known(maker: SlowMaker, monkeypatch: pytest.MonkeyPatch):
    maker.failure = making.Failed("kein Platz")
    assert asked(maker).status_code == 202

    monkeypatch.setattr(waiting, "PATIENCE", 10)
    maker.may_end.set()
    answer = asked(maker)

    assert answer.status_code == 503
    assert "Dieses PDF konnte nicht erzeugt werden" in answer.content.decode()


def test_who_published_asks_for_what_is_finished_and_gets_no_page(maker: SlowMaker):
    with store.only_finished():
        answer = asked(maker)

    assert (answer.status_code, maker.times) == (204, 0)


def test_printout_of_an_edition_is_made_in_the_background(client: Client, monkeypatch: pytest.MonkeyPatch):
    plant("theme Bildung")
    publish(freeze(slug="erste", title="Erste"))
    let_go = threading.Event()

    def slow(*args: Any) -> None:
        let_go.wait(10)
        raise making.Failed("Test")

    monkeypatch.setattr(making, "compile_file", slow)
    answer = client.get("/fassungen/erste/langfassung.pdf", headers={"accept": BROWSER})
    going_on = list(waiting._going_on.values())
    let_go.set()

    assert answer.status_code == 202
    assert "langfassung.pdf" in answer.content.decode()
    assert [type(each.exception(timeout=10)) for each in going_on] == [making.Failed]
