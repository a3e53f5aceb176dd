"""The data folder is full, can only be read, or is no folder at all: finished files are delivered, others say so."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from printing.archive.making import Archive
from printing.pdf import making, store
from tests.printing.sample import store as stored

pytestmark = pytest.mark.django_db
PDF, ZIP = "/fassungen/eins/kurzfassung.pdf", "/fassungen/eins/archiv.zip"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def only_readable(monkeypatch: pytest.MonkeyPatch) -> Any:
    """As the kernel answers for a file system that is mounted read-only, whoever asks."""

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    def mount() -> None:
        monkeypatch.setattr("printing.pdf.store.os.utime", refuse)
        monkeypatch.setattr("printing.pdf.store.os.replace", refuse)
        monkeypatch.setattr("printing.pdf.store.NamedTemporaryFile", refuse)

    return mount


def fill(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1_000_000)
    monkeypatch.setattr("printing.pdf.store.shutil.disk_usage", lambda path: usage)


def test_finished_files_are_delivered_and_others_are_not(folder: Path, only_readable: Any):
    stored("eins")
    assert Client().get(PDF).status_code == 200

    only_readable()
    finished, other = Client().get(PDF), Client().get("/fassungen/eins/langfassung.pdf")

    assert (finished.status_code, finished.content[:5]) == (200, b"%PDF-")
    assert (other.status_code, other["Retry-After"]) == (503, "300")
    assert "Das PDF ist gerade nicht verfügbar" in other.content.decode()


def test_nothing_is_compiled_where_it_would_find_no_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    stored("eins")
    monkeypatch.setattr(making, "compile_file", lambda *args: pytest.fail("compiled"))
    fill(monkeypatch)

    answers = [Client().get(address).status_code for address in (PDF, ZIP)]

    assert answers == [503, 503]
    assert {message.split(": ")[-1] for message in caplog.messages if "No file" in message} == {
        os.strerror(errno.ENOSPC)
    }
    assert Client().get("/fassungen/eins/").status_code == 200


def test_folder_that_is_none(folder: Path):
    edition = stored("eins")
    (folder / "pdf").write_text("not a folder")

    assert Client().get(PDF).status_code == 503
    with pytest.raises(making.Failed):
        Archive.of(edition).path()


def test_failure_of_the_compiler_that_cannot_be_noted_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*args: Any) -> None:
        raise making.Failed("no room left")

    def refuse(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(making, "compile_file", fail)
    monkeypatch.setattr(store, "keep_failure", refuse)

    with pytest.raises(making.Failed, match="no room left"):
        making.made("0" * 32, "strategy", lambda: {})
