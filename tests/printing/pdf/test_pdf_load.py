"""Many readers at once ask for PDFs that nobody has made yet."""

import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from tests.browser.portal import Portal, running

pytestmark = [pytest.mark.stress, pytest.mark.once]

PAGES = ["/", "/massnahmen/", "/fassungen/", "/fassungen/plakat/"]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, Path]]:
    folder = tmp_path_factory.mktemp("portal")
    with running(folder, [["prepare_demo"]], workers=2, threads=32) as found:
        yield found, folder


def get(portal: Portal, address: str) -> tuple[int, bytes]:
    """Status and body. Compilers step back behind everything else on the machine, so it may take long."""
    with urllib.request.urlopen(portal.url + address, timeout=400) as response:
        return response.status, response.read()


def addresses() -> list[str]:
    """Twenty different PDFs."""
    excerpts = [
        "themenfelder/wohnen-quartiere/druck.pdf",
        "ziele/beispiel-baeume/druck.pdf",
        "massnahmen/beispiel-baumgruben/druck.pdf",
        "massnahmen/beispiel-schulberatung/druck.pdf",
        "druck.pdf?stadtbezirk=wanne",
        "druck.pdf?stadtbezirk=sodingen",
        "druck.pdf?fachbereich=beispiel-bildung",
        "kurzfassung.pdf",
        "langfassung.pdf",
    ]
    found = [f"/fassungen/{edition}/{each}" for edition in ("beispiel-1", "beispiel-2") for each in excerpts]
    return [
        *found,
        "/fassungen/plakat/langfassung.pdf",
        "/fassungen/beispiel-1/synopse/beispiel-2/synopse.pdf",
    ]


def compilers(folder: Path) -> int:
    """How many compilers that write into this folder are running right now."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended meanwhile
        count += b"printing.pdf.compile" in command and str(folder).encode() in command
    return count


@contextmanager
def watched(folder: Path) -> Iterator[list[int]]:
    """How many compilers were seen at each look, while this lasts."""
    seen: list[int] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            seen.append(compilers(folder))
            time.sleep(0.01)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def test_twenty_different_files_at_once(portal: tuple[Portal, Path], tmp_path: Path):
    asked, folder = portal
    wanted = addresses()

    with watched(folder) as seen, ThreadPoolExecutor(len(wanted)) as readers:
        coming = [readers.submit(get, asked, address) for address in wanted]
        pages = []
        while not all(each.done() for each in coming):
            pages += [get(asked, address)[0] for address in PAGES]
            time.sleep(0.1)
        answers = [each.result() for each in coming]

    assert len(wanted) == len(set(wanted)) == 20
    assert {status for status, _body in answers} == {200}
    assert max(seen) == 1
    assert len(pages) >= len(PAGES)
    assert set(pages) == {200}
    for _status, body in answers:
        (tmp_path / "answer.pdf").write_bytes(body)
        with pikepdf.open(tmp_path / "answer.pdf") as pdf:
            assert len(pdf.pages) >= 1
    assert len(list((folder / "pdf").glob("*.pdf"))) == 20
    assert list((folder / "pdf").glob("*.part")) == []


def test_same_new_file_for_many_is_made_once(portal: tuple[Portal, Path]):
    asked, folder = portal
    address = "/fassungen/beispiel-1/themenfelder/beispiel-stadtgruen/druck.pdf"
    before = set((folder / "pdf").glob("*.pdf"))

    with ThreadPoolExecutor(12) as readers:
        answers = set(readers.map(partial(get, asked), [address] * 12))

    assert [status for status, _body in answers] == [200]
    assert len(set((folder / "pdf").glob("*.pdf")) - before) == 1
