"""The council's data in the admin: what is refused with which sentence, and what stays as it is."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from council import actions
from council.consultations import Consultation, GroupVote, Resolution
from council.papers import Paper
from measures.progress import Progress
from strategy.editions.models import PublicState
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    EditionFactory,
    MeasureFactory,
    PaperFactory,
    ResolutionFactory,
)
from tests.opened_form import confirmed

pytestmark = pytest.mark.django_db

ADD = "/verwaltung/council/paper/add/"


@pytest.fixture
def office(client: Client) -> Client:
    """Logged in with every right."""
    client.force_login(User.objects.create_superuser("chefin", email="c@herne.example"))
    return client


def rows(prefix: str, *values: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """The fields of a formset with these rows."""
    data = {f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(values):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def paper_data(
    *consultations: dict[str, Any], measures: list[dict[str, Any]] | None = None, **said: Any
) -> dict:
    return {
        "reference": "2026/0815",
        "is_public": "on",
        "name": "Gärten",
        **said,
        **rows("consultations", *consultations),
        **rows("measures", *(measures or [])),
    }


def test_paper_is_recorded_with_its_consultations_and_public_at_once(office: Client) -> None:
    body = BodyFactory()
    decided = {"body": body.pk, "held_on": "2026-03-17", "role": "decision", "result": "approved"}

    answer = office.post(ADD, paper_data(decided))

    assert answer.status_code == 302
    (consultation,) = Paper.objects.get(reference="2026/0815").consultations.all()
    assert (consultation.body, consultation.held_on, consultation.has_decided) == (
        body,
        date(2026, 3, 17),
        True,
    )
    assert PublicState.objects.get().revision


def test_decision_on_a_measure_reaches_it(office: Client) -> None:
    measure = MeasureFactory()
    decided = {"body": BodyFactory().pk, "held_on": "2026-03-17", "role": "decision", "result": "approved"}

    office.post(ADD, paper_data(decided, measures=[{"uid": str(measure.uid), "matter": "carry_out"}]))

    assert Progress.objects.get(uid=measure.uid).decision == "decided"


def test_measure_loses_the_decision_with_its_paper(office: Client) -> None:
    measure = MeasureFactory()
    decided = {"body": BodyFactory().pk, "held_on": "2026-03-17", "role": "decision", "result": "approved"}
    office.post(ADD, paper_data(decided, measures=[{"uid": str(measure.uid), "matter": "carry_out"}]))

    confirmed(office, f"/verwaltung/council/paper/{Paper.objects.get().pk}/delete/")

    assert not Paper.objects.exists()
    assert Progress.objects.get(uid=measure.uid).decision == "proposed"


def test_sample_measures_are_not_offered(office: Client) -> None:
    MeasureFactory(title="Echt")
    MeasureFactory(title="Beispiel: Garten", is_sample=True)

    page = office.get(ADD).content.decode()

    assert "Echt</option>" in page
    assert "Beispiel: Garten" not in page


def test_consultation_after_the_decision_is_refused_and_nothing_is_lost(office: Client) -> None:
    council, committee = BodyFactory(), BodyFactory(key="a", name="Ausschuss", kind="committee")
    decided = {"body": council.pk, "held_on": "2026-03-17", "role": "decision", "result": "approved"}
    later = {"body": committee.pk, "held_on": "2026-03-18", "role": "preliminary", "result": ""}

    answer = office.post(ADD, paper_data(decided, later, proposal="Wird beschlossen."))

    page = answer.content.decode()
    assert "„Ausschuss, 18.03.2026“ liegt nach der Entscheidung (Rat der Stadt, 17.03.2026)." in page
    assert "Wird beschlossen." in page
    assert 'value="2026-03-18"' in page
    assert not Paper.objects.exists()


def test_deleted_row_does_not_count(office: Client) -> None:
    paper = PaperFactory(reference="2026/0815")
    decision = ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="approved")
    later = ConsultationFactory(
        paper=paper, body=BodyFactory(key="a", name="Ausschuss", kind="committee"), held_on=date(2026, 3, 18)
    )
    kept = {"id": decision.pk, "body": decision.body_id, "held_on": "2026-03-17"}
    said = {"role": "decision", "result": "approved"}
    gone = {"id": later.pk, "body": later.body_id, "held_on": "2026-03-18", "DELETE": "on"}

    office.post(
        f"/verwaltung/council/paper/{paper.pk}/change/",
        {**paper_data(), **rows("consultations", {**kept, **said}, gone, initial=2)},
    )

    assert list(paper.consultations.all()) == [decision]


def test_sealed_way_through_the_bodies_stays(office: Client) -> None:
    paper = PaperFactory(reference="2026/0815", name="Gärten", edition=EditionFactory())
    decision = ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision")
    actions.submit(paper)
    Consultation.objects.update(result="approved")
    actions.carry_over(paper)
    changed = {"id": decision.pk, "body": decision.body_id, "held_on": "2026-03-18", "result": "rejected"}

    office.post(
        f"/verwaltung/council/paper/{paper.pk}/change/",
        {
            **paper_data(reference="2026/9999", name="Neuer Betreff"),
            **rows("consultations", changed, initial=1),
        },
    )

    paper.refresh_from_db()
    decision.refresh_from_db()
    assert (paper.reference, paper.name) == ("2026/0815", "Gärten")
    assert (decision.held_on, decision.result) == (date(2026, 3, 17), "approved")


def test_result_that_does_not_fit_the_recorded_votes_is_refused(office: Client) -> None:
    paper = PaperFactory(reference="2026/0815")
    decision = ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="approved")
    ResolutionFactory(consultation=decision, votes_for=30, votes_against=10, votes_abstaining=0)
    kept = {"id": decision.pk, "body": decision.body_id, "held_on": "2026-03-17", "role": "decision"}

    for result, message in (
        ("rejected", "passen nicht zum Ergebnis der Beratung (abgelehnt)"),
        ("", "ist ein Beschluss erfasst"),
    ):
        answer = office.post(
            f"/verwaltung/council/paper/{paper.pk}/change/",
            {**paper_data(), **rows("consultations", {**kept, "result": result}, initial=1)},
        )

        assert message in answer.content.decode()
    decision.refresh_from_db()
    assert decision.result == "approved"


def test_new_name_of_a_body_reaches_the_measures(office: Client) -> None:
    measure, body = MeasureFactory(), BodyFactory()
    decided = {"body": body.pk, "held_on": "2026-03-17", "role": "decision", "result": "approved"}
    office.post(ADD, paper_data(decided, measures=[{"uid": str(measure.uid), "matter": "carry_out"}]))

    office.post(
        f"/verwaltung/council/body/{body.pk}/change/", {"key": "rat", "name": "Stadtrat", "kind": "council"}
    )

    assert Progress.objects.get(uid=measure.uid).resolutions[0]["body"] == "Stadtrat"


def test_submitted_paper_is_not_deleted(office: Client) -> None:
    paper = PaperFactory(edition=EditionFactory())
    ConsultationFactory(paper=paper, role="decision")
    actions.submit(paper)

    answer = office.post(f"/verwaltung/council/paper/{paper.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert Paper.objects.filter(pk=paper.pk).exists()


class TestResolution:
    def data(self, consultation: Consultation, *groups: dict[str, Any], **said: Any) -> dict[str, Any]:
        return {"consultation": consultation.pk, **said, **rows("groups", *groups)}

    def test_is_recorded_with_the_votes_of_the_groups(self, office: Client):
        consultation = ConsultationFactory(role="decision", result="approved")
        votes = {"votes_for": 30, "votes_against": 10, "votes_abstaining": 2}

        office.post(
            "/verwaltung/council/resolution/add/",
            self.data(consultation, {"name": "Fraktion A", **votes}, text="Beschlossen.", **votes),
        )

        assert GroupVote.objects.get(resolution=consultation.resolution).votes == (30, 10, 2)

    def test_more_votes_of_groups_than_in_all_are_refused(self, office: Client):
        consultation = ConsultationFactory(role="decision", result="approved")
        group = {"name": "Fraktion A", "votes_for": 31, "votes_against": 0, "votes_abstaining": 0}

        answer = office.post(
            "/verwaltung/council/resolution/add/",
            self.data(consultation, group, votes_for=30, votes_against=10, votes_abstaining=2),
        )

        assert "zusammen mehr Ja-Stimmen (31)" in answer.content.decode()
        assert not Resolution.objects.exists()

    def test_is_not_deleted_once_an_edition_carries_the_decision(self, office: Client):
        paper = PaperFactory(reference="2026/0815", edition=EditionFactory())
        decision = ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision")
        actions.submit(paper)
        Consultation.objects.update(result="approved")
        resolution = ResolutionFactory(consultation=decision)
        actions.carry_over(paper)

        answer = office.post(f"/verwaltung/council/resolution/{resolution.pk}/delete/", {"post": "yes"})

        assert answer.status_code == 403
        assert Resolution.objects.filter(pk=resolution.pk).exists()

    def test_only_consultations_that_decided_and_have_none_yet_are_offered(self, office: Client):
        ResolutionFactory(consultation=ConsultationFactory(result="approved", paper__reference="2026/1001"))
        ConsultationFactory(result="approved", paper__reference="2026/1002")
        ConsultationFactory(result="postponed", paper__reference="2026/1003")

        page = office.get("/verwaltung/council/resolution/add/").content.decode()

        assert [number for number in ("1001", "1002", "1003") if f"2026/{number}," in page] == ["1002"]
