"""What the council has done with an edition, as plain data."""

from datetime import date

import pytest

from council.consultations import GroupVote
from council.papers import PaperMeasure
from council.record import papers_on_measures_of, record_of, records_of
from strategy.document.document import Document
from strategy.editions.actions import set_state
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    EditionFactory,
    PaperFactory,
    ResolutionFactory,
)
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db


def before_the_council(edition, reference: str = "2026/0001"):
    """A paper that two bodies dealt with; the council decided, with votes of two groups."""
    set_state(edition, "consultation", paper_number=reference)
    paper = PaperFactory(reference=reference, name="Strategie", edition=edition, proposal="Wird beschlossen.")
    committee = BodyFactory(key="umwelt", name="Umweltausschuss", kind="committee")
    ConsultationFactory(paper=paper, held_on=None, role="decision")
    decision = ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="approved")
    ConsultationFactory(paper=paper, body=committee, held_on=date(2026, 2, 3), role="hearing", result="noted")
    votes = {"votes_for": 30, "votes_against": 10, "votes_abstaining": 2}
    resolution = ResolutionFactory(consultation=decision, text="So beschlossen.", **votes)
    for name in ("Fraktion B", "Fraktion A"):
        GroupVote.objects.create(
            resolution=resolution, name=name, votes_for=9, votes_against=1, votes_abstaining=0
        )
    return paper


def test_record_holds_paper_way_and_votes():
    edition = EditionFactory()
    before_the_council(edition)

    (paper,) = record_of(edition)["papers"]

    assert (paper["reference"], paper["proposal"], paper["dated_on"]) == (
        "2026/0001",
        "Wird beschlossen.",
        "",
    )
    hearing, decision, planned = paper["consultations"]
    assert hearing == {
        "body": "Umweltausschuss",
        "role": "Anhörung",
        "held_on": "2026-02-03",
        "result": "zur Kenntnis genommen",
        "is_authoritative": False,
        "resolution": None,
    }
    assert decision["resolution"] == {
        "text": "So beschlossen.",
        "vote_note": "",
        "votes": {"for": 30, "against": 10, "abstaining": 2},
        "groups": [
            {"name": "Fraktion B", "for": 9, "against": 1, "abstaining": 0},
            {"name": "Fraktion A", "for": 9, "against": 1, "abstaining": 0},
        ],
    }
    assert (planned["held_on"], planned["result"], planned["is_authoritative"]) == ("", "", True)


def test_resolution_without_votes_has_none():
    edition = set_state(EditionFactory(), "consultation", paper_number="2026/0001")
    paper = PaperFactory(reference="2026/0001", edition=edition)
    decision = ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="approved")
    ResolutionFactory(consultation=decision, vote_note="einstimmig")

    (consultation,) = record_of(edition)["papers"][0]["consultations"]

    assert consultation["resolution"] == {
        "text": "",
        "vote_note": "einstimmig",
        "votes": None,
        "groups": [],
    }


def test_edition_with_the_changes_has_the_paper_once_it_carries_the_decision():
    first, second, other = EditionFactory(), EditionFactory(), EditionFactory()
    paper = before_the_council(first)
    paper.amended_edition = second
    paper.save()
    before = records_of([first, second, other])

    set_state(second, "consultation", paper_number=paper.reference)

    after = records_of([first, second, other])
    assert [len(before[each.pk]["papers"]) for each in (first, second, other)] == [1, 0, 0]
    assert after[first.pk] == after[second.pk]
    assert after[other.pk] == {"papers": []}


def test_paper_that_only_names_an_edition_is_not_in_its_record():
    edition = EditionFactory()
    before_the_council(edition)
    PaperFactory(reference="2026/0002", edition=edition)
    PaperFactory(reference="2026/0003", edition=EditionFactory(), amended_edition=edition)

    assert [paper["reference"] for paper in record_of(edition)["papers"]] == ["2026/0001"]


def test_amended_edition_is_named_once_it_carries_the_decision():
    first, second = EditionFactory(), EditionFactory(title="Beschlossene")
    PaperFactory(reference="2026/0001", edition=first, amended_edition=second)
    set_state(first, "consultation", paper_number="2026/0001")
    assert record_of(first)["papers"][0]["amended"] is None
    set_state(second, "consultation", paper_number="2026/0001")

    (paper,) = record_of(first)["papers"]

    assert paper["amended"] == {"slug": second.slug, "title": "Beschlossene"}


def test_paper_without_consultations_is_there():
    edition = set_state(EditionFactory(), "consultation", paper_number="2026/0001")
    PaperFactory(reference="2026/0001", edition=edition)

    assert [paper["consultations"] for paper in record_of(edition)["papers"]] == [[]]


def test_records_of_many_editions_are_one_query(django_assert_num_queries):
    editions = [EditionFactory() for _ in range(3)]
    for number, edition in enumerate(editions):
        before_the_council(edition, f"2026/000{number}")

    with django_assert_num_queries(1):
        records = records_of(editions)

    assert [len(records[edition.pk]["papers"][0]["consultations"]) for edition in editions] == [3, 3, 3]


def test_papers_on_measures_name_those_of_the_edition_in_its_order(django_assert_num_queries):
    edition = publish(without=nodes("measure")[2]["slug"])
    first, second, gone = (node["uid"] for node in nodes("measure")[:3])
    paper, other, foreign = (PaperFactory(reference=f"2026/000{number}") for number in (1, 2, 3))
    for each, uid, matter in (
        (paper, second, "fund"),
        (paper, first, "carry_out"),
        (paper, gone, "fund"),
        (other, first, "fund"),
        (foreign, gone, "fund"),
    ):
        PaperMeasure.objects.create(paper=each, uid=uid, matter=matter)
    ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="approved")
    document = Document.from_json(edition.content.data)

    with django_assert_num_queries(2):
        found = papers_on_measures_of(document)

    codes = [document.by_uid[uid].code for uid in (first, second)]
    assert [(each["reference"], each["measures"]) for each in found] == [
        (
            "2026/0001",
            [
                {"uid": first, "code": codes[0], "matter": "Umsetzung"},
                {"uid": second, "code": codes[1], "matter": "Mittel im Haushalt"},
            ],
        ),
        ("2026/0002", [{"uid": first, "code": codes[0], "matter": "Mittel im Haushalt"}]),
    ]
    assert [each["result"] for each in found[0]["consultations"]] == ["beschlossen"]
