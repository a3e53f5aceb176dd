"""A form that is sent twice makes what it makes once: a double click, "Back", two clicks at once."""

import datetime
import threading
import uuid
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from council.bodies import Body
from council.consultations import Consultation
from measures.models import Department
from strategy.forms.once import OnceAdmin
from strategy.sent_forms import SentForm
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.factories import BodyFactory, MeasureFactory, OperationalGoalFactory, PaperFactory, UserFactory
from tests.opened_form import opened

pytestmark = pytest.mark.django_db
ONCE = "ist einmal gespeichert, und es wurde nichts ein zweites Mal angelegt."
ADDED: dict[str, dict[str, Any]] = {
    "measures_measure": {"title": "Gärten"},
    "themes_theme": {"title": "Wohnen"},
    "measures_department": {"key": "amt", "name": "Amt"},
    "measures_district": {"key": "wanne", "name": "Wanne", "position": "1"},
    "council_body": {"key": "rat", "name": "Rat", "kind": "council"},
    "council_paper": {"reference": "2026/0001", "name": "Strategie"},
    "auth_user": {"username": "neu", "email": "neu@herne.example", "login": "password"},
}


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("redaktion"))
    return client


def form_of(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """What a browser sends of a form as it opened, with what somebody typed."""
    return {name: value for name, value in {**opened(_page(client, address)), **typed}.items() if value}


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_every_form_that_adds_carries_a_token_of_its_own(office: Client):
    MeasureFactory()
    asked = 0
    for model, model_admin in admin.site._registry.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        response = office.get(address, follow=True)
        if response.status_code == 403:
            continue
        tokens = {opened(_page(office, address)).get("once") for _opening in range(2)}
        assert isinstance(model_admin, OnceAdmin) and len(tokens - {None}) == 2, address
        asked += 1
    assert asked > len(ADDED)


@pytest.mark.parametrize("name", ADDED)
def test_form_that_is_sent_twice_adds_once_and_leads_to_it(office: Client, name: str):
    goal = OperationalGoalFactory()
    model: Any = next(m for m in admin.site._registry if f"{m._meta.app_label}_{m._meta.model_name}" == name)
    before, address = model.objects.count(), reverse(f"admin:{name}_add")
    sent = form_of(office, address, **ADDED[name])
    sent |= {"parent": goal.pk} if name == "measures_measure" else {}

    first, second = office.post(address, sent), office.post(address, sent)

    assert (first.status_code, second.status_code) == (302, 302), text_of(first.content.decode())
    assert model.objects.count() == before + 1
    made = model.objects.order_by("-pk").first()
    assert f"{made.pk}" in second.url
    assert ONCE in text_of(_page(office, second.url))


def test_what_differs_from_what_was_sent_is_asked_about_and_lost_never(office: Client):
    address = reverse("admin:measures_department_add")
    sent = form_of(office, address, key="amt", name="Amt")
    office.post(address, {**sent, "_save": "Sichern"})

    asked = office.post(address, {**sent, "key": "zwei", "name": 'Zweites "Amt"', "_save": "Sichern"})
    kept = opened(asked.content.decode())
    count_then = Department.objects.count()
    office.post(address, kept)
    office.post(address, kept)

    assert asked.status_code == 409
    assert "Davon ist noch nichts gespeichert, und nichts ist verloren." in text_of(asked.content.decode())
    assert reverse("admin:measures_department_change", args=[Department.objects.get(key="amt").pk]) in (
        asked.content.decode()
    )
    assert (count_then, [each.name for each in Department.objects.order_by("pk")]) == (
        1,
        ["Amt", 'Zweites "Amt"'],
    )


def test_what_is_asked_about_keeps_every_line_and_every_choice(office: Client):
    address = reverse("admin:measures_measure_add")
    sent = form_of(office, address, title="Gärten", parent=OperationalGoalFactory().pk)
    office.post(address, sent)
    text = 'Eins "zwei" & <drei>\r\n\r\nVier'

    asked = office.post(address, {**sent, "title": "Beete", "text": text})
    office.post(address, opened(asked.content.decode()))

    assert Node.objects.get(title="Beete").text == text.replace("\r\n", "\n")
    assert 'type="hidden" name="text"' in asked.content.decode()


def test_other_button_is_no_other_content(office: Client):
    address = reverse("admin:council_body_add")
    sent = form_of(office, address, key="rat", name="Rat", kind="council")

    office.post(address, {**sent, "_save": "Sichern"})
    second = office.post(address, {**sent, "_continue": "Sichern"})

    assert (second.status_code, Body.objects.count()) == (302, 1)


def test_refused_form_can_be_sent_again_with_its_token(office: Client):
    address = reverse("admin:measures_measure_add")
    goal = OperationalGoalFactory()
    sent = form_of(office, address, title="Gärten", start_year="2030", end_year="2026", parent=goal.pk)
    refused = office.post(address, sent)

    corrected = {**opened(refused.content.decode()), "end_year": "2031", "parent": goal.pk}
    response = office.post(address, {name: value for name, value in corrected.items() if value})

    assert (refused.status_code, response.status_code) == (200, 302)
    assert corrected["once"] == sent["once"]
    assert Node.objects.filter(title="Gärten").count() == 1


def test_form_whose_place_is_gone_keeps_its_token_free(office: Client, monkeypatch: pytest.MonkeyPatch):
    address = reverse("admin:measures_measure_add")
    goal = OperationalGoalFactory()
    sent = form_of(office, address, title="Gärten", parent=goal.pk)
    with monkeypatch.context() as patch:
        patch.setattr("strategy.history.node_actions.add", _gone)
        office.post(address, sent)

    office.post(address, sent)

    assert Node.objects.filter(title="Gärten").count() == 1


def _gone(**_given: Any) -> None:
    raise Node.DoesNotExist("weg")


def test_row_below_a_row_is_added_once(office: Client):
    """A consultation without a day, which no constraint tells from another."""
    paper, body = PaperFactory(), BodyFactory()
    address = reverse("admin:council_paper_change", args=[paper.pk])
    sent = form_of(office, address)
    sent |= {"consultations-0-body": body.pk, "consultations-0-role": "hearing"}

    first, second = office.post(address, sent), office.post(address, sent)

    assert (first.status_code, second.status_code) == (302, 302), text_of(first.content.decode())
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x" * 5000, "\x00", "1"])
def test_what_is_no_token_is_left_aside(office: Client, token: str):
    address = reverse("admin:council_body_add")

    response = office.post(address, {"key": "rat", "name": "Rat", "kind": "council", "once": token})

    assert (response.status_code, SentForm.objects.count()) == (302, 0)


def test_old_tokens_are_forgotten(office: Client, django_capture_on_commit_callbacks: Any):
    old = SentForm.objects.create(token=uuid.uuid4(), at=timezone.now() - datetime.timedelta(days=8))
    young = SentForm.objects.create(token=uuid.uuid4(), at=timezone.now() - datetime.timedelta(days=6))
    address = reverse("admin:council_body_add")

    with django_capture_on_commit_callbacks(execute=True):
        office.post(address, form_of(office, address, key="rat", name="Rat", kind="council"))

    left = set(SentForm.objects.values_list("pk", flat=True))
    assert old.pk not in left and young.pk in left and len(left) == 2


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite writes one after the other anyway")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["measures_department", "measures_measure"])
def test_two_clicks_at_once_add_once(name: str):
    goal = OperationalGoalFactory()
    user = UserFactory(is_staff=True, is_superuser=True)
    client, address = Client(), reverse(f"admin:{name}_add")
    client.force_login(user)
    typed = {"measures_department": {"key": "amt", "name": "Amt"}, "measures_measure": {"title": "Gärten"}}
    sent = form_of(client, address, **typed[name])
    sent |= {"parent": goal.pk} if name == "measures_measure" else {}
    barrier, statuses = threading.Barrier(4), []

    def click() -> None:
        browser = Client()
        browser.cookies = client.cookies
        barrier.wait()
        statuses.append(browser.post(address, sent).status_code)
        connections.close_all()

    clicks = [threading.Thread(target=click) for _number in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert statuses == [302] * 4
    assert Department.objects.count() + Node.objects.filter(title="Gärten").count() == 1
    assert connection.vendor == "postgresql"
