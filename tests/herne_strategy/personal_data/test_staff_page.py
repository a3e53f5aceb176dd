"""The page for those who work here, for Datenschutz and Personalrat."""

import pytest
from django.test import Client

from herne_strategy.personal_data.kinds import kinds
from herne_strategy.personal_data.not_evaluated import NOT_EVALUATED
from tests.editing.people import browser_of, person

pytestmark = pytest.mark.django_db
ADDRESS = "/verwaltung/datenschutz-beschaeftigte/"


def test_everybody_who_works_here_reads_what_is_stored_and_what_is_not_evaluated(settings):
    settings.ADMIN_LOG_DAYS = 77

    text = browser_of(person("Lesen")).get(ADDRESS).content.decode()

    of_staff = [kind for kind in kinds() if kind.is_of_staff]
    assert len(of_staff) > 8
    assert all(
        part in text for kind in of_staff for part in (kind.name, kind.holds, kind.purpose, kind.period)
    )
    assert all(sentence in text for sentence in NOT_EVALUATED)
    assert "77 Tage" in text
    assert "Gemeldete Barrieren" not in text.replace("Gemeldete Barrieren, Einladungen", "")


def test_it_is_linked_from_the_account_pages():
    browser = browser_of(person("Lesen"))

    assert f'href="{ADDRESS}"' in browser.get("/verwaltung/konto/sessions/").content.decode()


def test_nobody_else_reads_it():
    response = Client().get(ADDRESS)

    assert (response.status_code, "login" in response["Location"]) == (302, True)
