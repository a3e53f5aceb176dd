"""The list of editions as a history of the strategy."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council import actions
from council.consultations import Consultation, GroupVote
from strategy.editions.actions import publish
from strategy.editions.library import library
from strategy.editions.models import Edition
from tests.editing.pages import text_of
from tests.factories import BodyFactory, ConsultationFactory, EditionFactory, PaperFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 17)


def submitted(edition: Edition, reference: str = "2026/0100", **values: str):
    """A paper that laid this edition before the council, after a committee's hearing."""
    paper = PaperFactory(reference=reference, name="Fortschreibung", edition=edition, **values)
    committee = BodyFactory(key="umwelt", name="Umweltausschuss", kind="committee")
    ConsultationFactory(paper=paper, body=committee, held_on=date(2026, 2, 3), role="hearing", result="noted")
    ConsultationFactory(paper=paper, held_on=DAY, role="decision")
    actions.submit(paper)
    return paper


def real(slug: str) -> Edition:
    """A published edition without sample data."""
    edition = EditionFactory(slug=slug, title=f"Fassung {slug}")
    publish(edition)
    return edition


def listed(client: Client) -> str:
    return text_of(client.get("/fassungen/").content.decode())


def test_edition_before_the_council_shows_its_way_so_far(client: Client) -> None:
    submitted(real("eins"), proposal="Wird beschlossen.", financial_impact="12.000 € im Jahr")

    page = listed(client)

    assert "In Beratung mit der Vorlage 2026/0100" in page
    assert "Umweltausschuss (Anhörung) 3. Februar 2026: zur Kenntnis genommen" in page
    assert "Rat der Stadt (Entscheidung) 17. März 2026: offen" in page
    assert "Beschlussvorschlag Wird beschlossen. Finanzielle Auswirkungen 12.000 € im Jahr" in page


def test_adopted_edition_shows_its_decision_with_wording_and_votes(client: Client) -> None:
    edition = real("eins")
    paper = submitted(edition)
    Consultation.objects.filter(role="decision").update(result="approved")
    resolution = ResolutionFactory(
        consultation=paper.consultations.get(role="decision"),
        text="So <b>beschlossen</b>.",
        votes_for=30,
        votes_against=10,
        votes_abstaining=2,
    )
    GroupVote.objects.create(
        resolution=resolution, name="Fraktion A", votes_for=9, votes_against=1, votes_abstaining=0
    )
    actions.carry_over(paper)

    page = listed(client)

    assert "Beschlossen (Rat der Stadt, 17. März 2026, Vorlage 2026/0100)" in page
    assert "So <b>beschlossen</b>." in page
    assert "30 Ja-Stimmen, 10 Nein-Stimmen, 2 Enthaltungen" in page
    assert "Fraktion A : 9 Ja-Stimmen, 1 Nein-Stimme, 0 Enthaltungen" in page
    overview = text_of(client.get("/").content.decode())
    assert "Beschlossen (Rat der Stadt, 17. März 2026, Vorlage 2026/0100)" in overview


def test_each_edition_leads_to_what_it_changed_and_to_its_forms_on_paper(client: Client) -> None:
    real("eins")
    real("zwei")

    page = client.get("/fassungen/").content.decode()

    for address in (
        "/fassungen/eins/synopse/zwei/",
        "/fassungen/zwei/druck/",
        "/fassungen/zwei/langfassung.pdf",
        "/fassungen/eins/kurzfassung.pdf",
    ):
        assert f'href="{address}"' in page


def test_edition_without_a_paper_says_nothing_of_the_council(client: Client) -> None:
    real("eins")

    page = listed(client)

    assert "Fassung eins" in page
    assert "Vorlage" not in page


def test_history_takes_as_many_queries_for_three_editions_as_for_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 1000)
    counts = []
    for number, slug in enumerate(("eins", "zwei", "drei")):
        submitted(real(slug), f"2026/010{number}")
        library.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get("/fassungen/?")
        counts.append(len(queries))

    assert counts == [4, 4, 4]
