"""From one public state to the next."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from herne_strategy.static_site import site_folder, writer
from herne_strategy.static_site.application import Application, Failed
from herne_strategy.static_site.filling import Filling, Outdated
from herne_strategy.static_site.headers import Headers
from legal.models import LegalPage
from printing.pdf import store
from strategy.editions import public_rows, triggers
from strategy.editions.library import library
from strategy.editions.models import PublicState
from tests.herne_strategy.static_site.conftest import PDF
from tests.herne_strategy.static_site.made_files import make_pdfs
from tests.published import publish

pytestmark = pytest.mark.django_db
Fill = Callable[[], Filling]


def page(filling: Filling, address: str) -> Path:
    return filling.files.folder / "pages" / address[1:] / "index.html"


def new_filling(**changed: str) -> Filling:
    PublicState.objects.raise_revision()
    library.forget()
    application = Application()
    return Filling(application, Headers({**Headers.of(application).common, **changed}), library.shown())


def test_one_changed_page_is_the_only_one_written_anew_and_finished_files_follow(fill: Fill):
    publish(measures=1)
    first = fill()
    assert not any(each.endswith(".pdf") for each in first.addresses)
    assert list(store.folder().iterdir()) == []  # none was made for it

    make_pdfs([PDF])
    first.add_finished()
    public_rows.write(save=[LegalPage(slug="impressum", title="Impressum", text="Neu.")])
    second = fill()

    assert PDF in first.addresses & second.addresses
    assert second.files.written == 1
    assert page(second, "/impressum/").stat().st_mtime > page(second, "/").stat().st_mtime
    assert list(site_folder.all_sets()) == [second.folder]
    assert site_folder.set_at("current") == site_folder.set_at("last") == second.folder


def test_pages_are_the_very_same_files_in_the_next_folder(fill: Fill):
    first = page(fill(), "/impressum/").stat()

    PublicState.objects.raise_revision()

    assert os.path.samestat(page(fill(), "/impressum/").stat(), first)


def test_before_something_is_published_the_start_page_stays_with_the_application(fill: Fill):
    addresses = fill().addresses

    assert "/robots.txt" in addresses
    assert "/" not in addresses


def test_a_page_that_was_rendered_for_another_revision_is_thrown_away(fill: Fill):
    complete = fill()
    filling = new_filling()
    ask, asked = filling._application.ask, []

    def ask_while_somebody_publishes(address: str, etag: str = ""):
        asked.append(address)
        if address == "/robots.txt":
            PublicState.objects.raise_revision()
        return ask(address, etag)

    filling._application.ask = ask_while_somebody_publishes  # type: ignore[method-assign]
    with pytest.raises(Outdated):
        filling.fill()

    assert asked[-1] == "/robots.txt"
    assert filling.addresses == {"/sitemap.xml"}
    assert site_folder.set_at("last") == complete.folder
    assert site_folder.set_at("current") == filling.folder


def test_a_page_with_other_headers_than_nginx_sends_stays_with_the_application(fill: Fill):
    fill()
    filling = new_filling(**{"X-Frame-Options": "SAMEORIGIN"})

    filling.fill()

    assert filling.addresses == set()
    assert set(filling.refused.values()) == {"X-Frame-Options"}
    assert "/impressum/" in filling.refused


def test_a_damaged_edition_does_not_replace_what_was_complete(fill: Fill):
    publish(measures=1)
    complete = fill()
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE strategy_editioncontent SET data = '{}'")
    PublicState.objects.raise_revision()
    library.forget()

    with pytest.raises(Failed):
        fill()

    assert site_folder.set_at("last") == complete.folder
    assert page(complete, "/").exists()


def test_command_writes_once_and_says_how_much(fill: Fill, capsys):
    call_command("write_site", once=True)
    call_command("write_site", once=True)

    first, second = capsys.readouterr().out.splitlines()
    assert "0 unverändert, 0 ausgelassen." in first
    assert second.startswith("0 Dateien geschrieben, ")


def test_command_refuses_to_be_the_second_writer(fill: Fill):
    with writer.alone(), pytest.raises(CommandError, match="schreibt schon ein anderer Prozess"):
        call_command("write_site", once=True)
