"""The process that writes: when it begins, what it does in an outage, and what the log says."""

import errno
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError

from herne_strategy.static_site import site_folder, stored_files, writer
from herne_strategy.static_site.switch import switch
from herne_strategy.static_site.writer import Writer
from strategy.editions.library import library
from strategy.editions.models import PublicState

pytestmark = pytest.mark.django_db


@pytest.fixture
def writing(settings, tmp_path: Path, monkeypatch) -> Iterator[Writer]:
    """A writer of a portal in which nothing is published yet, which waits for no quiet."""
    settings.SITE_DIR, settings.DATA_DIR = tmp_path / "site", tmp_path / "data"
    monkeypatch.setattr(writer, "QUIET", 0)
    monkeypatch.setattr(writer, "close_old_connections", lambda: None)  # a test is one transaction
    with writer.alone():
        yield Writer()


def change() -> None:
    PublicState.objects.raise_revision()
    library.forget()


def test_each_state_is_written_once(writing: Writer):
    assert writing.step()
    first = site_folder.set_at("last")
    second = (site_folder.root() / "second").read_text()
    assert writing.step()
    assert (site_folder.root() / "second").read_text() == second

    change()
    assert writing.step()

    assert site_folder.set_at("last") != first
    assert site_folder.set_at("last").name == library.shown().stamp


def test_a_burst_of_changes_is_waited_for(writing: Writer, monkeypatch):
    writing.step()
    complete = site_folder.set_at("last")
    monkeypatch.setattr(writer, "QUIET", 60)

    for _ in range(3):
        change()
        assert writing.step()

    assert site_folder.set_at("current").name == library.shown().stamp
    assert site_folder.set_at("last") == complete


def test_a_full_disk_leaves_no_half_and_one_line_and_the_rest_goes_on(writing: Writer, monkeypatch, caplog):
    caplog.set_level(logging.WARNING)
    writing.step()
    complete = site_folder.set_at("last")

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    change()
    with monkeypatch.context() as patched:
        patched.setattr(stored_files.StoredFiles, "keep", full)
        assert [writing.step() for _ in range(3)] == [False, False, False]
        lines = [record.getMessage() for record in caplog.records if "No space left" in record.getMessage()]
        assert len(lines) == 1
        assert list(site_folder.all_sets()) == [complete]

    assert writing.step()
    assert "can be written again" in caplog.text
    assert site_folder.set_at("last").name == library.shown().stamp


def test_without_a_database_what_is_there_stays(writing: Writer, monkeypatch):
    writing.step()
    complete = site_folder.set_at("last")

    def gone() -> None:
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(library, "shown", gone)
        assert not writing.step()

    assert site_folder.set_at("current") == site_folder.set_at("last") == complete


def test_an_older_state_that_another_process_turned_to_is_turned_back(writing: Writer):
    older = library.shown()
    change()
    writing.step()

    switch(older)
    assert site_folder.set_at("current").name == older.stamp
    writing.step()

    assert site_folder.set_at("current").name == library.shown().stamp


def test_what_was_discarded_is_written_anew(writing: Writer):
    writing.step()
    site_folder.discard_everything()

    writing.step()

    assert list(site_folder.set_at("last").glob("*/pages/robots.txt"))
