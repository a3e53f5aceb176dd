"""What the council has adopted says so at the top of its form, with the field for the reason."""

import pytest
from django.test import Client

from strategy.history.models import HistoryRecord
from tests.editing.people import browser_of, person
from tests.factories import StrategyFactory
from tests.strategy.history.adopted import adopt

pytestmark = pytest.mark.django_db

SAYS = "Der Rat hat diesen Knoten beschlossen."


def page_of(client: Client, node) -> str:
    return client.get(f"/verwaltung/measures/measure/{node.pk}/change/").content.decode()


def test_adopted_node_says_so_above_all_fields_and_asks_for_the_reason_there(editor: Client, nodes):
    StrategyFactory()
    adopt()

    page = page_of(editor, nodes["Garten"])

    places = [page.index(each) for each in (SAYS, 'name="reason"', 'name="is_correction"', 'name="title"')]
    assert places == sorted(places)
    assert page.count('name="reason"') == 1
    assert page.index('name="slug"') > page.index('name="title"')


def test_node_that_is_not_adopted_asks_for_the_reason_at_the_end(editor: Client, nodes):
    page = page_of(editor, nodes["Garten"])

    assert SAYS not in page
    assert page.index('name="reason"') > page.index('name="title"')


def test_missing_reason_is_said_beside_its_field_and_in_the_summary(editor: Client, nodes):
    StrategyFactory()
    adopt()
    address = f"/verwaltung/measures/measure/{nodes['Garten'].pk}/change/"
    form = editor.get(address).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}

    page = editor.post(address, {**sent, "text": "Anders."}).content.decode()

    assert '<a href="#id_reason">Begründung</a>: „Garten“ steht in der beschlossenen Fassung.' in page
    assert page.count("Bitte geben Sie eine Begründung an") == 2
    assert HistoryRecord.objects.filter(action="changed").count() == 0


def test_who_may_not_change_it_is_asked_for_no_reason(nodes):
    StrategyFactory()
    adopt()

    page = page_of(browser_of(person("Fachbereich", name="Fiona")), nodes["Garten"])

    assert SAYS not in page and 'name="reason"' not in page
