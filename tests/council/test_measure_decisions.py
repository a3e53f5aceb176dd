"""What is recorded of a decision on a measure is on its page at once, and gone with the record."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council.consultations import Consultation, Resolution
from council.papers import PaperMeasure
from council.record_actions import keep_decisions
from strategy.editions.library import library
from strategy.editions.models import PublicState
from tests.editing.pages import text_of
from tests.factories import ConsultationFactory, PaperFactory, ResolutionFactory
from tests.opened_form import confirmed
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db

MEASURE = nodes("measure")[0]
ADDRESS = f"/massnahmen/{MEASURE['slug']}/"
LINK = "https://ris.example.de/200"


@pytest.fixture(autouse=True)
def always_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A published change is visible at once, not within half a second."""
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 0)


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chefin", email="c@herne.example"))
    return client


@pytest.fixture
def decision() -> Consultation:
    """A decision of the council on a measure of the shown edition."""
    publish()
    paper = PaperFactory(reference="2026/0200", name="Gärten", url=LINK)
    PaperMeasure.objects.create(paper=paper, uid=MEASURE["uid"])
    return ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="approved")


def resolution_data(decision: Consultation, *groups: dict[str, Any], **said: Any) -> dict[str, Any]:
    data = {"consultation": decision.pk, "text": "So beschlossen.", **said}
    data |= {"groups-TOTAL_FORMS": len(groups), "groups-INITIAL_FORMS": 0}
    for number, group in enumerate(groups):
        data |= {f"groups-{number}-{name}": value for name, value in group.items()}
    return data


VOTES = {"votes_for": 31, "votes_against": 7, "votes_abstaining": 3}


def test_recorded_resolution_is_on_the_measures_page_at_once(office: Client, decision: Consultation) -> None:
    before = text_of(Client().get(ADDRESS).content.decode())
    group = {"name": "Fraktion A", "votes_for": 9, "votes_against": 1, "votes_abstaining": 0}

    answer = office.post("/verwaltung/council/resolution/add/", resolution_data(decision, group, **VOTES))

    assert answer.status_code == 302
    page = Client().get(ADDRESS).content.decode()
    assert "2026/0200" not in before
    assert f'<a href="{LINK}">Vorlage 2026/0200</a>: Gärten' in page
    assert "So beschlossen. 31 Ja-Stimmen, 7 Nein-Stimmen, 3 Enthaltungen" in text_of(page)
    assert "Fraktion A : 9 Ja-Stimmen, 1 Nein-Stimme, 0 Enthaltungen" in text_of(page)


def test_deleted_resolution_is_gone_from_it_and_the_decision_stays(
    office: Client, decision: Consultation
) -> None:
    office.post("/verwaltung/council/resolution/add/", resolution_data(decision, **VOTES))
    before, revision = text_of(Client().get(ADDRESS).content.decode()), PublicState.objects.get().revision

    confirmed(office, f"/verwaltung/council/resolution/{Resolution.objects.get().pk}/delete/")

    page = text_of(Client().get(ADDRESS).content.decode())
    assert "31 Ja-Stimmen" in before
    assert "31 Ja-Stimmen" not in page
    assert "17. März 2026, Rat der Stadt: beschlossen (Umsetzung)" in page
    assert PublicState.objects.get().revision != revision


def test_page_asks_the_database_no_more_than_for_what_is_live(
    decision: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    ResolutionFactory(consultation=decision, text="So beschlossen.", **VOTES)
    keep_decisions()
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 1000)
    library.forget()

    with CaptureQueriesContext(connection) as queries:
        page = Client().get(f"{ADDRESS}?").content.decode()

    assert "31 Ja-Stimmen" in page
    assert (
        len(queries) == 6
    )  # the public state, progress, departments, executions, earlier reports, status reports
