"""What can be done with editions, and what an edition holds. What the database refuses: test_triggers.py."""

import datetime
import json

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from measures.models import Progress
from strategy import actions, triggers
from strategy.document import Document, canonical_json, digest_of
from strategy.models import Edition, EditionContent, Node, Publication, PublicState, Strategy
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

State = Edition.State
SEAL = {
    "paper_number": "2026/0100",
    "decided_by": "Rat der Stadt",
    "decided_on": datetime.date(2026, 3, 17),
    "result": "beschlossen",
}
TREE = """
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
"""


@pytest.fixture(autouse=True)
def tree():
    return plant(TREE)


def frozen(slug: str = "erste", **values: object) -> Edition:
    return actions.freeze(slug=slug, **{"title": slug.title(), **values})  # type: ignore[arg-type]


def in_state(state: str, slug: str = "erste") -> Edition:
    """An edition in this state, got there in the only way there is."""
    edition = frozen(slug)
    for step in {
        "working": [],
        "consultation": ["consultation"],
        "adopted": ["consultation", "adopted"],
        "superseded": ["consultation", "adopted", "superseded"],
        "rejected": ["consultation", "rejected"],
    }[state]:
        edition = actions.set_state(edition, step, **SEAL)
    return edition


def shown() -> Edition | None:
    return PublicState.objects.get().shown


def revision() -> int:
    return sum(PublicState.objects.values_list("revision", flat=True))


def refusal(action, *args: object, **kwargs: object) -> list[str]:
    """The sentences with which an action is refused. It has changed nothing."""
    before = snapshot()
    with pytest.raises(ValidationError) as caught:
        action(*args, **kwargs)
    assert snapshot() == before
    return caught.value.messages


def snapshot() -> list[object]:
    return [
        list(m.objects.order_by("pk").values()) for m in (Edition, EditionContent, Publication, PublicState)
    ]


class TestFreezing:
    def test_edition_holds_the_working_tree(self, tree):
        user = User.objects.create(username="eva")

        edition = actions.freeze(slug="erste", title="Erste", remark="Ein Anfang.", by=user)

        document = Document.from_json(edition.content.data)
        assert {entry.title: entry.code for entry in document.by_uid.values()} == {
            "Bildung": "1",
            "Lernen": "",
            "Schulen": "1.1",
            "Garten": "1.1.0.1",
        }
        assert document.meta["edition"] == {"title": "Erste", "remark": "Ein Anfang."}
        assert (edition.title, edition.frozen_by, edition.state) == ("Erste", user, "working")
        assert (edition.content.format, edition.content.is_sealed) == (1, False)
        assert actions.damage(edition) == []

    def test_it_is_not_public(self):
        edition = frozen()

        assert not edition.is_public
        assert not Edition.objects.public().exists()
        assert revision() == 0

    def test_title_and_remark_come_from_the_title_page(self):
        Strategy(
            city="Herne", title="S", edition_title="Nach dem Plakat", edition_remark="Ohne Maßnahmen."
        ).save()

        edition = actions.freeze(slug="plakat")

        meta = json.loads(edition.content.data)["meta"]
        assert edition.title == "Nach dem Plakat"
        assert meta["edition"] == {"title": "Nach dem Plakat", "remark": "Ohne Maßnahmen."}

    def test_digest_is_that_of_the_canonical_text(self):
        edition = frozen()

        assert edition.content.data == canonical_json(json.loads(edition.content.data))
        assert edition.digest == edition.content.digest == digest_of(edition.content.data)
        assert edition.short_digest == edition.digest[:12]

    def test_same_content_gives_the_same_digest(self):
        first, second = frozen("erste", title="T"), frozen("zweite", title="T")

        assert first.digest == second.digest

    @pytest.mark.parametrize("field", ["title", "text", "easy_text", "slug"])
    def test_other_content_gives_another_digest(self, field: str):
        first = frozen("erste", title="T")
        Node.objects.filter(title="Garten").update(**{field: "anders"})

        assert frozen("zweite", title="T").digest != first.digest

    def test_later_changes_leave_it_alone(self, tree):
        edition = frozen()
        before = edition.content.data

        tree["Schulen"].delete()

        assert Edition.objects.get().content.data == before
        assert "Garten" in before

    def test_nothing_is_frozen_from_an_empty_tree(self):
        Node.objects.all().delete()

        assert refusal(frozen) == [_("The strategy is empty: there is nothing to freeze.")]

    def test_nothing_is_frozen_from_a_damaged_tree(self):
        Node.objects.filter(title="Schulen").update(numchild=7)

        (message,) = refusal(frozen)

        assert message.startswith("Der Baum ist beschädigt") and "Schulen" in message

    def test_address_is_taken_once(self):
        frozen("erste")

        assert refusal(frozen, "erste")

    def test_title_is_needed(self):
        assert refusal(actions.freeze, slug="erste") == ["Dieses Feld darf nicht leer sein."]

    def test_live_data_are_not_in_it(self, tree):
        Progress.objects.create(
            uid=tree["Garten"].uid,
            state="running",
            reported_on=datetime.date(2026, 1, 31),
            note="Die Beete sind angelegt.",
            contact_email="umwelt@herne.example",
        )

        data = frozen().content.data

        assert [each for each in ("running", "2026-01-31", "Beete", "umwelt@") if each in data] == []

    def test_decision_status_is_that_of_the_day(self, tree):
        progress = Progress.objects.create(uid=tree["Garten"].uid, decision="decided")
        first = frozen("erste")
        progress.decision = "funded"
        progress.save()
        second = frozen("zweite")

        keys = [json.loads(e.content.data)["nodes"][-1]["values"]["decision"]["key"] for e in (first, second)]
        assert keys == ["decided", "funded"]

    def test_measure_without_a_decision_is_proposed(self):
        decision = json.loads(frozen().content.data)["nodes"][-1]["values"]["decision"]

        assert decision == {"key": "proposed", "name": str(Progress.Decision.PROPOSED.label)}


class TestPublishing:
    def test_edition_is_shown_and_public(self):
        user = User.objects.create(username="eva")
        edition = frozen()

        publication = actions.publish(edition, by=user)

        edition.refresh_from_db()
        assert shown() == edition
        assert edition.is_public and edition.published_at == publication.published_at
        assert list(
            Publication.objects.values_list("edition__slug", "published_by__username", "taken_back_at")
        ) == [("erste", "eva", None)]
        assert revision() == 1

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
        assert revision() > before

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
        assert actions.damage(edition) == []
        assert revision() > before

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
        assert revision() > before
        actions.publish(edition)
        assert shown() == edition


class TestStates:
    ALLOWED = {
        ("working", "consultation"),
        ("consultation", "adopted"),
        ("consultation", "rejected"),
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
        assert revision() > before

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


class TestDamage:
    @pytest.fixture(autouse=True)
    def without_triggers(self):
        triggers.drop()

    def content(self, edition: Edition, **values: object) -> Edition:
        EditionContent.objects.filter(pk=edition.pk).update(**values)
        return Edition.objects.get(pk=edition.pk)

    def test_untouched_edition_has_none(self):
        assert [
            actions.damage(in_state(state, state)) for state in ("working", "consultation", "rejected")
        ] == [[]] * 3

    def test_changed_byte_is_found(self):
        edition = frozen()
        changed = edition.content.data.replace("Garten", "Gärten")

        assert actions.damage(self.content(edition, data=changed)) == [
            _("The content does not match its digest: it was changed after freezing.")
        ]

    def test_content_that_was_replaced_with_its_digest_is_found(self):
        edition = frozen()
        changed = edition.content.data.replace("Garten", "Gärten")

        assert actions.damage(self.content(edition, data=changed, digest=digest_of(changed))) == [
            _("The edition names another digest than its content.")
        ]

    def test_missing_content_is_found(self):
        edition = frozen()
        EditionContent.objects.all().delete()

        assert actions.damage(edition) == [_("The content is missing.")]

    @pytest.mark.parametrize("values", [{"title": "Andere"}, {"has_sample": True}])
    def test_changed_title_or_origin_is_found(self, values: dict):
        edition = frozen()
        Edition.objects.update(**values)

        assert actions.damage(Edition.objects.get(pk=edition.pk)) == [
            _("Title or origin differ from what was frozen.")
        ]

    def test_missing_seal_is_found(self):
        edition = in_state("consultation")

        assert actions.damage(self.content(edition, is_sealed=False)) == [
            _("The edition was before the council, but is not sealed against deletion.")
        ]
