"""Pages of published editions as files: to be read by many tests, or written by one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from herne_strategy.static_site import site_folder
from herne_strategy.static_site.application import Answer, Application
from herne_strategy.static_site.filling import Filling
from herne_strategy.static_site.nginx_headers import header_files
from herne_strategy.static_site.writer import filled_once
from strategy.editions.library import library
from tests.herne_strategy.static_site.made_files import make_pdfs
from tests.published import page_kinds, publish

PDF, JSON = "/fassungen/eins/kurzfassung.pdf", "/fassungen/eins/fassung.json"
HASHED, PLAIN = "/static/css/base.0123456789ab.css", "/static/css/base.css"
MORE = {PDF, JSON, HASHED, PLAIN, "/impressum/", "/druck/", "/robots.txt", "/barriere-melden/"}
MORE |= {"/fassungen/alt/", "/fassungen/alt/farben.css", "/fassungen/alt/synopse/eins/"}


@dataclass(frozen=True)
class Site:
    """Written pages, what the application said of some addresses, and what nginx includes."""

    root: Path
    data: Path
    addresses: frozenset[str]
    sitemap: frozenset[str]
    answers: dict[str, Answer]
    headers: dict[str, str]

    def page(self, address: str) -> Path:
        """The file of this address."""
        pages = next(self.root.glob("current/*/pages"))
        return pages / address[1:] / ("index.html" if address.endswith("/") else "")


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Site:
    """Two editions with a finished PDF. Only to be read: the database knows nothing of them any more."""
    root, data = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("data")
    static = data / "static" / "css"
    static.mkdir(parents=True)
    for name in (PLAIN, HASHED):
        (static / Path(name).name).write_text("p { color: red }")
    for folder in (root, data, *data.parents[:2]):
        folder.chmod(0o755)
    with (
        override_settings(SITE_DIR=root, DATA_DIR=data, STATIC_ROOT=static.parent),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        library.forget()
        written = _written(root, data)
        transaction.set_rollback(True)
    library.forget()
    return written


def _written(root: Path, data: Path) -> Site:
    publish("alt", measures=1)
    publish(measures=6)
    make_pdfs([PDF])
    filling = _filled()
    application = Application()
    sitemap = re.findall(
        r"<loc>http://127.0.0.1:8000(.*?)</loc>", application.ask("/sitemap.xml").body.decode()
    )
    answers = {each: application.ask(each) for each in {*page_kinds(), *MORE}}
    known = {each: answer for each, answer in answers.items() if answer.status == 200}
    return Site(root, data, frozenset(filling.addresses), frozenset(sitemap), known, header_files())


def _filled() -> Filling:
    site_folder.make_folder(site_folder.sets())
    return filled_once()


@pytest.fixture
def fill(db: None, settings, tmp_path: Path) -> Callable[[], Filling]:
    """Writes the present public state of the test's own, as the writer does."""
    settings.SITE_DIR, settings.DATA_DIR = tmp_path / "site", tmp_path / "data"
    return _filled
