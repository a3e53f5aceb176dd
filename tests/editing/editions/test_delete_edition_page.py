"""A working edition is deleted on its page: asked first, never one that the council has had or that is shown."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from strategy.editions import actions
from strategy.editions.models import Edition
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import StrategyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(nodes) -> Edition:
    StrategyFactory()
    return actions.freeze(slug="herbst", title="Herbst")


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle", name="Karla"))


def address(edition: Edition) -> str:
    return f"/verwaltung/fassung-loeschen/{edition.pk}/"


def test_both_pages_of_an_edition_lead_to_the_question_which_deletes_nothing(office: Client, edition):
    pages = ["/verwaltung/fassungsliste/", f"/verwaltung/strategy/edition/{edition.pk}/change/"]
    linked = [f'href="{address(edition)}"' in office.get(page).content.decode() for page in pages]

    asked = text_of(office.get(address(edition)).content.decode())

    assert linked == [True, True]
    assert "„Herbst“ löschen" in asked and "Endgültig löschen" in asked
    assert "Diese Fassung konnten alle lesen." not in asked
    assert Edition.objects.count() == 1


def test_edition_is_deleted_after_the_question(office: Client, edition):
    page = office.post(address(edition), follow=True).content.decode()

    assert "„Herbst“ ist gelöscht." in page
    assert not Edition.objects.exists()


def test_edition_that_is_shown_is_neither_offered_nor_deleted(office: Client, edition):
    actions.publish(edition)

    listed = office.get("/verwaltung/fassungsliste/").content.decode()
    asked = office.get(address(edition)).content.decode()
    refused = office.post(address(edition), follow=True).content.decode()

    sentence = "„Herbst“ wird gerade gezeigt. Bitte veröffentlichen Sie zuerst eine andere Fassung."
    assert address(edition) not in listed
    assert sentence in asked and "Endgültig löschen" not in asked and sentence in refused
    assert Edition.objects.count() == 1


def test_edition_that_the_council_has_had_is_never_deleted(office: Client, edition):
    actions.set_state(edition, "consultation", paper_number="2026/0001")

    refused = office.post(address(edition), follow=True).content.decode()

    assert "„Herbst“ lag dem Rat vor und wird nie gelöscht." in refused
    assert address(edition) not in office.get("/verwaltung/fassungsliste/").content.decode()
    assert Edition.objects.count() == 1


def test_deleting_what_was_public_once_needs_the_right_to_publish(office: Client, edition, nodes):
    actions.publish(edition)
    actions.publish(actions.freeze(slug="winter", title="Winter"))
    freezer = person("Steuerungsgruppe", name="Frieda")
    freezer.user_permissions.add(
        *Permission.objects.filter(
            codename__in=["freeze_edition", "view_edition"], content_type__app_label="strategy"
        )
    )

    refused = browser_of(freezer).post(address(edition)).status_code
    offered = address(edition) in browser_of(freezer).get("/verwaltung/fassungsliste/").content.decode()
    warned = "Diese Fassung konnten alle lesen." in office.get(address(edition)).content.decode()
    office.post(address(edition))

    assert (refused, offered, warned) == (403, False, True)
    assert [each.slug for each in Edition.objects.all()] == ["winter"]


@pytest.mark.parametrize("state", ["working", "consultation"])
@pytest.mark.parametrize("is_shown", [True, False])
def test_what_is_listed_as_deletable_is_what_the_action_deletes(edition, state: str, is_shown: bool):
    if is_shown:
        actions.publish(edition)
    if state == "consultation":
        actions.set_state(edition, state, paper_number="2026/0001")
    edition.refresh_from_db()

    is_listed = Edition.objects.deletable().exists()

    assert is_listed is (not edition.why_not_deleted) is (state == "working" and not is_shown)
