"""The states of an edition: which steps there are, what each needs, what the database refuses."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from strategy.editions import actions
from strategy.editions.models import Edition, EditionContent, Publication
from tests.strategy.editions.frozen import SEAL, TREE, frozen, in_state, refusal, revision
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


State = Edition.State


@pytest.fixture(autouse=True)
def tree():
    return plant(TREE)


class TestStates:
    ALLOWED = {
        ("working", "consultation"),
        ("consultation", "adopted"),
        ("consultation", "rejected"),
        ("consultation", "superseded"),  # where the council adopts another text, with its changes
        ("adopted", "superseded"),
    }

    @pytest.mark.parametrize("new", State.values)
    @pytest.mark.parametrize("old", State.values)
    def test_only_these_steps_are_possible(self, old: str, new: str):
        edition = in_state(old)

        if (old, new) in self.ALLOWED:
            assert actions.set_state(edition, new, **SEAL).state == new
            return

        assert refusal(actions.set_state, edition, new, **SEAL) == [
            _("“%(edition)s” cannot go from “%(old)s” to “%(new)s”.")
            % {"edition": "Erste", "old": State(old).label, "new": State(new).label}
        ]

    def test_consultation_makes_public_and_seals(self):
        edition = frozen()
        before = revision()

        actions.set_state(edition, "consultation", paper_number="2026/0100")

        edition = Edition.objects.get()
        assert edition.is_public and edition.content.is_sealed
        assert (edition.paper_number, edition.decided_by) == ("2026/0100", "")
        assert revision() != before

    def test_consultation_needs_a_paper(self):
        assert refusal(actions.set_state, frozen(), "consultation") == [
            _("An edition in consultation names its paper.")
        ]

    @pytest.mark.parametrize("missing", ["decided_by", "decided_on", "result"])
    def test_adoption_needs_the_whole_seal(self, missing: str):
        edition = actions.set_state(frozen(), "consultation", paper_number="2026/0100")
        seal = {name: value for name, value in SEAL.items() if name != missing}

        assert refusal(actions.set_state, edition, "adopted", **seal) == [
            _("An adopted edition names paper, body, date and result.")
        ]

    def test_adoption_keeps_the_paper_of_the_consultation(self):
        edition = actions.set_state(frozen(), "consultation", paper_number="2026/0099")
        seal = {name: value for name, value in SEAL.items() if name != "paper_number"}

        edition = actions.set_state(edition, "adopted", **seal)

        assert (edition.paper_number, edition.result) == ("2026/0099", "beschlossen")

    def test_adoption_supersedes_the_one_adopted_before(self):
        first = in_state("adopted", "erste")

        second = in_state("adopted", "zweite")

        first.refresh_from_db()
        assert (first.state, second.state) == ("superseded", "adopted")
        assert (first.paper_number, first.result) == ("2026/0100", "beschlossen")
        assert set(Edition.objects.public()) == {first, second}

    def test_sample_stays_a_working_edition(self):
        plant("theme Beispiel: Klima", **{"Beispiel: Klima": {"is_sample": True}})
        edition = frozen()

        assert edition.has_sample
        assert refusal(actions.set_state, edition, "consultation", **SEAL) == [
            _("An edition with sample data stays a working edition.")
        ]


class TestConstraints:
    """What the database itself refuses, should an action forget it."""

    def is_kept(self, edition: Edition, **values: object) -> bool:
        try:
            with transaction.atomic():
                EditionContent.objects.filter(pk=edition.pk).update(is_sealed=True)
                Edition.objects.filter(pk=edition.pk).update(**values)
        except IntegrityError:
            return False
        return True

    @pytest.mark.parametrize("missing", [None, *SEAL])
    def test_adopted_needs_all_four(self, missing: str | None):
        empty = {"decided_on": None}.get(missing or "", "")
        seal = {name: empty if name == missing else value for name, value in SEAL.items()}

        assert self.is_kept(frozen(), state="adopted", **seal) == (missing is None)

    @pytest.mark.parametrize(("number", "is_allowed"), [("2026/0100", True), ("", False)])
    def test_consultation_needs_the_paper(self, number: str, is_allowed: bool):
        assert self.is_kept(frozen(), state="consultation", paper_number=number) == is_allowed

    @pytest.mark.parametrize(
        ("state", "is_allowed"), [("working", True), ("consultation", False), ("rejected", False)]
    )
    def test_sample_stays_working(self, state: str, is_allowed: bool):
        plant("theme Beispiel: Klima", **{"Beispiel: Klima": {"is_sample": True}})

        assert self.is_kept(frozen(), state=state, paper_number="2026/0100") == is_allowed

    @pytest.mark.parametrize(
        ("on", "reason", "is_allowed"),
        [
            (datetime.date(2026, 4, 1), "Anordnung", True),
            (None, "", True),
            (datetime.date(2026, 4, 1), "", False),
            (None, "Anordnung", False),
        ],
    )
    def test_withholding_has_date_and_reason(self, on, reason: str, is_allowed: bool):
        assert self.is_kept(frozen(), withheld_on=on, withheld_reason=reason) == is_allowed

    def test_only_one_is_adopted(self):
        in_state("adopted", "erste")

        assert not self.is_kept(frozen("zweite"), state="adopted", **SEAL)
        assert self.is_kept(frozen("dritte"), state="superseded", **SEAL)


class TestDeleting:
    def test_working_edition_goes_with_its_content(self):
        kept, gone = frozen("erste"), frozen("zweite")

        actions.delete(gone)

        assert list(Edition.objects.all()) == [kept]
        assert list(EditionContent.objects.values_list("edition__slug", flat=True)) == ["erste"]

    def test_published_one_that_is_not_shown_goes_with_its_history(self):
        first, second = frozen("erste"), frozen("zweite")
        actions.publish(first)
        actions.publish(second)

        actions.delete(first)

        assert list(Publication.objects.values_list("edition__slug", flat=True)) == ["zweite"]

    def test_shown_one_is_refused(self):
        edition = frozen()
        actions.publish(edition)

        assert refusal(actions.delete, edition) == [
            _("“%(edition)s” is being shown. Please publish another edition first.") % {"edition": "Erste"}
        ]

    @pytest.mark.parametrize("state", ["consultation", "adopted", "superseded", "rejected"])
    def test_edition_that_the_council_had_is_refused(self, state: str):
        assert refusal(actions.delete, in_state(state)) == [
            _("“%(edition)s” was before the council and is never deleted.") % {"edition": "Erste"}
        ]
