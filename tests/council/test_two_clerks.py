"""Two people at the same form of the council's office: who saves second undoes nothing, and loses nothing typed."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from council import actions
from council.consultations import Consultation, GroupVote, Resolution
from council.papers import Paper
from tests.editing.pages import text_of
from tests.factories import BodyFactory, ConsultationFactory, EditionFactory, PaperFactory, ResolutionFactory
from tests.opened_form import opened

pytestmark = pytest.mark.django_db

SENTENCE = "Inzwischen hat hier jemand anderes gespeichert. Bitte vergleichen Sie beide Stände."
DAY = date(2026, 3, 17)


@pytest.fixture
def office(client: Client) -> Client:
    """Logged in with every right. Both clerks: what the other one does is sent in between."""
    client.force_login(User.objects.create_superuser("chefin", email="c@herne.example"))
    return client


@pytest.fixture
def paper() -> Paper:
    return PaperFactory(reference="2026/0815", proposal="Der Rat beschließt:\n1. die Strategie.")


def form(office: Client, of: Paper | Resolution) -> dict[str, str]:
    return opened(office.get(address(of)).content.decode())


def address(of: Paper | Resolution) -> str:
    return f"/verwaltung/council/{of._meta.model_name}/{of.pk}/change/"


def refused(office: Client, of: Paper | Resolution, data: dict[str, str]) -> str:
    """The page that comes back."""
    answer = office.post(address(of), data)
    assert answer.status_code == 200
    return answer.content.decode()


def saved(office: Client, of: Paper | Resolution, data: dict[str, str]) -> None:
    assert office.post(address(of), data).status_code == 302
    of.refresh_from_db()


class TestFields:
    def test_what_only_the_other_changed_is_kept(self, office: Client, paper: Paper):
        mine = form(office, paper)
        saved(office, paper, {**mine, "financial_impact": "Keine.", "dated_on": "2026-01-12"})

        saved(office, paper, {**mine, "proposal": "Neu."})

        said = (paper.proposal, paper.financial_impact, paper.dated_on)
        assert said == ("Neu.", "Keine.", date(2026, 1, 12))

    def test_what_both_changed_is_shown_and_nothing_is_lost(self, office: Client, paper: Paper):
        mine = form(office, paper)
        saved(office, paper, {**mine, "proposal": "Seins", "financial_impact": "Keine."})

        page = refused(office, paper, {**mine, "proposal": "Meins"})

        paper.refresh_from_db()
        assert paper.proposal == "Seins"
        assert SENTENCE in page
        assert "Beschlussvorschlag jetzt gespeichert Seins von Ihnen eingegeben Meins" in text_of(page)
        again = opened(page)
        assert (again["proposal"], again["financial_impact"]) == ("Meins", "Keine.")

        saved(office, paper, again)
        assert (paper.proposal, paper.financial_impact) == ("Meins", "Keine.")

    def test_what_is_saved_after_that_is_shown_again(self, office: Client, paper: Paper):
        mine = form(office, paper)
        saved(office, paper, {**mine, "proposal": "Seins"})
        again = opened(refused(office, paper, {**mine, "proposal": "Meins"}))
        saved(office, paper, {**form(office, paper), "proposal": "Anderes"})

        assert "jetzt gespeichert Anderes" in text_of(refused(office, paper, again))

    def test_same_change_by_both_is_none(self, office: Client, paper: Paper):
        mine = form(office, paper)
        saved(office, paper, {**mine, "proposal": "Dasselbe.\r\nZwei Zeilen."})

        saved(office, paper, {**mine, "proposal": "Dasselbe.\r\nZwei Zeilen."})

        assert paper.proposal == "Dasselbe.\nZwei Zeilen."

    def test_form_that_is_sent_as_it_opened_undoes_nothing(self, office: Client, paper: Paper):
        mine = form(office, paper)
        saved(office, paper, {**mine, "proposal": ""})

        saved(office, paper, mine)

        assert paper.proposal == ""

    def test_what_was_emptied_by_both_hands_is_shown_as_empty(self, office: Client, paper: Paper):
        mine = form(office, paper)
        saved(office, paper, {**mine, "proposal": ""})

        page = refused(office, paper, {**mine, "proposal": "Meins"})

        assert "jetzt gespeichert (leer) von Ihnen eingegeben Meins" in text_of(page)

    def test_field_that_cannot_be_changed_any_more_is_named_with_what_was_typed(self, office: Client):
        paper = PaperFactory(reference="2026/0815", edition=EditionFactory())
        ConsultationFactory(paper=paper, role="decision", held_on=DAY)
        mine = form(office, paper)
        actions.submit(paper)

        page = refused(office, paper, {**mine, "reference": "alt", "proposal": "Meins"})

        assert (
            "lässt sich nicht mehr ändern: Nummer, öffentlich, öffentlich ab, eingebrachte Fassung." in page
        )
        assert "Nummer jetzt gespeichert 2026/0815 von Ihnen eingegeben alt" in text_of(page)
        saved(office, paper, opened(page))
        assert (paper.reference, paper.proposal) == ("2026/0815", "Meins")


class TestRows:
    @pytest.fixture
    def decision(self, paper: Paper) -> Consultation:
        return ConsultationFactory(paper=paper, role="decision", held_on=DAY)

    def test_what_only_the_other_changed_is_kept(self, office: Client, paper: Paper, decision: Consultation):
        mine = form(office, paper)
        saved(office, paper, {**mine, "consultations-0-result": "approved"})

        saved(office, paper, {**mine, "consultations-0-held_on": "2026-03-18"})

        decision.refresh_from_db()
        assert (decision.held_on, decision.result) == (date(2026, 3, 18), "approved")

    def test_what_both_changed_is_shown_in_words(self, office: Client, paper: Paper, decision: Consultation):
        mine = form(office, paper)
        days = [{"consultations-0-held_on": f"2026-03-{day}"} for day in (18, 19)]
        saved(office, paper, {**mine, **days[0], "consultations-0-result": "approved"})

        page = refused(office, paper, {**mine, **days[1], "consultations-0-result": "rejected"})

        assert SENTENCE in page
        said = text_of(page)
        row = "Rat der Stadt, 18.03.2026"
        assert f"{row}: Datum jetzt gespeichert 18.03.2026 von Ihnen eingegeben 19.03.2026" in said
        assert f"{row}: Ergebnis jetzt gespeichert beschlossen von Ihnen eingegeben abgelehnt" in said
        saved(office, paper, opened(page))
        decision.refresh_from_db()
        assert (decision.held_on, decision.result) == (date(2026, 3, 19), "rejected")

    def test_row_that_the_other_added_stays_and_counts(self, office: Client, paper: Paper):
        committee = BodyFactory(key="a", name="Ausschuss", kind="committee")
        mine = form(office, paper)
        decision = {"body": BodyFactory().pk, "held_on": "2026-03-17", "role": "decision", "result": ""}
        later = {"body": committee.pk, "held_on": "2026-03-18", "role": "hearing", "result": ""}
        saved(office, paper, {**mine, **row(0, decision)})

        page = refused(office, paper, {**mine, **row(0, later), "proposal": "Meins"})

        assert "„Ausschuss, 18.03.2026“ liegt nach dem Tag der Entscheidung (Rat der Stadt" in page
        again = opened(page)
        days = [again[f"consultations-{number}-held_on"] for number in (0, 1)]
        assert (days, again["consultations-INITIAL_FORMS"]) == (["2026-03-17", "2026-03-18"], "1")
        saved(office, paper, {**again, "consultations-1-held_on": "2026-03-10"})
        assert [each.body.name for each in paper.consultations.all()] == ["Ausschuss", "Rat der Stadt"]
        assert paper.proposal == "Meins"

    def test_each_row_stands_below_its_own_name(self, office: Client, paper: Paper, decision: Consultation):
        mine = form(office, paper)
        committee = BodyFactory(key="a", name="Ausschuss", kind="committee")
        earlier = {"body": committee.pk, "held_on": "2026-03-10", "role": "hearing", "result": ""}
        saved(office, paper, {**mine, **row(1, earlier), "proposal": "Seins"})

        page = refused(office, paper, {**mine, "proposal": "Meins"})

        names = ["Ausschuss, 10.03.2026", "Rat der Stadt, 17.03.2026"]
        assert [name for name in names if name in text_of(page)] == names
        sent = opened(page)
        assert [sent[f"consultations-{n}-body"] for n in (0, 1)] == [str(committee.pk), str(decision.body_id)]
        assert text_of(page).index(names[0]) < text_of(page).index(names[1])

    def test_row_that_the_other_deleted_stays_deleted(
        self, office: Client, paper: Paper, decision: Consultation
    ):
        mine = form(office, paper)
        saved(office, paper, {**mine, "consultations-0-DELETE": "on"})

        saved(office, paper, {**mine, "proposal": "Meins"})

        assert (paper.proposal, paper.consultations.count()) == ("Meins", 0)

    def test_changed_row_that_the_other_deleted_comes_back_as_a_new_one(
        self, office: Client, paper: Paper, decision: Consultation
    ):
        mine = form(office, paper)
        saved(office, paper, {**mine, "consultations-0-DELETE": "on"})

        page = refused(office, paper, {**mine, "consultations-0-result": "approved"})

        assert "Inzwischen hat jemand anderes gelöscht, was Sie geändert haben." in page
        assert paper.consultations.count() == 0
        saved(office, paper, opened(page))
        (again,) = paper.consultations.all()
        assert (again.held_on, again.result) == (DAY, "approved")

    def test_row_that_the_other_changed_is_deleted_only_once_that_was_seen(
        self, office: Client, paper: Paper, decision: Consultation
    ):
        mine = {**form(office, paper), "consultations-0-DELETE": "on"}
        saved(office, paper, {**form(office, paper), "consultations-0-result": "approved"})

        page = refused(office, paper, mine)

        assert "Inzwischen hat jemand anderes geändert, was Sie löschen." in page
        again = opened(page)
        assert (again["consultations-0-result"], again["consultations-0-DELETE"]) == ("approved", "on")
        saved(office, paper, again)
        assert not Consultation.objects.exists()

    def test_votes_of_the_groups_are_merged_like_all_else(self, office: Client):
        resolution = ResolutionFactory()
        votes = {"votes_for": 3, "votes_against": 0, "votes_abstaining": 0}
        group = GroupVote.objects.create(resolution=resolution, name="Fraktion A", **votes)
        mine = form(office, resolution)
        saved(office, resolution, {**mine, "groups-0-votes_for": "4", "text": "Seins"})

        page = refused(office, resolution, {**mine, "groups-0-votes_against": "1", "text": "Meins"})

        assert "jetzt gespeichert Seins von Ihnen eingegeben Meins" in text_of(page)
        saved(office, resolution, opened(page))
        group.refresh_from_db()
        assert (resolution.text, group.votes) == ("Meins", (4, 1, 0))


def row(number: int, said: dict) -> dict[str, str]:
    fields = {f"consultations-{number}-{name}": str(value) for name, value in said.items()}
    return {**fields, "consultations-TOTAL_FORMS": str(number + 1)}
