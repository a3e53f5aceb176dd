"""An edition that the council adopted with changes: what it changed, for which reason, and what is refused."""

import pytest

from council import actions
from council.amendments import amending_reasons, amendments_of, not_cited
from council.papers import Paper
from strategy.editions.actions import freeze
from strategy.editions.models import Edition
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.council.council_steps import COUNCIL_DAY, decide, paper_for, refusal, seal

pytestmark = pytest.mark.django_db


class TestAdoptedWithChanges:
    """The council changed one line: it is entered, frozen, adopted, and the Synopse shows exactly it."""

    def amended(self, edition: Edition, tree: dict[str, Node], *, reason: str | None = None) -> Paper:
        paper = paper_for(edition)
        actions.submit(paper)
        paper = decide(paper, "amended")
        reason = amending_reasons()[0] if reason is None else reason
        node_actions.change(tree["Garten"], content={"text": "Auf jedem Schulhof."}, by=None, reason=reason)
        Paper.objects.update(amended_edition=freeze(slug="beschlossen", title="Strategie 2026"))
        return Paper.objects.get()

    def test_amended_edition_carries_the_seal_and_supersedes_the_one_submitted(self, edition, tree):
        adopted = actions.carry_over(self.amended(edition, tree))

        assert adopted.slug == "beschlossen"
        said = ("2026/0100", "Rat der Stadt", COUNCIL_DAY, "geändert beschlossen")
        assert seal(adopted) == ("adopted", *said)
        assert seal(edition) == ("superseded", *said)

    def test_synopse_shows_exactly_what_the_council_changed_with_its_decision_as_reason(self, edition, tree):
        paper = self.amended(edition, tree)

        found = amendments_of(paper)
        (row,) = found.rows
        change = row.view.change
        assert (change.entry.title, [f.name for f in change.fields]) == ("Garten", ["text"])
        assert not_cited(found, paper) == []
        assert row.reasons == [
            "Beschluss vom 17.03.2026, Rat der Stadt, Vorlage 2026/0100 (geändert beschlossen)"
        ]

    def test_change_that_names_no_decision_is_told(self, edition, tree):
        paper = self.amended(edition, tree, reason="Schöner gesagt")

        (row,) = not_cited(amendments_of(paper), paper)
        assert row.reasons == ["Schöner gesagt"]

    def test_reason_that_names_a_number_which_only_begins_alike_is_no_citation(self, edition, tree):
        paper = self.amended(edition, tree, reason="Vorlage 2026/0100-1")

        assert len(not_cited(amendments_of(paper), paper)) == 1

    def test_paper_without_an_amended_edition_has_no_amendments(self, edition):
        paper = paper_for(edition)

        assert amendments_of(paper) is None
        assert not_cited(None, paper) == []

    def test_without_the_amended_edition_it_is_refused(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)

        assert refusal(actions.carry_over, decide(paper, "amended")) == [
            "Es wurde geändert beschlossen: Bitte tragen Sie die Änderungen im Arbeitsstand ein, frieren Sie eine "
            "Fassung ein und nennen Sie diese in der Vorlage als Fassung mit den Änderungen des Rates."
        ]

    def test_edition_that_says_the_same_is_refused(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)
        paper = decide(paper, "amended")
        paper.amended_edition = freeze(slug="gleich", title="Gleich", remark="Nur dieser Hinweis ist neu.")
        paper.save()

        assert refusal(actions.carry_over, paper) == [
            "„Gleich“ sagt dasselbe wie die eingebrachte Fassung: Darin ist nichts geändert."
        ]

    def test_amended_edition_without_such_a_decision_is_refused(self, edition, tree):
        paper = self.amended(edition, tree)

        assert refusal(actions.carry_over, decide(paper, "approved")) == [
            "Die Vorlage nennt eine Fassung mit Änderungen, aber kein Gremium hat „geändert beschlossen“."
        ]

    def test_decision_is_offered_as_a_reason_until_it_is_carried_over(self, edition, tree):
        assert amending_reasons() == []
        paper = self.amended(edition, tree)
        offered = amending_reasons()

        actions.carry_over(paper)

        assert (len(offered), amending_reasons()) == (1, [])
