"""What cannot be of a way through the bodies, or is not over: it leads to no seal."""

from datetime import date

import pytest

from council import actions
from council.bodies import Body
from council.consultations import Consultation
from council.papers import Paper
from tests.council.council_steps import COUNCIL_DAY, decide, paper_for, refusal, seal
from tests.factories import BodyFactory, ConsultationFactory, DistrictFactory, PaperFactory

pytestmark = pytest.mark.django_db

BEFORE = date(2026, 2, 20)


@pytest.fixture
def district_council() -> Body:
    district = DistrictFactory(key="wanne")
    return BodyFactory(key="bv", name="Bezirksvertretung Wanne", kind="district_council", district=district)


@pytest.fixture
def submitted(edition) -> Paper:
    paper = paper_for(edition)
    actions.submit(paper)
    return paper


def missing(consultation: str) -> str:
    return (
        f"Das Ergebnis fehlt: {consultation}. Es lässt sich nicht mehr eintragen, sobald die Entscheidung übernommen "
        "ist. Eine Beratung, die nicht stattgefunden hat, löschen Sie bitte."
    )


class TestWhoDecides:
    SENTENCE = (
        "„%s“ kann nicht über die Strategie entscheiden: Das kann nur der Rat (§ 41 Abs. 1 GO NRW). Bitte tragen Sie "
        "dort eine andere Rolle ein."
    )

    def test_district_council_does_not_get_the_strategy_to_decide_on(self, edition, district_council):
        paper = PaperFactory(edition=edition)
        ConsultationFactory(paper=paper, body=district_council, held_on=BEFORE, role="decision")

        assert refusal(actions.submit, paper) == [self.SENTENCE % "Bezirksvertretung Wanne"]

    def test_committee_does_not_either(self, edition):
        paper = paper_for(edition)
        paper.consultations.filter(role="preliminary").update(role="decision", result="noted")

        assert refusal(actions.submit, paper) == [self.SENTENCE % "Umweltausschuss"]

    def test_decision_of_a_district_council_is_not_carried_over(self, submitted, district_council):
        submitted.consultations.filter(role="decision").update(body=district_council)

        assert refusal(actions.carry_over, decide(submitted, "approved")) == [
            self.SENTENCE % "Bezirksvertretung Wanne"
        ]

    def test_district_council_prepares(self, submitted, edition, district_council):
        heard = {"held_on": BEFORE, "role": "hearing", "result": "approved"}
        ConsultationFactory(paper=submitted, body=district_council, **heard)

        actions.carry_over(decide(submitted, "approved"))

        assert seal(edition)[0] == "adopted"

    def test_district_council_decides_on_a_measure(self, district_council):
        """A paper that lays no edition before the council is free."""
        decided = ConsultationFactory(
            body=district_council, held_on=BEFORE, role="decision", result="approved"
        )

        decided.full_clean()
        assert decided.paper.decision == decided


class TestOrder:
    def test_hearing_planned_after_the_decision_is_refused(self, edition):
        paper = paper_for(edition)
        paper.consultations.filter(role="preliminary").update(held_on=date(2026, 4, 1), result="")

        assert refusal(actions.submit, paper) == [
            "„Umweltausschuss, 01.04.2026“ liegt nach dem Tag der Entscheidung (Rat der Stadt, 17.03.2026). Die "
            "Entscheidung kommt zuletzt; wurde sie vertagt, tragen Sie das bitte als ihr Ergebnis ein."
        ]

    def test_paper_dated_after_its_consultation_is_refused(self, edition, submitted):
        Paper.objects.update(dated_on=date(2026, 2, 4))
        sentence = "„Umweltausschuss, 03.02.2026“ läge vor dem Datum der Vorlage (04.02.2026)."

        assert refusal(actions.carry_over, decide(submitted, "approved")) == [sentence]
        assert actions.missing_to_submit(Paper.objects.get())[-1] == sentence

    def test_paper_dated_on_the_day_of_its_consultation_is_submitted(self, edition):
        paper = paper_for(edition)
        Paper.objects.update(dated_on=date(2026, 2, 3))

        actions.submit(paper)

        assert seal(edition)[0] == "consultation"


class TestResults:
    def test_every_consultation_before_the_decision_has_its_result(self, submitted):
        Consultation.objects.update(result="")

        assert refusal(actions.carry_over, decide(submitted, "approved")) == [
            missing("Umweltausschuss, 03.02.2026")
        ]

    def test_one_on_the_day_of_the_decision_too(self, submitted):
        Consultation.objects.update(result="", held_on=COUNCIL_DAY)

        assert refusal(actions.carry_over, decide(submitted, "approved")) == [
            missing("Umweltausschuss, 17.03.2026")
        ]

    def test_one_that_has_no_day_too(self, submitted):
        submitted.consultations.filter(role="preliminary").update(result="", held_on=None)

        assert refusal(actions.carry_over, decide(submitted, "rejected")) == [missing("Umweltausschuss")]

    def test_open_decision_is_named_once(self, submitted):
        Consultation.objects.update(result="")

        assert refusal(actions.carry_over, submitted) == [
            "Das Ergebnis der Entscheidung fehlt: Rat der Stadt, 17.03.2026.",
            missing("Umweltausschuss, 03.02.2026"),
        ]

    def test_any_result_will_do(self, submitted, edition):
        submitted.consultations.filter(role="preliminary").update(result="noted")

        actions.carry_over(decide(submitted, "approved"))

        assert seal(edition)[0] == "adopted"

    def test_what_was_over_when_the_paper_was_withdrawn_has_its_result(self, submitted):
        Consultation.objects.update(result="")
        Paper.objects.update(withdrawn_on=BEFORE)

        assert refusal(actions.carry_over, submitted) == [missing("Umweltausschuss, 03.02.2026")]

    @pytest.mark.parametrize("withdrawn_on", [BEFORE, date(2026, 2, 3)])
    def test_what_was_still_to_come_then_needs_none(self, submitted, edition, withdrawn_on):
        result = "approved" if withdrawn_on == BEFORE else ""
        submitted.consultations.filter(role="preliminary").update(result=result)
        Paper.objects.update(withdrawn_on=withdrawn_on)

        actions.carry_over(submitted)

        assert seal(edition)[0] == "rejected"
