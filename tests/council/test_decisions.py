"""A measure's decision status: it follows from its own decisions, and from nothing else."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from council.consultations import Consultation, GroupVote
from council.decisions import status_after
from council.papers import PaperMeasure
from council.record_actions import keep_decisions
from measures.progress import Progress
from strategy.editions.models import PublicState
from tests.factories import BodyFactory, ConsultationFactory, PaperFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

UID = UUID("5d1b0f5e-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([], "proposed"),
        ([("carry_out", "approved")], "decided"),
        ([("carry_out", "amended")], "decided"),
        ([("carry_out", "rejected")], "rejected"),
        ([("carry_out", "rejected"), ("carry_out", "approved")], "decided"),
        ([("fund", "approved")], "funded"),
        ([("carry_out", "approved"), ("fund", "approved")], "funded"),
        ([("fund", "approved"), ("carry_out", "approved")], "funded"),
        ([("fund", "rejected")], "proposed"),
        ([("carry_out", "approved"), ("fund", "rejected")], "decided"),
        ([("fund", "approved"), ("fund", "rejected")], "proposed"),
        ([("carry_out", "approved"), ("fund", "approved"), ("fund", "rejected")], "decided"),
        ([("carry_out", "rejected"), ("fund", "approved"), ("fund", "rejected")], "rejected"),
        ([("fund", "approved"), ("carry_out", "rejected")], "rejected"),
    ],
)
def test_status_follows_from_the_decisions_in_their_order(steps, status):
    assert status_after(steps) == status


def decide(uid: UUID, held_on: date, *, matter: str = "carry_out", **values: str) -> Consultation:
    paper = PaperFactory(reference=values.pop("reference", "2026/0815"), name="Gärten")
    PaperMeasure.objects.create(paper=paper, uid=uid, matter=matter)
    return ConsultationFactory(
        paper=paper, held_on=held_on, **{"role": "decision", "result": "approved", **values}
    )


def test_decisions_reach_the_measure_with_what_its_page_lists():
    decide(UID, date(2026, 5, 12), reference="2026/0002", matter="fund")
    decide(UID, date(2026, 3, 17), reference="2026/0001")

    assert keep_decisions() == 1

    row = Progress.objects.get(uid=UID)
    assert row.decision == "funded"
    assert [(each["reference"], each["held_on"], each["matter"]) for each in row.resolutions] == [
        ("2026/0001", "2026-03-17", "Umsetzung"),
        ("2026/0002", "2026-05-12", "Mittel im Haushalt"),
    ]
    assert row.resolutions[0] == {
        "matter": "Umsetzung",
        "body": "Rat der Stadt",
        "held_on": "2026-03-17",
        "result": "beschlossen",
        "reference": "2026/0001",
        "name": "Gärten",
        "url": "",
        "consultations": [
            {
                "body": "Rat der Stadt",
                "role": "Entscheidung",
                "held_on": "2026-03-17",
                "result": "beschlossen",
                "is_authoritative": True,
                "resolution": None,
            }
        ],
    }


def test_way_wording_and_votes_come_with_the_decision():
    decision = decide(UID, date(2026, 3, 17))
    committee = BodyFactory(key="umwelt", name="Umweltausschuss", kind="committee")
    ConsultationFactory(
        paper=decision.paper, body=committee, held_on=date(2026, 2, 3), role="hearing", result="noted"
    )
    votes = {"votes_for": 31, "votes_against": 7, "votes_abstaining": 3}
    resolution = ResolutionFactory(consultation=decision, text="So beschlossen.", **votes)
    group = {"votes_for": 9, "votes_against": 1, "votes_abstaining": 0}
    GroupVote.objects.create(resolution=resolution, name="Fraktion A", **group)

    keep_decisions()

    (said,) = Progress.objects.get(uid=UID).resolutions
    assert [(each["body"], each["result"]) for each in said["consultations"]] == [
        ("Umweltausschuss", "zur Kenntnis genommen"),
        ("Rat der Stadt", "beschlossen"),
    ]
    assert said["consultations"][1]["resolution"] == {
        "text": "So beschlossen.",
        "vote_note": "",
        "votes": {"for": 31, "against": 7, "abstaining": 3},
        "groups": [{"name": "Fraktion A", "for": 9, "against": 1, "abstaining": 0}],
    }


def test_queries_do_not_grow_with_the_papers(django_assert_num_queries):
    for number in range(1, 4):
        decide(uuid4(), date(2026, 3, number), reference=f"2026/000{number}")
    keep_decisions()

    with django_assert_num_queries(6):  # four, and two for the savepoint
        assert keep_decisions() == 0


@pytest.mark.parametrize(
    "values", [{"role": "preliminary"}, {"role": ""}, {"result": "postponed"}, {"result": ""}]
)
def test_what_decides_nothing_leaves_the_proposal(values):
    decide(UID, date(2026, 3, 17), **values)

    assert keep_decisions() == 0
    assert not Progress.objects.exists()


def test_report_of_the_administration_stays_beside_it():
    Progress.objects.create(uid=UID, state="running", reported_on=date(2026, 1, 1), note="Läuft")
    other = Progress.objects.create(uid=uuid4(), state="done", note="Fertig.", reported_on=date(2026, 1, 1))
    decide(UID, date(2026, 3, 17))

    keep_decisions()

    row = Progress.objects.get(uid=UID)
    assert (row.state, row.note, row.decision) == ("running", "Läuft", "decided")
    other.refresh_from_db()
    assert other.decision == "proposed"


def test_decision_that_is_taken_away_leaves_the_proposal_again():
    decision = decide(UID, date(2026, 3, 17))
    keep_decisions()

    decision.delete()

    assert keep_decisions() == 1
    row = Progress.objects.get(uid=UID)
    assert (row.decision, row.resolutions) == ("proposed", [])


def test_public_revision_rises_only_where_something_changed():
    decide(UID, date(2026, 3, 17))

    keep_decisions()
    after = PublicState.objects.get().revision
    keep_decisions()

    assert after
    assert PublicState.objects.get().revision == after
