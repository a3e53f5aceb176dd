"""An edition whose content was changed past the portal is never shown, and whoever asks is told so."""

import logging

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from printing.archive.making import Archive
from strategy.editions import actions, triggers
from strategy.editions.library import library
from strategy.editions.models import Edition, EditionContent, EditionDamaged
from tests.printing.printed_pages import text
from tests.printing.sample import small_strategy, store

pytestmark = pytest.mark.django_db
SENTENCE = "Was von der Fassung „Fassung eins“ gespeichert ist, passt nicht mehr zu ihrer Prüfsumme."
PAGES = ["", "massnahmen/", "massnahmen/kurse/", "druck/", "sdg/", "langfassung.pdf", "archiv.zip"]


@pytest.fixture
def eins() -> Edition:
    edition = store("eins")
    triggers.drop()
    return edition


def change(edition: Edition) -> None:
    """What somebody does to the database, and a process that starts afterwards."""
    data = edition.content.data
    EditionContent.objects.filter(pk=edition.pk).update(data=data.replace("Text zu Klima", "Text zum Klima"))
    library.forget()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_it_is_shown(eins: Edition, page: str, caplog: pytest.LogCaptureFixture):
    change(eins)

    with caplog.at_level(logging.ERROR):
        answer = Client().get(f"/fassungen/eins/{page}")

    assert answer.status_code == 503
    assert SENTENCE in text(answer.content.decode())
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("600", "no-store")
    assert "Edition eins is damaged: its content does not match its digest." in caplog.text


@pytest.mark.parametrize("page", ["/", "/massnahmen/", "/sitemap.xml", "/k/1.1/", "/druck/"])
def test_shown_edition_is_refused_on_every_page(eins: Edition, page: str):
    change(eins)

    answer = Client().get(page)

    assert answer.status_code == 503
    assert SENTENCE in text(answer.content.decode())


def test_other_pages_answer(eins: Edition):
    store("zwei", public=False)
    change(eins)

    assert Client().get("/fassungen/").status_code == 200
    assert Client().get("/gibt-es-nicht/").status_code == 404
    assert Client().get("/impressum/").status_code == 200


def test_whole_editions_are_read_as_ever(eins: Edition):
    store("zwei")
    change(eins)

    assert Client().get("/").status_code == Client().get("/fassungen/zwei/massnahmen/").status_code == 200


def test_pages_made_of_the_true_text_stay(eins: Edition):
    client = Client()
    before = client.get("/massnahmen/kurse/").content
    change(eins)

    assert client.get("/massnahmen/kurse/").content == before
    assert client.get("/massnahmen/radweg/").status_code == 503


def test_it_is_shown_again_once_it_is_restored(eins: Edition, settings):
    data = eins.content.data
    change(eins)
    assert Client().get("/").status_code == 503

    EditionContent.objects.filter(pk=eins.pk).update(data=data)
    library.shown().checked_at = 0  # half a second later

    assert Client().get("/").status_code == 200


def test_missing_content_is_refused(eins: Edition):
    EditionContent.objects.all().delete()
    library.forget()

    assert Client().get("/").status_code == Client().get("/fassungen/eins/").status_code == 503


def test_content_with_a_digest_of_its_own_is_refused(eins: Edition):
    """The edition's digest, which people have on paper, is the one that counts."""
    data = eins.content.data.replace("Klima", "Wetter")
    EditionContent.objects.update(data=data, digest=actions.digest_of(data))
    library.forget()

    assert Client().get("/").status_code == 503


def test_archive_is_not_made_of_changed_content(eins: Edition):
    """Not even where this process still has the true text in memory."""
    document = library.document(eins)
    EditionContent.objects.update(data=eins.content.data.replace("Klima", "Wetter"))
    archive = Archive.of(Edition.objects.get(pk=eins.pk))

    with pytest.raises(EditionDamaged):
        archive.path()
    assert library.document(eins) is document


def test_it_cannot_be_published(eins: Edition):
    two = store("zwei", public=False)
    change(two)

    with pytest.raises(ValidationError, match="passt nicht zu seiner Prüfsumme"):
        actions.publish(two)
    assert Client().get("/").status_code == 200


def test_address_of_a_former_edition_leads_nowhere_into_a_damaged_one(eins: Edition):
    later = small_strategy()
    later["nodes"] = [node for node in later["nodes"] if node["slug"] != "kurse"]
    actions.publish(actions.store(later, slug="zwei"))
    change(eins)

    assert Client().get("/massnahmen/kurse/").status_code == 404
    assert Client().get("/massnahmen/radweg/").status_code == 200


def test_readiness_fails_and_names_it(eins: Edition):
    triggers.create()
    assert Client().get("/bereit/").content == b"ready\n"

    triggers.drop()
    change(eins)
    answer = Client().get("/bereit/")

    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    triggers_first, *_, edition_last = answer.content.decode().splitlines()
    assert triggers_first.startswith("The trigger council_")
    assert edition_last.startswith("The start page cannot be made (EditionDamaged")
