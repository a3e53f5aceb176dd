"""Publishing editions, taking that back, withholding."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from strategy.editions import actions
from strategy.editions.integrity import damage
from strategy.editions.models import Edition, Publication
from tests.factories import UserFactory
from tests.strategy.editions.frozen import SEAL, TREE, frozen, in_state, refusal, revision, shown
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree():
    return plant(TREE)


class TestPublishing:
    def test_edition_is_shown_and_public(self):
        user = UserFactory(username="eva")
        edition = frozen()

        publication = actions.publish(edition, by=user)

        edition.refresh_from_db()
        assert shown() == edition
        assert edition.is_public and edition.published_at == publication.published_at
        assert list(
            Publication.objects.values_list("edition__slug", "published_by__username", "taken_back_at")
        ) == [("erste", "eva", None)]
        assert revision()

    def test_former_one_stays_public(self):
        first, second = frozen("erste"), frozen("zweite")

        actions.publish(first)
        actions.publish(second)

        assert shown() == second
        assert set(Edition.objects.public()) == {first, second}

    def test_first_publication_is_remembered(self):
        first, second = frozen("erste"), frozen("zweite")

        published_at = actions.publish(first).published_at
        actions.publish(second)
        actions.publish(first)

        first.refresh_from_db()
        assert first.published_at == published_at
        assert shown() == first

    def test_withheld_one_is_refused(self):
        edition = actions.withhold(frozen(), reason="Namen von Personen")

        assert refusal(actions.publish, edition) == [
            _("“%(edition)s” is withheld and cannot be published.") % {"edition": "Erste"}
        ]

    def test_rejected_one_is_refused(self):
        assert refusal(actions.publish, in_state("rejected")) == [
            _("“%(edition)s” was rejected and cannot be published.") % {"edition": "Erste"}
        ]

    @pytest.mark.parametrize("state", ["working", "consultation", "adopted", "superseded"])
    def test_any_other_is_accepted(self, state: str):
        edition = in_state(state)

        actions.publish(edition)

        assert shown() == edition


NOTHING_BEFORE = "There is no earlier edition that could be shown instead."


class TestTakingBack:
    def publish(self, *slugs: str) -> list[Edition]:
        editions = {slug: Edition.objects.filter(slug=slug).first() or frozen(slug) for slug in slugs}
        for slug in slugs:
            actions.publish(editions[slug])
        return [editions[slug] for slug in dict.fromkeys(slugs)]

    def public(self) -> set[str]:
        return set(Edition.objects.public().values_list("slug", flat=True))

    def test_one_before_is_shown_and_the_last_is_public_no_more(self):
        first, _second = self.publish("erste", "zweite")
        before = revision()

        assert actions.take_back() == first

        assert shown() == first
        assert self.public() == {"erste"}
        assert revision() != before

    def test_nothing_before_is_refused(self):
        self.publish("erste")

        assert refusal(actions.take_back) == [_(NOTHING_BEFORE)]

    def test_nothing_published_is_refused(self):
        with pytest.raises(ValidationError) as caught:
            actions.take_back()

        assert caught.value.messages == [_(NOTHING_BEFORE)]
        assert not Publication.objects.exists()

    def test_it_goes_one_step_at_a_time(self):
        first, second, _third = self.publish("erste", "zweite", "dritte")

        assert [actions.take_back(), actions.take_back()] == [second, first]
        assert refusal(actions.take_back) == [_(NOTHING_BEFORE)]
        assert self.public() == {"erste"}

    def test_edition_that_was_shown_before_stays_public(self):
        _first, second = self.publish("erste", "zweite", "erste")

        assert actions.take_back() == second

        assert self.public() == {"erste", "zweite"}

    def test_edition_published_twice_in_a_row_is_taken_back_whole(self):
        first, _second = self.publish("erste", "zweite", "zweite")

        assert actions.take_back() == first

        assert self.public() == {"erste"}
        assert refusal(actions.take_back) == [_(NOTHING_BEFORE)]

    def test_withheld_one_is_passed_over(self):
        first, second, _third = self.publish("erste", "zweite", "dritte")
        actions.withhold(second, reason="Namen von Personen")

        assert actions.take_back() == first

        assert self.public() == {"erste", "zweite"}  # its address tells why it is withheld
        assert refusal(actions.take_back) == [_(NOTHING_BEFORE)]

    def test_rejected_one_is_passed_over(self):
        first, second, _third = self.publish("erste", "zweite", "dritte")
        actions.set_state(second, "consultation", **SEAL)
        actions.set_state(second, "rejected", **SEAL)

        assert actions.take_back() == first

    @pytest.mark.parametrize("state", ["consultation", "adopted"])
    def test_edition_that_the_council_had_stays_public(self, state: str):
        first = frozen("erste")
        second = in_state(state, "zweite")
        actions.publish(first)
        actions.publish(second)

        assert actions.take_back() == first

        assert self.public() == {"erste", "zweite"}

    def test_edition_taken_back_can_be_published_again(self):
        _first, second = self.publish("erste", "zweite")
        actions.take_back()

        actions.publish(second)

        assert shown() == second
        assert self.public() == {"erste", "zweite"}


class TestWithholding:
    def test_content_and_digest_stay(self):
        edition = in_state("adopted")
        data, before = edition.content.data, revision()

        actions.withhold(edition, reason=" Namen von Personen ", on=datetime.date(2026, 4, 1))

        edition = Edition.objects.get()
        assert edition.is_withheld and edition.is_public
        assert (edition.withheld_on, edition.withheld_reason) == (
            datetime.date(2026, 4, 1),
            "Namen von Personen",
        )
        assert edition.content.data == data
        assert damage(edition) == []
        assert revision() != before

    def test_reason_is_needed(self):
        assert refusal(actions.withhold, frozen(), reason=" \n") == [
            _("Withholding needs a reason: it is what readers see instead.")
        ]

    def test_shown_one_is_refused(self):
        edition = frozen()
        actions.publish(edition)

        assert refusal(actions.withhold, edition, reason="Anordnung") == [
            _("“%(edition)s” is being shown. Please publish another edition first.") % {"edition": "Erste"}
        ]

    def test_release_ends_it(self):
        edition = actions.withhold(frozen(), reason="Anordnung")
        before = revision()

        actions.release(edition)

        edition = Edition.objects.get()
        assert (edition.is_withheld, edition.withheld_reason) == (False, "")
        assert revision() != before
        actions.publish(edition)
        assert shown() == edition
