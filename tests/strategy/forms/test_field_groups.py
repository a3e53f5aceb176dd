"""Groups that fold are open where something is filled in or wrong; nothing of a form is out of reach."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from strategy.tree.models import Node
from tests.editing.people import browser_of, person
from tests.factories import BodyFactory, MeasureFactory, PaperFactory
from tests.opened_form import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redaktion"))
    return client


def address(node: Node) -> str:
    return f"/verwaltung/measures/measure/{node.pk}/change/"


def groups(page: str) -> dict[str, str]:
    """The groups that fold, by heading: "open" or "folded", and what is said of an empty one."""
    parts = re.findall(r'<details class="group"( open)?><summary>(.*?)</summary>', page, re.DOTALL)
    said = {re.sub(r"<[^>]+>|\s+", " ", head).strip(): is_open for is_open, head in parts}
    return {" ".join(head.split()): "open" if is_open else "folded" for head, is_open in said.items()}


def test_groups_that_say_something_are_open_and_others_say_that_they_are_empty(office: Client):
    measure = MeasureFactory(cost_once=70_000)

    assert groups(office.get(address(measure)).content.decode()) == {
        "Wer sie umsetzt und mit wem noch leer": "folded",
        "Wann, wo und für wen noch leer": "folded",
        "Beteiligung noch leer": "folded",
        "Mittel": "open",
        "Wozu es beiträgt noch leer": "folded",
        "Webadresse": "folded",
    }


@pytest.mark.parametrize(("field", "value"), [("is_ongoing", True), ("cost_once", 0)])
def test_tick_and_zero_are_something(office: Client, field: str, value: object):
    page = office.get(address(MeasureFactory(**{field: value}))).content.decode()

    assert list(groups(page).values()).count("open") == 1


def test_in_the_form_of_something_new_all_are_open_but_what_is_made_by_itself(office: Client):
    states = groups(office.get("/verwaltung/measures/measure/add/").content.decode())

    assert [head for head, state in states.items() if state == "folded"] == ["Webadresse noch leer"]


@pytest.mark.parametrize(
    ("typed", "head"),
    [
        ({"slug": "schön hier"}, "Webadresse"),
        ({"cost_yearly": "ca. 3"}, "Mittel"),
        ({"start_year": "2030", "end_year": "2026"}, "Wann, wo und für wen"),
    ],
)
def test_group_in_which_something_is_wrong_is_open(office: Client, typed: dict[str, str], head: str):
    measure = MeasureFactory()
    sent = opened(office.get(address(measure)).content.decode())

    page = office.post(address(measure), {**sent, **typed}).content.decode()

    assert [name for name, state in groups(page).items() if state == "open"] == [head]
    assert all(opened(page)[name] == value for name, value in typed.items())


def test_who_may_only_read_has_all_open_that_is_read():
    states = groups(browser_of(person("Lesen")).get(address(MeasureFactory())).content.decode())

    assert [head for head, state in states.items() if state == "folded"] == ["Webadresse"]


def test_reason_is_never_folded(office: Client):
    page = office.get(address(MeasureFactory())).content.decode()

    assert 'name="reason"' in page.split("</details>")[-1]


@pytest.mark.parametrize(("proposal", "state"), [("Der Rat beschließt.", "open"), ("", "folded")])
def test_paper_folds_what_it_has_nothing_of(office: Client, proposal: str, state: str):
    page = office.get(f"/verwaltung/council/paper/{PaperFactory(proposal=proposal).pk}/change/")

    assert list(groups(page.content.decode()).values()) == [state]


def test_body_is_headed_by_its_name(office: Client):
    page = office.get(f"/verwaltung/council/body/{BodyFactory(name='Rat der Stadt').pk}/change/")

    assert "<h1>Rat der Stadt</h1>" in page.content.decode()
