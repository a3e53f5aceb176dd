"""Which nodes came from which: what can be said, for which editions it holds, and what the history keeps."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.editions.working_tree import rows
from strategy.history import node_actions
from strategy.history.change_reasons import said_between
from strategy.history.models import HistoryRecord
from strategy.history.node_lookup import known_nodes, named
from strategy.history.origin_actions import set_origins
from strategy.history.origins import Origin
from strategy.history.restoring import restore
from strategy.tree.models import Node
from tests.factories import StrategyFactory, UserFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Labor
"""


@pytest.fixture
def nodes() -> dict[str, Node]:
    StrategyFactory()
    return plant(TREE)


def uid(node: Node) -> str:
    return str(node.uid)


def frozen(slug: str, *, is_public: bool = True) -> Edition:
    edition = actions.freeze(slug=slug, title=f"Fassung {slug}")
    if is_public:
        actions.publish(edition)
    return edition


def between(old: Edition, new: Edition | None) -> dict[str, set[str]]:
    return said_between(old, library.document(old), new).origins


def origins_of(node: Node) -> list[str]:
    return [each.origin_title for each in Origin.objects.of(node.uid).standing()]


def test_origin_is_named_once_but_again_after_it_was_taken_back() -> None:
    row: dict[str, Any] = {"uid": uuid.uuid4(), "origin_uid": uuid.uuid4(), "origin_title": "Labor"}
    first = Origin.objects.create(**row)

    with pytest.raises(IntegrityError), transaction.atomic():
        Origin.objects.create(**row)

    first.removed_at = timezone.now()
    first.save()
    Origin.objects.create(**row)
    assert Origin.objects.of(row["uid"]).standing().count() == 1


def test_node_comes_from_another_never_from_itself() -> None:
    same = uuid.uuid4()

    with pytest.raises(IntegrityError), transaction.atomic():
        Origin.objects.create(uid=same, origin_uid=same, origin_title="Labor")


def test_naming_origins_leaves_a_record_with_who_why_and_what(nodes: dict[str, Node]) -> None:
    by = UserFactory()

    is_changed = set_origins(
        nodes["Kurse"], origins=[uid(nodes["Labor"]), uid(nodes["Garten"])], by=by, reason="Zusammengelegt"
    )

    record = HistoryRecord.objects.get()
    assert is_changed
    assert origins_of(nodes["Kurse"]) == ["Labor", "Garten"]
    assert (record.uid, record.action, record.by, record.reason) == (
        nodes["Kurse"].uid,
        "origins",
        by,
        "Zusammengelegt",
    )
    assert record.before["origins"] == []
    assert [each["title"] for each in record.after["origins"]] == ["Labor", "Garten"]


def test_naming_the_same_origins_again_changes_nothing(nodes: dict[str, Node]) -> None:
    set_origins(nodes["Kurse"], origins=[uid(nodes["Labor"])])

    assert not set_origins(nodes["Kurse"], origins=[uid(nodes["Labor"])])
    assert HistoryRecord.objects.count() == 1


def test_origin_that_is_left_out_is_taken_back_and_kept_with_who_did_it(nodes: dict[str, Node]) -> None:
    by = UserFactory()
    set_origins(nodes["Kurse"], origins=[uid(nodes["Labor"]), uid(nodes["Garten"])])

    set_origins(nodes["Kurse"], origins=[uid(nodes["Garten"])], by=by)

    gone = Origin.objects.exclude(removed_at=None).get()
    assert origins_of(nodes["Kurse"]) == ["Garten"]
    assert (gone.origin_title, gone.removed_by) == ("Labor", by)


@pytest.mark.parametrize("wrong", ["itself", "00000000-0000-4000-8000-00000000dead", "unsinn", ""])
def test_refused_origin_changes_nothing_not_even_the_good_ones(nodes: dict[str, Node], wrong: str) -> None:
    origins = [uid(nodes["Labor"]), uid(nodes["Kurse"]) if wrong == "itself" else wrong]

    with pytest.raises(ValidationError) as refused:
        set_origins(nodes["Kurse"], origins=origins)

    sentence = (
        "Ein Knoten kann nicht aus sich selbst hervorgehen."
        if wrong == "itself"
        else "Einer dieser Knoten steht weder im Arbeitsstand noch in einer öffentlichen Fassung. "
        "Bitte wählen Sie erneut."
    )
    assert refused.value.messages == [sentence]
    assert not Origin.objects.exists()
    assert not HistoryRecord.objects.exists()


def test_deleted_node_is_known_by_the_last_public_edition_that_has_it(nodes: dict[str, Node]) -> None:
    frozen("eins")
    node_actions.change(nodes["Labor"], content={"title": "Labor im Park"})
    last = frozen("zwei")
    node_actions.delete(nodes["Labor"])
    hidden = node_actions.add(kind="measure", content={"title": "Nie öffentlich"}, parent=nodes["Schulen"])
    frozen("drei", is_public=False)
    node_actions.delete(hidden)

    known = known_nodes()

    labor = known[uid(nodes["Labor"])]
    assert (labor.name, labor.level, labor.edition) == ("1.1.0.3 Labor im Park", "Maßnahme", last)
    assert known[uid(nodes["Kurse"])].edition is None
    assert uid(hidden) not in known
    assert [each.title for each in named(known.values(), "labor 1.1")] == ["Labor im Park"]
    assert named(known.values(), "labor 1.2") == []


def test_withheld_edition_names_no_nodes(nodes: dict[str, Node]) -> None:
    edition = frozen("eins")
    node_actions.delete(nodes["Labor"])
    frozen("zwei")
    actions.withhold(edition, reason="Wird geprüft.")

    assert uid(nodes["Labor"]) not in known_nodes()


def test_it_holds_for_editions_that_are_frozen_afterwards_and_for_no_earlier_one(
    nodes: dict[str, Node],
) -> None:
    first = frozen("eins")
    second = frozen("zwei")
    set_origins(nodes["Kurse"], origins=[uid(nodes["Labor"])])
    third = frozen("drei")
    expected = {uid(nodes["Kurse"]): {uid(nodes["Labor"])}}

    assert between(first, second) == {}
    assert between(second, third) == between(first, third) == expected
    assert between(second, None) == expected


def test_what_was_taken_back_later_still_stands_between_editions_of_before(nodes: dict[str, Node]) -> None:
    first = frozen("eins")
    set_origins(nodes["Kurse"], origins=[uid(nodes["Labor"])])
    second = frozen("zwei")
    set_origins(nodes["Kurse"], origins=[])
    third = frozen("drei")

    assert between(first, second) == {uid(nodes["Kurse"]): {uid(nodes["Labor"])}}
    assert between(first, third) == between(first, None) == {}


def test_what_an_edition_was_frozen_with_is_nothing_new_in_the_next(nodes: dict[str, Node]) -> None:
    set_origins(nodes["Kurse"], origins=[uid(nodes["Labor"])])
    first, second = frozen("eins"), frozen("zwei")

    assert between(first, second) == {}


def test_node_that_the_old_edition_lacked_came_from_it_whenever_that_was_said(nodes: dict[str, Node]) -> None:
    new = node_actions.add(kind="measure", content={"title": "Werkstatt"}, parent=nodes["Schulen"])
    set_origins(new, origins=[uid(nodes["Labor"])])
    first = actions.freeze(slug="eins", title="Eins", nodes=[row for row in rows() if row["uid"] != uid(new)])
    second = frozen("zwei")

    assert between(first, second) == {uid(new): {uid(nodes["Labor"])}}


def test_restoring_brings_back_the_origins_of_before(nodes: dict[str, Node]) -> None:
    set_origins(nodes["Kurse"], origins=[uid(nodes["Labor"])])
    set_origins(nodes["Kurse"], origins=[uid(nodes["Garten"])])

    count = restore(HistoryRecord.objects.first(), reason="Doch")

    assert count == 1
    assert origins_of(nodes["Kurse"]) == ["Labor"]
    assert HistoryRecord.objects.first().reason == "Doch"


def test_naming_origins_leaves_agreement_and_version_as_they_are(nodes: dict[str, Node]) -> None:
    Node.objects.update(review="agreed")
    before = Node.objects.get(pk=nodes["Kurse"].pk)

    set_origins(nodes["Kurse"], origins=[uid(nodes["Labor"])])

    after = Node.objects.get(pk=nodes["Kurse"].pk)
    assert (after.review, after.version) == (before.review, before.version)
