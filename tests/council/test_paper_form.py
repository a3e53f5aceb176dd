"""The forms of the council's office: what cannot be is refused, nothing is cut, and the log says what was done."""

from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from council import actions
from council.bodies import Body
from council.consultations import Consultation, GroupVote
from council.papers import Paper
from tests.editing.pages import text_of
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    EditionFactory,
    MeasureFactory,
    PaperFactory,
    ResolutionFactory,
)
from tests.opened_form import opened

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 17)


@pytest.fixture
def office(client: Client) -> Client:
    """Logged in with every right."""
    client.force_login(User.objects.create_superuser("chefin", email="c@herne.example"))
    return client


def address(of: Any) -> str:
    return f"/verwaltung/council/{of._meta.model_name}/{of.pk}/change/"


def send(office: Client, of: Any, **changed: str) -> str:
    """The form as it opened, with these changes. What is read then."""
    page = opened(office.get(address(of)).content.decode())
    return office.post(address(of), page | changed, follow=True).content.decode()


def rows(name: str, *values: dict[str, Any]) -> dict[str, str]:
    """New rows of a paper or resolution that has none."""
    sent = {
        f"{name}-{number}-{field}": str(value)
        for number, row in enumerate(values)
        for field, value in row.items()
    }
    return {**sent, f"{name}-TOTAL_FORMS": str(len(values))}


def log() -> list[str]:
    return [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]


class TestDates:
    @pytest.fixture
    def paper(self) -> Paper:
        paper = PaperFactory(dated_on=date(2026, 1, 12))
        ConsultationFactory(paper=paper, held_on=DAY, role="decision")
        return paper

    def test_hearing_planned_after_the_decision_is_refused(self, office: Client, paper: Paper):
        committee = BodyFactory(key="a", name="Ausschuss", kind="committee")
        hearing = {"body": str(committee.pk), "role": "hearing", "held_on": "2026-03-18"}
        sent = {f"consultations-1-{name}": value for name, value in hearing.items()}

        page = send(office, paper, **sent, **{"consultations-TOTAL_FORMS": "2"})

        assert "„Ausschuss, 18.03.2026“ liegt nach dem Tag der Entscheidung (Rat der Stadt" in page
        assert paper.consultations.count() == 1

    def test_paper_is_not_dated_after_its_consultation(self, office: Client, paper: Paper):
        sentence = "„Rat der Stadt, 17.03.2026“ läge vor dem Datum der Vorlage (18.03.2026)."

        assert sentence in send(office, paper, dated_on="2026-03-18")
        assert sentence not in send(office, paper, dated_on="2026-03-17")
        paper.refresh_from_db()
        assert paper.dated_on == DAY

    def test_withdrawing_before_the_date_of_the_paper_is_refused(self, office: Client, paper: Paper):
        page = send(office, paper, withdrawn_on="2026-01-11")

        assert "Dieser Tag liegt vor dem Datum der Vorlage." in page
        paper.refresh_from_db()
        assert paper.withdrawn_on is None

    def test_sealed_paper_gets_its_address_whatever_is_recorded(self, office: Client):
        paper = PaperFactory(reference="2026/0815", edition=EditionFactory())
        ConsultationFactory(paper=paper, held_on=DAY, role="decision")
        actions.submit(paper)
        Consultation.objects.update(result="approved")
        actions.carry_over(paper)
        Paper.objects.update(dated_on=date(2026, 3, 18), withdrawn_on=DAY)

        send(office, paper, url="https://www.herne.de/allris/")

        paper.refresh_from_db()
        assert paper.url == "https://www.herne.de/allris/"


class TestNothingIsCut:
    def test_no_field_has_a_limit_in_the_page(self, office: Client):
        pages = [
            office.get(each).content.decode()
            for each in (
                address(ConsultationFactory().paper),
                address(ResolutionFactory()),
                address(BodyFactory()),
                "/verwaltung/council/paper/add/",
                f"/verwaltung/measures/measure/{MeasureFactory().pk}/change/",
            )
        ]

        assert [page for page in pages if "<textarea" in page or 'type="text"' in page] == pages
        assert [page for page in pages if "maxlength" in page] == []

    def test_text_that_is_too_long_is_refused_and_stays_in_the_form(self, office: Client):
        paper = PaperFactory()

        page = send(office, paper, proposal="ä" * 100_000, name="n" * 301)

        assert "Der Text hat 100.000 Zeichen; erlaubt sind höchstens 20.000. Bitte kürzen Sie ihn." in page
        assert "Der Text hat 301 Zeichen; erlaubt sind höchstens 300. Bitte kürzen Sie ihn." in page
        assert (len(opened(page)["proposal"]), len(opened(page)["name"])) == (100_000, 301)

    def test_longest_text_is_kept(self, office: Client):
        paper = PaperFactory()

        send(office, paper, proposal="ä\r\n" * 10_000)

        paper.refresh_from_db()
        assert paper.proposal == ("ä\n" * 10_000).strip()

    def test_address_that_is_too_long_is_refused(self, office: Client):
        page = send(office, PaperFactory(), url="https://herne.example/" + "a" * 500)

        assert "höchstens 500 Zeichen" in page


class TestTwice:
    def test_consultation(self, office: Client):
        said = {"body": BodyFactory().pk, "held_on": "2026-03-17", "role": "decision", "result": "postponed"}

        page = send(office, PaperFactory(), **rows("consultations", said, said))

        assert "Die Beratung dieses Gremiums an diesem Tag ist schon erfasst." in page
        assert "held_on" not in text_of(page)
        assert not Consultation.objects.exists()

    def test_measure_of_a_paper(self, office: Client):
        said = {"uid": MeasureFactory().uid, "matter": "fund"}

        page = send(office, PaperFactory(), **rows("measures", said, said))

        assert "Diese Vorlage nennt diese Maßnahme schon." in page

    def test_parliamentary_group(self, office: Client):
        said = {"name": "Fraktion A", "votes_for": 1, "votes_against": 0, "votes_abstaining": 0}

        page = send(office, ResolutionFactory(), **rows("groups", said, said))

        assert "Diese Fraktion ist schon erfasst." in page
        assert not GroupVote.objects.exists()


class TestLog:
    def test_only_what_was_changed_is_listed(self, office: Client):
        paper = PaperFactory(
            proposal="Der Rat beschließt:\n1. die Strategie.", financial_impact="Keine.\n\nGar."
        )

        send(office, paper, dated_on="2026-01-12")

        assert log() == ["Datum der Vorlage geändert."]

    def test_fields_are_named_in_the_words_of_the_form(self, office: Client):
        paper = PaperFactory(edition=EditionFactory())

        send(office, paper, amended_edition=str(EditionFactory().pk), name="Anders")

        assert log() == ["Betreff und Fassung mit den Änderungen des Rates geändert."]

    def test_votes(self, office: Client):
        votes = {"votes_for": "3", "votes_against": "1", "votes_abstaining": "0"}

        send(office, ResolutionFactory(), **votes, vote_note="mehrheitlich")

        assert log() == ["Ja-Stimmen, Nein-Stimmen, Enthaltungen und Abstimmung in Worten geändert."]

    def test_body(self, office: Client):
        send(office, BodyFactory(), short_name="Rat")

        assert log() == ["Kurzname geändert."]
        assert Body.objects.get().short_name == "Rat"

    def test_rows(self, office: Client):
        measure = MeasureFactory(title="Garten")
        paper = ConsultationFactory(held_on=DAY, role="decision").paper
        named = rows("measures", {"uid": measure.uid, "matter": "fund"})

        send(office, paper, **{"consultations-0-result": "approved"}, **named)
        send(office, paper, **{"measures-0-matter": "carry_out"})
        send(office, paper, **{"measures-0-DELETE": "on"})

        assert log() == [
            "Ergebnis für Beratung „Rat der Stadt, 17.03.2026“ geändert. "
            "Maßnahme, über die entschieden wird „Garten“ hinzugefügt.",
            "Worüber entschieden wird für Maßnahme, über die entschieden wird „Garten“ geändert.",
            "Maßnahme, über die entschieden wird „Garten“ gelöscht.",
        ]
