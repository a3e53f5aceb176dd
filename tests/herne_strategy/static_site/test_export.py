"""All public pages as a folder, for any web server or none."""

import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from herne_strategy.static_site.addresses import links
from herne_strategy.static_site.application import Answer
from strategy.editions.library import library
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'\b(?:href|src)="([^"]*)"')


@dataclass(frozen=True)
class Exported:
    """A folder to be read, and what the command said of it."""

    folder: Path
    said: str


@pytest.fixture(scope="module")
def exported(django_db_setup, django_db_blocker, tmp_path_factory) -> Exported:
    """An export of two editions, with a stylesheet that names a font. The database has forgotten them."""
    data, folder, out = (
        tmp_path_factory.mktemp("data"),
        tmp_path_factory.mktemp("exports") / "export",
        StringIO(),
    )
    static = data / "static"
    for name, text in {"css/base.css": 'x { src: url("../fonts/a.woff2") }', "fonts/a.woff2": "font"}.items():
        (static / name).parent.mkdir(parents=True)
        (static / name).write_text(text)
    with (
        override_settings(DATA_DIR=data, STATIC_ROOT=static),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        library.forget()
        publish("alt", measures=1)
        publish("eins", measures=1)
        call_command("export_site", str(folder), stdout=out)
        assert list((data / "pdf").iterdir()) == []
        transaction.set_rollback(True)
    library.forget()
    return Exported(folder, out.getvalue())


@pytest.fixture
def folder(exported: Exported) -> Path:
    return exported.folder


def links_of(path: Path) -> list[str]:
    return _LINK.findall(path.read_text())


def test_every_link_of_every_page_leads_to_a_file_or_to_the_portal(folder: Path):
    pages = list(folder.rglob("*.html"))
    relative = [
        (page.parent / link.partition("#")[0]).resolve()
        for page in pages
        for link in links_of(page)
        if link and not link.startswith(("http", "mailto:", "#"))
    ]

    assert len(pages) > 50
    assert len(relative) > 1000
    assert {path for path in relative if not path.is_file()} == set()


def test_editions_are_whole_and_what_pages_need_comes_along(folder: Path):
    measure = nodes("measure", measures=1)[0]["slug"]

    for path in (f"massnahmen/{measure}/index.html", f"fassungen/alt/massnahmen/{measure}/druck/index.html"):
        assert (folder / path).is_file()
    assert (folder / "fassungen/alt/fassung.json").is_file()
    assert (folder / "static/fonts/a.woff2").read_text() == "font"
    assert not (folder / "verwaltung").exists()


def test_forms_and_what_is_not_there_lead_to_the_portal(folder: Path):
    text = (folder / "fassungen/index.html").read_text()

    assert f'href="{configured.PUBLIC_URL}/barriere-melden/"' in text
    assert re.findall(r'action="([^"]*)"', text) == [f"{configured.PUBLIC_URL}/fassungen/"]


def test_files_that_nobody_asked_for_yet_are_counted(exported: Exported):
    assert re.fullmatch(r"\d+ Dateien in .*\n\d+ PDFs und Archive fehlen.*\n", exported.said)
    assert list(exported.folder.rglob("*.pdf")) == []


def test_an_earlier_export_is_replaced_as_a_whole(tmp_path: Path, settings):
    settings.DATA_DIR = tmp_path / "data"
    call_command("export_site", str(tmp_path / "export"), stdout=StringIO())
    (tmp_path / "export/veraltet.html").write_text("")

    call_command("export_site", str(tmp_path / "export"), stdout=StringIO())

    assert {path.name for path in tmp_path.iterdir()} - {"data"} == {"export"}
    assert not (tmp_path / "export/veraltet.html").exists()
    assert (tmp_path / "export/impressum/index.html").exists()


def test_a_folder_with_something_else_is_not_touched(tmp_path: Path):
    (tmp_path / "wichtig.txt").write_text("bleibt")

    with pytest.raises(CommandError, match="liegt etwas anderes als ein früherer Export"):
        call_command("export_site", str(tmp_path))

    assert [path.name for path in tmp_path.iterdir()] == ["wichtig.txt"]


def page(html: str) -> Answer:
    return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href="/ziele/x/#a">', ["/ziele/x/"]),
        ('<a href="/?a=1"><a href="/verwaltung/"><a href="/bereit/"><img src="/static/a.svg">', []),
        ('<a href="/themenfelder/verwaltung/">', ["/themenfelder/verwaltung/"]),
        (
            '<a href="http://127.0.0.1:8000/sdg/"><a href="//anders.example/"><a href="https://x.example/">',
            ["/sdg/"],
        ),
        ('<a href="mailto:a@example.org"><a href="http://127.0.0.1:8000.example.org/">', []),
        (
            '<a href="../5/"><link href="druck.css"><a href="#oben">',
            ["/sdg/5/", "/sdg/4/druck.css", "/sdg/4/"],
        ),
        ('<a href="http://[::"><a href="https://[a]/">', []),
        ("&lt;a href=&quot;/getippt/&quot;&gt;", []),
        ("<loc>http://127.0.0.1:8000/kapitel/a/</loc>", ["/kapitel/a/"]),
    ],
)
def test_links_are_addresses_of_the_portal_without_queries(html: str, found: list[str]):
    assert list(links("/sdg/4/", page(html))) == found
