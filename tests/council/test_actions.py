"""Laying an edition before the council, and carrying over what it decided: state and seal, or what is missing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from council import actions
from council.papers import Paper
from strategy.editions.actions import freeze, publish, set_state, withhold
from tests.council.council_steps import COUNCIL_DAY, decide, paper_for, refusal, seal
from tests.factories import PaperFactory, ResolutionFactory

pytestmark = pytest.mark.django_db


class TestSubmit:
    def test_edition_is_in_consultation_and_public_with_the_number_of_its_paper(self, edition):
        actions.submit(paper_for(edition))

        assert seal(edition) == ("consultation", "2026/0100", "", None, "")
        assert edition.is_public

    def test_paper_without_an_edition_is_refused(self):
        assert refusal(actions.submit, paper_for(None)) == [
            "Die Vorlage nennt noch keine Fassung, die sie einbringt."
        ]

    def test_all_that_is_missing_is_named_at_once(self, edition):
        paper = PaperFactory(edition=withhold(edition, reason="Prüfung"))
        paper.edition.has_sample = True

        assert actions.missing_to_submit(paper) == [
            "„Entwurf“ enthält Beispieldaten.",
            "„Entwurf“ wird zurückgehalten.",
            "Es ist kein Gremium erfasst, das entscheidet (Rolle „Entscheidung“).",
        ]

    def test_edition_is_submitted_once(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)

        assert refusal(actions.submit, Paper.objects.get()) == [
            "„Entwurf“ ist kein Arbeitsstand mehr, sondern: in Beratung."
        ]

    def test_consultations_out_of_order_are_refused(self, edition):
        paper = paper_for(edition, result="approved", held_on=date(2026, 1, 1))

        assert refusal(actions.submit, paper) == [
            "„Umweltausschuss, 03.02.2026“ liegt nach der Entscheidung (Rat der Stadt, 01.01.2026). "
            "Die Entscheidung kommt zuletzt."
        ]


class TestCarryOver:
    def test_approval_adopts_with_the_seal_of_the_decision(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)

        adopted = actions.carry_over(decide(paper, "approved"))

        assert adopted == edition
        assert seal(edition) == ("adopted", "2026/0100", "Rat der Stadt", COUNCIL_DAY, "beschlossen")

    def test_refusal_rejects(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)

        actions.carry_over(decide(paper, "rejected"))

        assert seal(edition) == ("rejected", "2026/0100", "Rat der Stadt", COUNCIL_DAY, "abgelehnt")

    def test_withdrawn_paper_rejects(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)
        Paper.objects.update(withdrawn_on=date(2026, 2, 20))

        actions.carry_over(paper)

        assert seal(edition) == ("rejected", "2026/0100", "", date(2026, 2, 20), "zurückgezogen")

    def test_paper_that_is_withdrawn_and_decided_is_refused(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)
        decide(paper, "approved")
        Paper.objects.update(withdrawn_on=date(2026, 2, 20))

        assert refusal(actions.carry_over, Paper.objects.get()) == [
            "Die Vorlage ist zurückgezogen und doch entschieden: Rat der Stadt, 17.03.2026. "
            "Eines von beiden stimmt nicht."
        ]

    def test_withdrawn_paper_is_not_submitted(self, edition):
        paper = paper_for(edition)
        Paper.objects.update(withdrawn_on=date(2026, 2, 20))

        assert refusal(actions.submit, paper) == ["Die Vorlage ist zurückgezogen."]

    def test_votes_that_do_not_fit_the_decision_are_refused(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)
        decision = decide(paper, "approved").decision
        ResolutionFactory(consultation=decision, votes_for=30, votes_against=10, votes_abstaining=0)

        assert refusal(actions.carry_over, decide(paper, "rejected")) == [
            "Diese Stimmenzahlen passen nicht zum Ergebnis der Beratung (abgelehnt)."
        ]

    def test_what_has_changed_since_it_was_seen_is_not_carried_over(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)
        seen = actions.standing(decide(paper, "approved"))
        paper = decide(paper, "rejected")

        with pytest.raises(ValidationError, match="hat sich inzwischen geändert"):
            actions.carry_over(paper, seen=seen)
        assert seal(edition)[0] == "consultation"

    def test_adopting_supersedes_the_edition_adopted_before(self, edition):
        before = freeze(slug="alt", title="Alt")
        set_state(before, "consultation", paper_number="2021/0734")
        set_state(before, "adopted", decided_by="Rat", decided_on=date(2021, 10, 5), result="beschlossen")
        paper = paper_for(edition)
        actions.submit(paper)

        actions.carry_over(decide(paper, "approved"))

        assert [seal(each)[0] for each in (before, edition)] == ["superseded", "adopted"]

    @pytest.mark.parametrize(
        ("held_on", "result", "missing"),
        [
            (None, "", "Der Tag der Entscheidung fehlt: Rat der Stadt."),
            (COUNCIL_DAY, "", "Das Ergebnis der Entscheidung fehlt: Rat der Stadt, 17.03.2026."),
            (COUNCIL_DAY, "postponed", "Das Ergebnis der Entscheidung fehlt: Rat der Stadt, 17.03.2026."),
            (COUNCIL_DAY, "noted", "Das Ergebnis der Entscheidung fehlt: Rat der Stadt, 17.03.2026."),
        ],
    )
    def test_open_decision_is_named(self, edition, held_on, result, missing):
        paper = paper_for(edition)
        actions.submit(paper)
        paper.consultations.filter(role="decision").update(held_on=held_on, result=result)

        assert refusal(actions.carry_over, paper) == [missing]

    def test_edition_that_was_never_submitted_is_refused(self, edition):
        assert refusal(actions.carry_over, paper_for(edition, result="approved")) == [
            "„Entwurf“ ist nicht mit dieser Vorlage eingebracht."
        ]

    def test_decision_is_carried_over_once(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)
        actions.carry_over(decide(paper, "approved"))

        assert refusal(actions.carry_over, Paper.objects.get()) == [
            "„Entwurf“ ist nicht mit dieser Vorlage eingebracht."
        ]

    def test_shown_edition_is_not_rejected_under_its_readers(self, edition):
        publish(edition)
        paper = paper_for(edition)
        actions.submit(paper)

        (message,) = refusal(actions.carry_over, decide(paper, "rejected"))

        assert "wird gerade gezeigt" in message
