"""Who may reorganise departments, and with which successor."""

import pytest
from django.test import Client

from measures.models import Department
from tests.editing.bulk.reorganising import AFTER, BEFORE, PAGE, address, confirm, leads, page_of, planted
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return DepartmentFactory(name="Umwelt")


@pytest.fixture
def new():
    return DepartmentFactory(name="Klima", valid_from="2027-01-01")


@pytest.fixture
def nodes(old):
    return planted(old)


@pytest.fixture
def steering() -> Client:
    return browser_of(person("Steuerungsgruppe", name="Stefan"))


def test_recorded_successor_is_enough_without_the_right_to_departments(steering, nodes, old, new):
    Department.objects.filter(pk=old.pk).update(successor=new)

    confirm(steering, address(old))

    assert leads() == AFTER


def test_without_that_right_there_is_no_other_successor(steering, nodes, old, new):
    other = DepartmentFactory(name="Wasser")
    nothing_recorded = page_of(steering, address(old))
    Department.objects.filter(pk=old.pk).update(successor=new)
    recorded = page_of(steering, address(old))

    answers = [steering.get(address(old, other)), confirm_anyway(steering, address(old, other))]

    assert "Für „Umwelt“ ist kein Nachfolger eingetragen." in text_of(nothing_recorded)
    assert 'name="nach"' not in recorded
    assert [answer.status_code for answer in answers] == [403, 403]
    assert leads() == BEFORE


def confirm_anyway(client: Client, url: str):
    return client.post(url, {"seen": "x", "reason": "Ich darf das"})


def test_without_that_right_nothing_is_taken_from_a_successor(steering, nodes, old, new):
    """A circle that was written past the form stays for those who may change departments."""
    Department.objects.filter(pk=old.pk).update(successor=new)
    Department.objects.filter(pk=new.pk).update(successor=old)

    page = page_of(steering, address(old))
    confirm_anyway(steering, address(old))

    assert 'name="seen"' not in page
    assert leads() == BEFORE
    assert Department.objects.get(pk=new.pk).successor == old


@pytest.mark.parametrize("role", ["Themenfeld-Redaktion", "Fachbereich", "Gremienbüro", "Lesen"])
def test_others_may_not(role: str, nodes, old, new):
    Department.objects.filter(pk=old.pk).update(successor=new)
    client = browser_of(person(role, themes=[nodes["Bildung"]], departments=[old]))

    answers = [client.get(PAGE), client.get(address(old)), confirm_anyway(client, address(old))]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert leads() == BEFORE


@pytest.mark.parametrize("query", ["?von=", "?von=abc", "?von=99999999999999999999", "?von={old}&nach=x"])
def test_addresses_that_make_no_sense_do_no_harm(nodes, old, query: str):
    client = browser_of(person("Koordinationsstelle"))

    page = page_of(client, f"{PAGE}{query.format(old=old.pk)}")

    assert 'name="seen"' not in page
