"""A second space or a non-breaking one is written, but is no change for the Synopse and ends no agreement."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from strategy.document.comparison import compare
from strategy.editions.working_tree import preview
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.presentation.change_views import change_views
from strategy.tree.review import Review
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.factories import UserFactory
from tests.opened_form import opened
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

OLD, EVEN, OTHER = "Bis 2030  um 10 %.", "Bis 2030 um 10\u00a0%.", "Bis 2030 um 12\u00a0%."


@pytest.fixture
def node():
    return plant("chapter Vorwort", Vorwort={"text": OLD, "review": Review.AGREED})["Vorwort"]


def agreement() -> tuple[str, str, bool]:
    """What stands there, how far it is agreed, and whether the last record ended that."""
    stored = saved()["Vorwort"]
    return stored.text, str(stored.review), HistoryRecord.objects.latest("pk").ends_agreement


def test_spaces_are_written_and_the_node_stays_agreed(node):
    (field,) = node_actions.change(node, content={"text": EVEN})

    assert field.name == "text"
    assert agreement() == (EVEN, "agreed", False)


def test_a_word_beside_them_ends_the_agreement(node):
    node_actions.change(node, content={"text": OTHER})

    assert agreement() == (OTHER, "open", True)


def test_form_saves_spaces_without_a_reason_also_where_the_council_has_adopted(node):
    adopt()
    address = f"/verwaltung/themes/chapter/{node.pk}/change/"
    browser: Client = browser_of(person("Steuerungsgruppe"))
    form = opened(browser.get(address).content.decode())

    assert browser.post(address, form | {"text": OTHER}).status_code == 200
    assert browser.post(address, form | {"text": EVEN}).status_code == 302
    assert agreement() == (EVEN, "agreed", False)
    with pytest.raises(ValidationError):
        node_actions.change(node, content={"text": OTHER})


def test_table_that_changes_spaces_alone_needs_no_reason_and_says_that_nothing_is_reopened(node):
    adopt()
    table = Table()

    for text, is_told in ((EVEN, False), (OTHER, True)):
        table.set("Vorwort", text=text)
        plan = table.plan()
        assert [len(plan.changed), bool(plan.reopened), bool(plan.decided)] == [1, is_told, is_told]


@pytest.mark.parametrize(("text", "review"), [(EVEN, "agreed"), (OTHER, "open")])
def test_table_that_changes_spaces_alone_takes_no_agreement(node, text: str, review: str):
    table = Table()
    table.set("Vorwort", text=text)

    table.take_over(by=UserFactory())

    assert agreement() == (text, review, review == "open")


def test_synopse_shows_no_change_of_spaces_and_marks_none_beside_another(node):
    before = preview()
    node_actions.change(node, content={"text": EVEN})
    assert compare(before, preview()).is_empty

    node_actions.change(node, content={"text": OTHER})

    (view,) = change_views(compare(before, preview()))
    assert [(each.kind, each.text) for each in view.fields[0].pieces] == [
        ("same", "Bis 2030 um "),
        ("removed", "10"),
        ("added", "12"),
        ("same", " %."),
    ]
