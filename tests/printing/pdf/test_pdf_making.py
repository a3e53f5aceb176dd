"""Files are made one at a time, whole or not at all, and found again."""

import fcntl
import os
import threading
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from bench.strategy_data import strategy_data
from printing import printout as printouts
from printing.pdf import making, store
from strategy.document.document import Document
from tests.printing.pdf.pdf_files import data_of, edition_of

NAME = "0" * 32


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "pdf"


def build() -> dict[str, Any]:
    data = strategy_data(1)
    printout = printouts.of_entry(Document.from_data(data), Document.from_data(data).all_measures[0])
    return data_of(printout, edition_of(data))


def impossible() -> dict[str, Any]:
    return {**build(), "date": [2026, 13, 45]}


def kept(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"lock"}


def refuse() -> dict[str, Any]:
    raise AssertionError("made again")


def test_file_is_made_once_and_found_again(folder: Path):
    path = making.made(NAME, "strategy", build)

    again = making.made(NAME, "strategy", refuse)

    assert again == path
    assert kept(folder) == {f"{NAME}.pdf"}
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1


def test_failure_keeps_its_reason_and_no_file(folder: Path, caplog: pytest.LogCaptureFixture):
    with pytest.raises(making.Failed, match="month is invalid"):
        making.made(NAME, "strategy", impossible)

    assert kept(folder) == {f"{NAME}.failed"}
    assert "could not be made" in caplog.text


def test_failure_is_not_tried_again_at_once_but_later(folder: Path):
    with pytest.raises(making.Failed):
        making.made(NAME, "strategy", impossible)

    with pytest.raises(making.Failed, match="month is invalid"):
        making.made(NAME, "strategy", refuse)
    long_ago = time.time() - making.FAILURE_LASTS - 1
    os.utime(folder / f"{NAME}.failed", (long_ago, long_ago))
    making.made(NAME, "strategy", build)

    assert kept(folder) == {f"{NAME}.pdf"}


def test_time_limit_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(making, "TIME_LIMIT", 0.01)

    with pytest.raises(making.Failed, match="Not ready"):
        making.made(NAME, "strategy", build)

    assert kept(folder) == {f"{NAME}.failed"}


def test_memory_limit_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def endless() -> dict[str, Any]:
        data = build()
        data["parts"][0]["blocks"] *= 30_000
        return data

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(making, "MEMORY", 256 * 1024**2)

    with pytest.raises(making.Failed):
        making.made(NAME, "strategy", endless)

    assert kept(folder) == {f"{NAME}.failed"}


def test_whoever_waited_finds_what_another_has_made(folder: Path):
    """The lock is held by somebody else, who leaves the file behind."""
    store.folder()
    found: list[Path] = []
    with (folder / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = threading.Thread(target=lambda: found.append(making.made(NAME, "missing", build)))
        waiting.start()
        time.sleep(0.3)
        assert waiting.is_alive()
        store.path_of(NAME).write_bytes(b"%PDF")
    waiting.join(10)

    assert found == [folder / f"{NAME}.pdf"]
    assert found[0].read_bytes() == b"%PDF"


def test_whose_turn_does_not_come_is_sent_away(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(making, "PATIENCE", 0.1)
    store.folder()

    with (folder / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(making.Busy):
            making.made(NAME, "strategy", build)

    assert kept(folder) == set()


def test_more_than_so_many_do_not_wait(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(making, "WAITING", threading.BoundedSemaphore(1))

    with making.WAITING, pytest.raises(making.Busy):
        making.made(NAME, "strategy", refuse)
    making.made(NAME, "strategy", build)

    assert kept(folder) == {f"{NAME}.pdf"}


def test_oldest_go_first_and_leftovers_with_them(folder: Path):
    store.folder()
    for age, name in enumerate(["new", "middle", "old"]):
        (folder / f"{name}.pdf").write_bytes(b"x" * 100)
        os.utime(folder / f"{name}.pdf", (1000 - age, 1000 - age))
    (folder / "killed.part").write_bytes(b"x")

    store.prune(limit=250)

    assert kept(folder) == {"new.pdf", "middle.pdf"}


def test_what_is_asked_for_stays(folder: Path):
    store.folder()
    for age, name in enumerate(["new", "old"]):
        (folder / f"{name}.pdf").write_bytes(b"x" * 100)
        os.utime(folder / f"{name}.pdf", (1000 - age, 1000 - age))

    store.find("old")
    store.prune(limit=100)

    assert kept(folder) == {"old.pdf"}


def test_even_a_file_beyond_the_limit_is_kept_while_it_is_the_newest(folder: Path):
    store.folder()
    (folder / "big.pdf").write_bytes(b"x" * 100)

    store.prune(limit=10)

    assert kept(folder) == {"big.pdf"}


def test_name_depends_on_the_program_and_the_address(settings: Any):
    names = [store.name_of("strategy", {"digest": "a"})]
    names.append(store.name_of("strategy", {"digest": "b"}))
    settings.PROGRAM_VERSION = "another"
    names.append(store.name_of("strategy", {"digest": "a"}))
    settings.PUBLIC_URL = "https://anders.example"
    names.append(store.name_of("strategy", {"digest": "a"}))

    assert len(set(names)) == 4
    assert names[-1] == store.name_of("strategy", {"digest": "a"})
