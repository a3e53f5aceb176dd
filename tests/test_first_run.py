"""What a new user does first: `make run` in a clone in which nothing has been made yet, not even the translations."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.browser.kinds import KINDS, Kind
from tests.browser.portal import Portal

pytestmark = pytest.mark.once

# Of the edition made from fixtures/herne.yaml. Changes only when the file or the declaration of a level does.
PLAKAT = "60fd461de5095da6a44ad950145fcd4763affa4e8e114b1ea046d180e9ac565a"
CATALOGUE = settings.BASE_DIR / "locale/de/LC_MESSAGES/django.po"
READY = [kind for kind in KINDS if kind.status == 200 and not kind.sends_form]


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, str]]:
    """The portal of a new clone, and what `make run` said."""
    with _running(_clone(tmp_path_factory.mktemp("clone"))) as found:
        yield found


def test_first_run_freezes_the_text_that_every_other_machine_freezes(first_run: tuple[Portal, str]):
    _portal, said = first_run

    assert f"Eingefroren: plakat, SHA-256 {PLAKAT}" in said


def test_first_run_speaks_german_on_every_kind_of_page(first_run: tuple[Portal, str]):
    portal, _said = first_run
    english = _english()

    found = {kind.address: sorted(_texts(portal, kind) & english) for kind in READY}

    assert {address: texts for address, texts in found.items() if texts} == {}


def test_english_words_on_a_page_would_be_found():
    page = _Texts()
    page.feed("<main><h1>Ziel</h1><p>Steering group: </p></main>")

    assert "steering group" in page.found
    assert "not yet started" in _english()


def _clone(folder: Path) -> Path:
    """The files of the checkout, as old as they are there, so that make finds its environment up to date."""
    named = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
    )
    for name in filter(None, named.stdout.decode().split("\0")):
        source, target = settings.BASE_DIR / name, folder / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    (folder / ".venv").symlink_to(settings.BASE_DIR / ".venv")
    return folder


@contextmanager
def _running(folder: Path) -> Iterator[tuple[Portal, str]]:
    """`make run`, until it answers; ended with everything that it started."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    log = folder / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=folder,
            env=plain,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        portal = Portal(f"http://127.0.0.1:{port}")
        _wait_for(portal, process, log)
        yield portal, log.read_text()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(portal: Portal, process: subprocess.Popen, log: Path) -> None:
    for _each in range(600):
        if process.poll() is not None:
            pytest.fail(log.read_text())
        try:
            if portal.get("/healthz/").status == 200:
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(log.read_text())


def _english() -> set[str]:
    """Every English text that has another German, as it would stand on a page, without a parameter in it."""
    entries = polib.pofile(str(CATALOGUE))
    pairs = [(_plain(entry.msgid), _plain(entry.msgstr)) for entry in entries if "%" not in entry.msgid]
    german = {german for _english, german in pairs}
    return {english for english, _german in pairs if english not in german}


def _texts(portal: Portal, kind: Kind) -> set[str]:
    answer = portal.get(kind.address)
    assert answer.status == 200, kind.address
    page = _Texts()
    page.feed(answer.text)
    return page.found


class _Texts(HTMLParser):
    """The texts of a page, each as it would stand in the catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.found.add(_plain(data))


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(":").casefold()
