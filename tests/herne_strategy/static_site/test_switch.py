"""nginx is turned to each new state, and never finds again what was withheld or taken back."""

import shutil
from pathlib import Path

import pytest
from django.db import OperationalError

from herne_strategy.static_site import site_folder
from herne_strategy.static_site.switch import switch
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition, Publication, PublicState
from tests.herne_strategy.static_site.conftest import Site
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def last(db: None, site: Site, settings, tmp_path: Path) -> Path:
    """The last complete folder, with pages of the edition that is shown and of one before."""
    settings.SITE_DIR = tmp_path / "site"
    shutil.copytree(site.root, settings.SITE_DIR, symlinks=True)
    publish("alt", measures=1)
    publish("eins", measures=1)
    folder = site_folder.set_at("last")
    (folder / "publication").write_text(str(Publication.objects.get(edition__slug="eins").pk))
    return next(path for path in folder.iterdir() if path.is_dir())


def turn() -> None:
    """What every process does with a new state."""
    library.forget()
    switch(library.shown())


def files_of(folder: Path, slug: str) -> list[Path]:
    return [path for path in folder.rglob("*") if slug in path.relative_to(folder).parts]


def test_nginx_reads_the_folder_of_the_new_state_at_once_and_keeps_the_last_complete_one(last: Path):
    PublicState.objects.raise_revision()
    turn()

    assert site_folder.set_at("current") == site_folder.sets() / library.shown().stamp
    assert list(site_folder.set_at("current").iterdir()) == []
    assert site_folder.set_at("last") == last.parent
    assert (last / "pages/index.html").exists()


def test_what_is_withheld_is_deleted_from_the_last_folder_and_the_rest_stays(last: Path):
    assert len(files_of(last, "alt")) >= 3  # pages, and the Synopse twice

    actions.withhold(Edition.objects.get(slug="alt"), reason="Rechte Dritter")
    turn()

    assert files_of(last, "alt") == []
    assert (last / "pages/index.html").exists()
    assert files_of(last, "eins")


def test_of_what_is_taken_back_nothing_stays(last: Path):
    actions.take_back()
    turn()

    assert not last.exists()
    assert site_folder.set_at("last") is None
    assert library.shown().edition.slug == "alt"


def test_an_edition_that_was_shown_and_is_withheld_after_another_one_was_published_is_gone(last: Path):
    publish("drei", measures=1)
    actions.withhold(Edition.objects.get(slug="eins"), reason="Rechte Dritter")
    turn()

    assert not last.exists()


def test_an_older_state_of_the_public_text_may_stay(last: Path):
    publish("drei", measures=1)
    turn()

    assert (last / "pages/index.html").exists()
    assert files_of(last, "alt")


def test_a_deleted_edition_is_gone(last: Path):
    actions.delete(Edition.objects.get(slug="alt"))
    turn()

    assert files_of(last, "alt") == []


def test_without_a_writer_nothing_is_made(settings, tmp_path: Path):
    settings.SITE_DIR = tmp_path / "site"

    switch(library.shown())

    assert not settings.SITE_DIR.exists()


def test_where_no_other_folder_can_be_made_the_application_answers(last: Path, monkeypatch, caplog):
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(site_folder, "make_folder", full)
    PublicState.objects.raise_revision()
    turn()

    assert site_folder.set_at("current") is None
    assert "No space left on device" in caplog.text


def test_where_the_database_goes_away_nothing_is_turned(last: Path, monkeypatch):
    """The state before is what the public is shown then, as everywhere."""

    def gone(*args: object) -> None:
        raise OperationalError

    PublicState.objects.raise_revision()
    monkeypatch.setattr(Edition.objects, "public", gone)

    with pytest.raises(OperationalError):
        turn()

    assert site_folder.set_at("current") == last.parent


def test_discarded_addresses_are_gone_from_every_folder(last: Path):
    site_folder.discard(["/fassungen/alt/", "/massnahmen/"])

    assert files_of(last, "alt") == []
    assert files_of(last, "massnahmen") == []
    assert (last / "pages/fassungen/index.html").exists()


def test_discarding_everything_leaves_nothing_that_nginx_could_read(last: Path):
    site_folder.discard_everything()

    assert list(site_folder.root().rglob("*.html")) == list(site_folder.root().glob("errors/*.html"))
    assert site_folder.set_at("current") is site_folder.set_at("last") is None
