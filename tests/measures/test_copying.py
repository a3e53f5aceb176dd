"""A copy of a measure: it says the same, and is another one."""

import pytest
from django.core.exceptions import PermissionDenied

from measures.copying import copy_measure
from strategy.history.models import HistoryRecord
from strategy.tree.content import content_of
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.people import person
from tests.factories import DepartmentFactory, DistrictFactory, SDGFactory
from tests.strategy.outline import outline, plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      operational_goal Räume
"""


@pytest.fixture
def garden() -> Node:
    filled_in = {"text": "Ein **Beet**.", "cost_once": 70_000, "start_year": 2027, "review": Review.AGREED}
    node = plant(TREE, Garten={**filled_in, "lead": DepartmentFactory()})["Garten"]
    node.districts.set([DistrictFactory(), DistrictFactory()])
    node.sdgs.set([SDGFactory(number=4)])
    return node


def test_copy_says_the_same_and_is_a_draft_of_its_own(garden: Node):
    copy_measure(garden)

    copy = saved()["Kopie von Garten"]
    same = {name: value for name, value in content_of(garden).items() if name not in ("title", "slug")}
    assert {name: content_of(copy)[name] for name in same} == same
    assert same["sdgs"] and same["districts"]
    assert (copy.review, copy.version, copy.slug) == ("draft", 1, "kopie-von-garten")
    assert copy.uid != garden.uid


def test_copy_is_the_last_measure_below_the_same_goal(garden: Node):
    copy_measure(garden)

    assert "measure Kurse\n      measure Kopie von Garten\n      operational_goal Räume" in outline()


def test_original_stays_as_it_was_and_the_history_has_one_record(garden: Node):
    before = content_of(garden)
    steffi = person("Steuerungsgruppe", name="Steffi")

    copy_measure(garden, by=steffi)

    original = saved()["Garten"]
    assert (content_of(original), original.review, original.version) == (before, "agreed", garden.version)
    record = HistoryRecord.objects.get()
    assert (record.action, record.title, record.by) == ("added", "Kopie von Garten", steffi)


def test_longest_title_is_cut_at_its_end(garden: Node):
    Node.objects.filter(pk=garden.pk).update(title="ä" * 300)

    assert copy_measure(garden).title == "Kopie von " + "ä" * 290


def test_second_copy_has_an_address_of_its_own(garden: Node):
    slugs = {copy_measure(garden).slug for _each in range(2)}

    assert slugs == {"kopie-von-garten", "kopie-von-garten-2"}


def test_who_may_not_add_may_not_copy(garden: Node):
    with pytest.raises(PermissionDenied):
        copy_measure(garden, by=person("Fachbereich"))

    assert Node.objects.count() == 6


@pytest.mark.parametrize("title", ["Räume", "Garten"])
def test_what_is_no_measure_any_more_is_refused(garden: Node, title: str):
    node = saved()[title]
    if title == "Garten":
        Node.objects.filter(pk=node.pk).delete()

    with pytest.raises(Node.DoesNotExist, match="inzwischen gelöscht"):
        copy_measure(node)
