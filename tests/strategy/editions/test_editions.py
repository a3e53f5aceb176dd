"""What an edition holds, and how damage to it is found. What the database refuses: test_triggers.py."""

import datetime
import json

import pytest
from django.utils.translation import gettext as _

from measures.progress import Progress
from strategy.document.data import canonical_json, digest_of
from strategy.document.document import Document
from strategy.editions import actions, triggers
from strategy.editions.integrity import damage
from strategy.editions.models import Edition, EditionContent, Strategy
from strategy.tree.models import Node
from tests.factories import UserFactory
from tests.strategy.editions.frozen import TREE, frozen, in_state, refusal, revision
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree():
    return plant(TREE)


class TestFreezing:
    def test_edition_holds_the_working_tree(self, tree):
        user = UserFactory(username="eva")

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
        assert (edition.content.format, edition.content.is_sealed) == (2, False)
        assert damage(edition) == []

    def test_it_is_not_public(self):
        edition = frozen()

        assert not edition.is_public
        assert not Edition.objects.public().exists()
        assert revision() == ""

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


class TestDamage:
    @pytest.fixture(autouse=True)
    def without_triggers(self):
        triggers.drop()

    def content(self, edition: Edition, **values: object) -> Edition:
        EditionContent.objects.filter(pk=edition.pk).update(**values)
        return Edition.objects.get(pk=edition.pk)

    def test_untouched_edition_has_none(self):
        assert [damage(in_state(state, state)) for state in ("working", "consultation", "rejected")] == [
            []
        ] * 3

    def test_changed_byte_is_found(self):
        edition = frozen()
        changed = edition.content.data.replace("Garten", "Gärten")

        assert damage(self.content(edition, data=changed)) == [
            _("The content does not match its digest: it was changed after freezing.")
        ]

    def test_content_that_was_replaced_with_its_digest_is_found(self):
        edition = frozen()
        changed = edition.content.data.replace("Garten", "Gärten")

        assert damage(self.content(edition, data=changed, digest=digest_of(changed))) == [
            _("The edition names another digest than its content.")
        ]

    def test_missing_content_is_found(self):
        edition = frozen()
        EditionContent.objects.all().delete()

        assert damage(edition) == [_("The content is missing.")]

    @pytest.mark.parametrize("values", [{"title": "Andere"}, {"has_sample": True}])
    def test_changed_title_or_origin_is_found(self, values: dict):
        edition = frozen()
        Edition.objects.update(**values)

        assert damage(Edition.objects.get(pk=edition.pk)) == [
            _("Title or origin differ from what was frozen.")
        ]

    def test_missing_seal_is_found(self):
        edition = in_state("consultation")

        assert damage(self.content(edition, is_sealed=False)) == [
            _("The edition was before the council, but is not sealed against deletion.")
        ]
