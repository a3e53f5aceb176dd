"""All persons on one page: who is what, who was invited, who lacks a second factor, and who is let in no more."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.staff_area import lacks_second_factor
from editing.models import Responsibility
from herne_strategy.persons.overview import everybody
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, ThemeFactory

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/personen/"


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle", name="koordination"))


def invited(name: str = "berta", **values: object) -> User:
    return User.objects.create_user(
        name, email=f"{name}@herne.example", password="x", is_staff=True, **values
    )


def page(client: Client) -> str:
    return text_of(client.get(PAGE).content.decode())


def test_page_says_what_everybody_is_and_is_responsible_for(office: Client):
    user = person("Themenfeld-Redaktion", name="thea")
    mine = Responsibility.objects.create(user=user, substitute=person("Steuerungsgruppe", name="stefan"))
    mine.themes.add(ThemeFactory(title="Wohnen"))
    mine.departments.add(DepartmentFactory(name="Umwelt"))

    said = page(office)

    assert "thea" in said
    assert "Themenfeld-Redaktion Zuständig für: Wohnen; Umwelt" in said
    assert "Vertretung: stefan" in said


def test_substitute_whose_time_is_over_is_none(office: Client):
    Responsibility.objects.create(
        user=person("Fachbereich", name="frieda"), substitute=invited(), substitute_until="2026-01-01"
    )

    assert "Vertretung:" not in page(office)


def test_who_needs_a_second_factor_and_has_none_is_named(office: Client, settings):
    settings.SECOND_FACTOR_ROLES = ["Fachbereich"]
    people = [person(role, name=role) for role in ("Fachbereich", "Lesen", "Delegierte")]
    for user in (people[0], people[1]):
        Authenticator.objects.create(user=user, type="recovery_codes", data={})
    settings.SECOND_FACTOR_REQUIRED = True

    lacking = {each.name for each in everybody() if each.lacks_second_factor}

    assert lacking == {"Fachbereich", "koordination"}
    assert lacking == {each.name for each in everybody() if lacks_second_factor(each.user)}


def test_somebody_without_a_second_factor_is_marked(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    chief = User.objects.create_superuser("chef", "chef@herne.example")
    Authenticator.objects.create(user=chief, type="totp", data={})
    person("Koordinationsstelle", name="koordination")

    assert page(browser_of(chief)).count("kein zweiter Faktor") == 1


def test_invitation_goes_out_again_until_somebody_has_logged_in(office: Client):
    user = invited()

    office.post(f"{PAGE}{user.pk}/einladen/")
    User.objects.filter(pk=user.pk).update(last_login="2026-11-01T10:00Z")
    again = text_of(office.post(f"{PAGE}{user.pk}/einladen/", follow=True).content.decode())

    assert [each.to for each in mail.outbox] == [["berta@herne.example"]]
    assert "Berta hat sich schon angemeldet oder darf es nicht." in again


def test_invitation_holds_what_was_written(office: Client, django_capture_on_commit_callbacks):
    form = {
        "username": "neu",
        "email": "neu@herne.example",
        "login": "password",
        "message": "Willkommen!\n\nFragen an Zimmer 12 & Telefon 16-0.",
        "responsibility-TOTAL_FORMS": "0",
        "responsibility-INITIAL_FORMS": "0",
    }

    with django_capture_on_commit_callbacks(execute=True):
        office.post("/verwaltung/auth/user/add/", form)

    assert "Willkommen!\n\nFragen an Zimmer 12 & Telefon 16-0." in mail.outbox[0].body


def test_somebody_who_is_locked_is_out_at_once_and_what_lay_there_is_said(office: Client):
    user = person("Themenfeld-Redaktion", name="thea")
    Responsibility.objects.create(user=user).themes.add(ThemeFactory(title="Wohnen"))
    hers = browser_of(user)

    said = text_of(office.post(f"{PAGE}{user.pk}/sperren/", follow=True).content.decode())

    user.refresh_from_db()
    assert (user.is_active, user.is_staff) == (False, False)
    assert hers.get("/verwaltung/").status_code in (302, 403)
    assert "Thea darf sich nicht mehr anmelden." in said
    assert "Niemand ist mehr zuständig für: Wohnen" in said


def test_nobody_locks_themselves(office: Client):
    me = User.objects.get(username="koordination")

    said = text_of(office.post(f"{PAGE}{me.pk}/sperren/", follow=True).content.decode())

    assert "Sie können sich nicht selbst" in said
    assert User.objects.get(pk=me.pk).is_active


@pytest.mark.parametrize("does", ["einladen", "sperren", "uebergeben"])
def test_administrators_are_touched_by_administrators_alone(office: Client, does: str):
    chief = User.objects.create_superuser("chef", "chef@herne.example")

    assert office.post(f"{PAGE}{chief.pk}/{does}/").status_code == 403
    assert User.objects.get(pk=chief.pk).is_active


def test_number_of_queries_does_not_grow(office: Client):
    counts = []
    for number in range(3):
        mine = Responsibility.objects.create(user=person("Fachbereich", name=f"f{number}"))
        mine.departments.add(DepartmentFactory())
        page(office)
        with CaptureQueriesContext(connection) as queries:
            page(office)
        counts.append(len(queries))

    assert len(set(counts)) == 1
