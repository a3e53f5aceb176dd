"""Bodies, their consultations in order, and resolutions with their votes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from council.bodies import Body
from council.consultations import (
    Consultation,
    GroupVote,
    Resolution,
    before_its_paper,
    out_of_order,
    votes_beyond,
)
from council.papers import Paper
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    DistrictFactory,
    PaperFactory,
    ResolutionFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2021, 10, 5)


def refused(instance, message: str) -> None:
    """Full cleaning refuses it with this sentence, and so does the database."""
    with pytest.raises(ValidationError, match=message):
        instance.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        instance.save()


class TestBody:
    def test_district_council_has_its_district(self):
        Body(key="bv", name="BV Wanne", kind="district_council", district=DistrictFactory()).full_clean()

        refused(Body(key="bv", name="BV Wanne", kind="district_council"), "gehört ihr Stadtbezirk")

    def test_no_other_body_has_a_district(self):
        Body(key="rat", name="Rat", kind="council").full_clean()

        refused(Body(key="rat", name="Rat", kind="council", district=DistrictFactory()), "keinem anderen")

    def test_only_the_council_decides_on_the_strategy(self):
        assert [kind for kind in Body.Kind if Body(kind=kind).decides_on_strategy] == ["council"]


class TestConsultation:
    def test_body_deals_with_a_paper_once_a_day(self):
        paper = ConsultationFactory(held_on=DAY).paper
        ConsultationFactory(paper=paper, held_on=DAY + timedelta(1))

        refused(Consultation(paper=paper, body=BodyFactory(), held_on=DAY), "schon erfasst")

    def test_result_needs_the_day(self):
        paper = PaperFactory()
        Consultation(paper=paper, body=BodyFactory()).full_clean()

        refused(Consultation(paper=paper, body=BodyFactory(), result="approved"), "gehört der Tag")

    def test_result_of_a_day_to_come_is_refused(self):
        today = timezone.localdate()
        paper = PaperFactory()
        Consultation(paper=paper, body=BodyFactory(), held_on=today, result="approved").full_clean()
        Consultation(paper=paper, body=BodyFactory(), held_on=today + timedelta(1)).full_clean()

        with pytest.raises(ValidationError, match="liegt in der Zukunft"):
            Consultation(
                paper=paper, body=BodyFactory(), held_on=today + timedelta(1), result="approved"
            ).full_clean()

    def test_they_stand_in_the_order_of_their_days_and_those_without_one_last(self):
        paper = PaperFactory()
        days = (None, DAY, DAY - timedelta(7))
        for day in days:
            ConsultationFactory(paper=paper, held_on=day)

        assert [each.held_on for each in paper.consultations.all()] == [DAY - timedelta(7), DAY, None]

    @pytest.mark.parametrize(
        ("role", "result", "has_decided"),
        [
            ("decision", "approved", True),
            ("decision", "amended", True),
            ("decision", "rejected", True),
            ("decision", "postponed", False),
            ("decision", "noted", False),
            ("decision", "", False),
            ("preliminary", "approved", False),
            ("", "approved", False),
        ],
    )
    def test_matter_ends_where_the_deciding_body_agrees_or_refuses(self, role, result, has_decided):
        assert Consultation(role=role, result=result).has_decided is has_decided


class TestOrder:
    def consultation(self, days: int, role: str = "preliminary", result: str = "approved") -> Consultation:
        return Consultation(
            body=Body(name=f"Gremium {days}"), held_on=DAY + timedelta(days), role=role, result=result
        )

    def test_decision_comes_last(self):
        consultations = [self.consultation(7), self.consultation(0, "decision")]

        assert out_of_order(consultations) == (
            "„Gremium 7, 12.10.2021“ liegt nach der Entscheidung (Gremium 0, 05.10.2021). "
            "Die Entscheidung kommt zuletzt."
        )

    def test_order_of_entry_does_not_matter(self):
        assert out_of_order([self.consultation(0, "decision"), self.consultation(-7)]) == ""

    def test_body_that_prepares_on_the_same_day_comes_before_the_decision(self):
        assert out_of_order([self.consultation(0, "decision"), self.consultation(0)]) == ""

        paper = PaperFactory()
        committee = BodyFactory(key="a", name="Ausschuss", kind="committee")
        ConsultationFactory(paper=paper, held_on=DAY, role="decision")
        ConsultationFactory(paper=paper, body=committee, held_on=DAY, role="preliminary")
        assert [each.role for each in paper.consultations.all()] == ["preliminary", "decision"]

    def test_postponed_decision_is_followed_by_another(self):
        postponed = self.consultation(0, "decision", "postponed")

        assert out_of_order([postponed, self.consultation(7, "decision")]) == ""

    def test_nothing_is_planned_after_the_decision(self):
        hearing, decision = self.consultation(7, "hearing", ""), self.consultation(0, "decision", "")

        assert out_of_order([hearing, decision]) == (
            "„Gremium 7, 12.10.2021“ liegt nach dem Tag der Entscheidung (Gremium 0, 05.10.2021). Die Entscheidung "
            "kommt zuletzt; wurde sie vertagt, tragen Sie das bitte als ihr Ergebnis ein."
        )

    def test_what_has_no_day_yet_is_in_order(self):
        hearing = self.consultation(7, "hearing", "")
        hearing.held_on = None

        assert out_of_order([self.consultation(0, "decision", ""), hearing]) == ""

    def test_consultation_is_not_before_the_date_of_its_paper(self):
        first = self.consultation(0)

        assert before_its_paper(Paper(dated_on=DAY + timedelta(1)), [first]) == (
            "„Gremium 0, 05.10.2021“ läge vor dem Datum der Vorlage (06.10.2021)."
        )
        assert before_its_paper(Paper(dated_on=DAY), [first]) == ""
        assert before_its_paper(Paper(), [first]) == ""


class TestResolution:
    def votes(self, *counts: int | None, result: str = "approved") -> Resolution:
        consultation = ConsultationFactory(role="decision", result=result)
        names = ("votes_for", "votes_against", "votes_abstaining")
        return Resolution(consultation=consultation, **dict(zip(names, counts, strict=True)))

    def test_all_three_numbers_or_none(self):
        self.votes(None, None, None).full_clean()
        self.votes(30, 20, 0).full_clean()

        refused(self.votes(30, None, 0), "alle drei Zahlen")

    @pytest.mark.parametrize(
        ("result", "votes_for", "votes_against", "fits"),
        [
            ("approved", 2, 1, True),
            ("approved", 1, 1, False),
            ("amended", 1, 2, False),
            ("rejected", 1, 1, True),
            ("rejected", 2, 1, False),
        ],
    )
    def test_majority_carries_and_a_tie_refuses(self, result, votes_for, votes_against, fits):
        resolution = self.votes(votes_for, votes_against, 5, result=result)

        if fits:
            resolution.full_clean()
        else:
            with pytest.raises(ValidationError, match="passen nicht zum Ergebnis"):
                resolution.full_clean()

    @pytest.mark.parametrize("result", ["", "noted", "postponed"])
    def test_consultation_that_decided_nothing_has_none(self, result):
        consultation = ConsultationFactory(result=result)

        with pytest.raises(ValidationError, match="noch kein Ergebnis"):
            Resolution(consultation=consultation).full_clean()

    def test_groups_have_at_most_the_votes_of_all(self):
        resolution = Resolution(votes_for=30, votes_against=10, votes_abstaining=2)
        group = GroupVote(name="Fraktion A", votes_for=29, votes_against=10, votes_abstaining=0)
        other = GroupVote(name="Fraktion B", votes_for=2, votes_against=0, votes_abstaining=0)

        assert votes_beyond(resolution, [group]) == ""
        assert votes_beyond(resolution, [group, other]) == (
            "Die Fraktionen haben zusammen mehr Ja-Stimmen (31), als es insgesamt gibt (30)."
        )

    def test_groups_may_vote_where_the_whole_is_not_known(self):
        group = GroupVote(name="Fraktion A", votes_for=29, votes_against=10, votes_abstaining=0)

        assert votes_beyond(Resolution(), [group]) == ""

    def test_group_is_recorded_once_and_with_all_numbers(self):
        resolution = ResolutionFactory()
        votes = {"votes_for": 3, "votes_against": 0, "votes_abstaining": 0}
        GroupVote.objects.create(resolution=resolution, name="Fraktion A", **votes)

        refused(GroupVote(resolution=resolution, name="Fraktion A", **votes), "schon erfasst")
        refused(GroupVote(resolution=resolution, name="Fraktion B"), "alle drei Zahlen")
