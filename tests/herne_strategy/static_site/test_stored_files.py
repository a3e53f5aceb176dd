"""Files that are the same ones as before where nothing changed, and never look like others."""

import os
from pathlib import Path

import pytest

from herne_strategy.static_site.application import Answer
from herne_strategy.static_site.stored_files import StoredFiles

PAGE, PDF = "/impressum/", "/druck.pdf"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path: Path) -> None:
    settings.SITE_DIR = tmp_path


def answer(text: str, name: str = "") -> Answer:
    headers = {"Content-Disposition": f'inline; filename="{name}"'} if name else {}
    return Answer(200, headers, text.encode())


def kept(folder: Path, before: Path | None, address: str, said: Answer) -> StoredFiles:
    files = StoredFiles(folder, before)
    files.keep(address, said)
    return files


def path(folder: Path) -> Path:
    return folder / "pages/impressum/index.html"


def test_unchanged_page_is_the_same_file_in_all_its_forms(tmp_path: Path):
    kept(tmp_path / "1", None, PAGE, answer("Eins"))

    files = kept(tmp_path / "2", tmp_path / "1", PAGE, answer("Eins"))

    assert (files.written, files.unchanged) == (0, 1)
    for form in ("", ".gz", ".br"):
        name = f"pages/impressum/index.html{form}"
        assert os.path.samefile(tmp_path / "1" / name, tmp_path / "2" / name)


def test_changed_page_is_another_file_and_the_earlier_one_stays(tmp_path: Path):
    kept(tmp_path / "1", None, PAGE, answer("Eins"))

    files = kept(tmp_path / "2", tmp_path / "1", PAGE, answer("Zwei"))

    assert (files.written, files.unchanged) == (1, 0)
    assert [path(tmp_path / each).read_text() for each in "12"] == ["Eins", "Zwei"]


def test_a_second_never_stands_for_two_contents_of_an_address(tmp_path: Path, monkeypatch):
    """nginx's ETag is second and size: all within one second, and the clock goes back."""
    seconds = []
    for number, text in enumerate(["Eins", "Zwei", "Eins", "Zwei"]):
        monkeypatch.setattr("time.time", lambda number=number: 1_900_000_000 - 10 * number)
        kept(tmp_path / str(number), tmp_path / str(number - 1), PAGE, answer(text))
        seconds.append(int(path(tmp_path / str(number)).stat().st_mtime))

    assert len(set(seconds)) == 4


def test_what_was_cut_short_by_a_power_failure_is_written_anew(tmp_path: Path):
    kept(tmp_path / "1", None, PAGE, answer("Eins"))
    path(tmp_path / "1").write_text("")

    kept(tmp_path / "1", tmp_path / "1", PAGE, answer("Eins"))

    assert path(tmp_path / "1").read_text() == "Eins"


def test_file_with_a_download_name_is_taken_over_unread(tmp_path: Path):
    kept(tmp_path / "1", None, PDF, answer("%PDF", "herne.pdf"))
    files = StoredFiles(tmp_path / "2", tmp_path / "1")

    assert files.keep_unchanged(PDF)
    assert not files.keep_unchanged("/massnahmen/x/druck.pdf")
    link = tmp_path / "2/files/druck.pdf"
    assert link.resolve() == tmp_path / "2/named/druck.pdf/herne.pdf"
    assert os.path.samefile(link / "content.pdf", tmp_path / "1/files/druck.pdf/content.pdf")


def test_everybody_may_read_what_is_written(tmp_path: Path):
    old = os.umask(0o077)
    try:
        kept(tmp_path / "1", None, PAGE, answer("Eins"))
        kept(tmp_path / "1", None, PDF, answer("%PDF", "herne.pdf"))
    finally:
        os.umask(old)

    for each in (tmp_path / "1").rglob("*"):
        assert each.stat().st_mode & 0o044 == 0o044
