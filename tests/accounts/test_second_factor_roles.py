"""Who needs a second factor: whoever may change the strategy, by role; nobody loses what they typed over it."""

import html

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from accounts.staff_area import lacks_second_factor
from herne_strategy.roles import ROLES
from strategy.editions.models import Strategy
from tests.accounts.staff import OPEN_TO_STAFF, add_app, publisher, staff, text
from tests.accounts.test_expired_forms import OURS, TITLE_PAGE, TYPED, browser, kept
from tests.herne_strategy.test_settings import read, start

pytestmark = pytest.mark.django_db

WRITING = [
    "Koordinationsstelle",
    "Steuerungsgruppe",
    "Delegierte",
    "Themenfeld-Redaktion",
    "Fachbereich",
    "Gremienbüro",
]


@pytest.fixture(autouse=True)
def _required(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def member(role: str, name: str = "anna") -> User:
    user = staff(name)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_all_roles_that_write_need_one(client: Client, role: str) -> None:
    client.force_login(member(role))

    answer = client.get(OPEN_TO_STAFF)

    assert answer.status_code == (302 if role in WRITING else 200)
    assert answer.get("Location") == ("/verwaltung/konto/2fa/" if role in WRITING else None)


def test_city_may_name_fewer_roles_but_publishers_and_administrators_always_need_one(settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["Gremienbüro"]

    assert not lacks_second_factor(member("Delegierte"))
    assert lacks_second_factor(member("Gremienbüro", "berta"))
    assert lacks_second_factor(publisher())
    assert lacks_second_factor(User.objects.create_superuser("chefin"))


def test_setting_names_roles() -> None:
    known = ", ".join(role.name for role in ROLES)

    assert read()["SECOND_FACTOR_ROLES"] == WRITING
    assert read(SECOND_FACTOR_ROLES="Gremienbüro, Delegierte")["SECOND_FACTOR_ROLES"] == [
        "Gremienbüro",
        "Delegierte",
    ]
    assert start(SECOND_FACTOR_ROLES="Delegierte,Steuergruppe") == (
        3,
        'Environment: SECOND_FACTOR_ROLES is "Delegierte,Steuergruppe"; it must be names of roles with commas '
        f"between them, of {known}.\n",
    )


def test_form_that_was_open_when_the_rule_came_is_kept_and_saved_after_the_set_up() -> None:
    Strategy.objects.create(city="Herne", title="Strategie")
    user = User.objects.create_superuser("anna")
    client = browser(user)
    fields = {"city": "Herne", "title": "Strategie", **TYPED}

    refused = client.post(TITLE_PAGE, fields, headers=OURS)
    add_app(user)
    saved = client.post(TITLE_PAGE, kept(refused.content.decode()), headers=OURS)

    assert refused.status_code == 403
    assert "Ihr Konto braucht inzwischen einen zweiten Faktor. Deshalb ist noch nichts gespeichert." in text(
        refused
    )
    assert 'href="/verwaltung/konto/2fa/" target="_blank"' in refused.content.decode()
    assert saved.status_code == 302
    assert Strategy.current().subtitle == TYPED["subtitle"]


def test_button_without_a_field_says_why_nothing_happened() -> None:
    page = browser(publisher()).post("/verwaltung/strategy/strategy/1/delete/", headers=OURS)

    assert page.status_code == 403
    assert "Ihr Konto braucht inzwischen einen zweiten Faktor. Deshalb ist nichts geschehen." in text(page)


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}])
def test_form_from_elsewhere_is_not_kept(headers: dict[str, str]) -> None:
    page = browser(publisher()).post(TITLE_PAGE, TYPED, headers=headers)

    assert page["Location"] == "/verwaltung/konto/2fa/"
    assert TYPED["subtitle"] not in html.unescape(page.content.decode())
