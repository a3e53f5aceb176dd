"""People in the admin: added with a link to choose a password, given roles, deactivated."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from editing.models import Responsibility
from strategy.history import node_actions
from tests.accounts.staff import is_logged_in, log_in, text
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, ThemeFactory

pytestmark = pytest.mark.django_db

PEOPLE = "/verwaltung/auth/user/"
NO_RESPONSIBILITY = {"responsibility-TOTAL_FORMS": "0", "responsibility-INITIAL_FORMS": "0"}


@pytest.fixture
def office() -> User:
    user = person("Koordinationsstelle", name="koordination")
    User.objects.filter(pk=user.pk).update(email="koordination@herne.example")
    return user


@pytest.fixture
def browser(office: User) -> Client:
    return browser_of(office)


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def form(**values) -> dict:
    """A filled-in form of a person without responsibilities."""
    return {"username": "berta", "email": "berta@herne.example", **NO_RESPONSIBILITY, **values}


def address(user: User) -> str:
    return f"{PEOPLE}{user.pk}/change/"


def berta(**values) -> User:
    return User.objects.create_user("berta", email="berta@herne.example", is_staff=True, **values)


def errors(response) -> str:
    found = re.findall(r'<ul class="errorlist"[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL)
    return " ".join(re.sub("<[^>]*>", "", each) for each in found)


def test_new_person_has_role_and_responsibilities(browser: Client):
    theme, department = ThemeFactory(title="Wohnen"), DepartmentFactory(name="Umwelt")
    inline = {
        "responsibility-TOTAL_FORMS": "1",
        "responsibility-INITIAL_FORMS": "0",
        "responsibility-0-themes": [theme.pk],
        "responsibility-0-departments": [department.pk],
    }

    browser.post(f"{PEOPLE}add/", form(groups=[role("Themenfeld-Redaktion")], login="password", **inline))

    user = User.objects.get(username="berta")
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, True, False)
    assert [group.name for group in user.groups.all()] == ["Themenfeld-Redaktion"]
    assert list(user.responsibility.themes.all()) == [theme]
    assert list(user.responsibility.departments.all()) == [department]


@pytest.mark.django_db(transaction=True)
def test_new_person_chooses_a_password_by_the_link_in_the_mail(browser: Client, mailoutbox: list):
    page = browser.post(f"{PEOPLE}add/", form(login="password"), follow=True)
    [mail] = mailoutbox
    link = re.search(r"https?://[^/]+(/\S+)", mail.body)[1]
    visitor = Client()
    asked = visitor.get(link, follow=True)
    visitor.post(
        asked.request["PATH_INFO"], {"password1": "Ein-gutes-Wort-9", "password2": "Ein-gutes-Wort-9"}
    )
    log_in(visitor, "berta", "Ein-gutes-Wort-9")

    assert mail.to == ["berta@herne.example"]
    assert "berta" in mail.body
    assert "Eine E-Mail an berta@herne.example" in page.content.decode()
    assert is_logged_in(visitor)


@pytest.mark.django_db(transaction=True)
def test_account_stands_where_no_mail_can_be_sent(browser: Client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    page = browser.post(f"{PEOPLE}add/", form(login="password"), follow=True)

    assert "Die E-Mail konnte nicht verschickt werden." in page.content.decode()
    assert User.objects.get(username="berta").has_usable_password()


@pytest.mark.django_db(transaction=True)
def test_person_of_the_directory_gets_no_password_and_no_mail(browser: Client, mailoutbox: list, settings):
    settings.OIDC = {**settings.OIDC, "OIDC_URL": "https://verzeichnis.example"}

    browser.post(f"{PEOPLE}add/", form(login="directory"))

    assert not User.objects.get(username="berta").has_usable_password()
    assert mailoutbox == []


def test_without_a_directory_everybody_has_a_password(browser: Client):
    page = browser.get(f"{PEOPLE}add/").content.decode()
    browser.post(f"{PEOPLE}add/", form(login="directory"))

    assert 'name="login"' not in page
    assert User.objects.get(username="berta").has_usable_password()


def test_address_of_somebody_else_is_refused(browser: Client):
    berta()

    response = browser.post(
        f"{PEOPLE}add/", form(username="zweite", email="Berta@Herne.example", login="password")
    )

    assert errors(response) == "Diese E-Mail-Adresse hat schon jemand anderes."
    assert not User.objects.filter(username="zweite").exists()


def test_roles_are_offered_with_what_they_are_for_and_no_single_rights(browser: Client):
    Group.objects.create(name="Altlast")

    page = browser.get(address(berta())).content.decode()

    assert "Gremienbüro: Pflegt Gremien, Vorlagen, Beratungsfolgen und Beschlüsse." in page
    assert "Altlast" not in page
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page


def test_nobody_is_made_administrator_by_a_forged_form(browser: Client, office: User):
    permission = Permission.objects.get(codename="delete_user")
    forged = {"is_superuser": "on", "is_active": "on", "user_permissions": [permission.pk]}
    mine = form(
        username="koordination", email="koordination@herne.example", groups=[role("Koordinationsstelle")]
    )

    browser.post(f"{PEOPLE}add/", form(login="password", **forged))
    browser.post(address(office), {**mine, **forged})

    assert list(User.objects.filter(is_superuser=True)) == []
    assert list(User.objects.filter(user_permissions=permission)) == []
    assert User.objects.filter(username="berta").exists()


def test_group_that_is_no_role_cannot_be_given_and_is_kept(browser: Client):
    mighty, kept = Group.objects.create(name="Allmacht"), Group.objects.create(name="Altlast")
    user = berta()
    user.groups.add(kept)

    refused = browser.post(address(user), form(groups=[mighty.pk], is_active="on"))
    browser.post(address(user), form(groups=[role("Lesen")], is_active="on"))

    assert "Allmacht" not in refused.content.decode()
    assert {group.name for group in user.groups.all()} == {"Altlast", "Lesen"}


def test_account_of_an_administrator_is_shown_and_cannot_be_changed(browser: Client):
    chief = User.objects.create_superuser("chefin", email="chefin@herne.example")

    page = browser.get(address(chief)).content.decode()
    response = browser.post(
        address(chief), form(username="gekapert", email="ich@herne.example", is_active="on")
    )

    assert "chefin@herne.example" in page
    assert not re.search(r'<(input|textarea|select)[^>]* name="(username|email|groups|is_active)"', page)
    assert response.status_code == 403
    assert User.objects.get(pk=chief.pk).username == "chefin"


def test_deactivated_person_is_out_at_once_and_in_again_later(browser: Client):
    user = person("Lesen", name="berta")
    theirs = browser_of(user)
    before = theirs.get("/verwaltung/").status_code

    browser.post(address(user), form(groups=[role("Lesen")]))
    out = theirs.get("/verwaltung/")
    browser.post(address(user), form(groups=[role("Lesen")], is_active="on"))

    assert before == 200
    assert (out.status_code, out["Location"]) == (302, "/verwaltung/login/?next=/verwaltung/")
    assert theirs.get("/verwaltung/").status_code == 302
    assert browser_of(user).get("/verwaltung/").status_code == 200


def test_nobody_locks_themselves_out(browser: Client, office: User):
    mine = form(
        username="koordination", email="koordination@herne.example", groups=[role("Koordinationsstelle")]
    )

    browser.post(address(office), mine)

    office.refresh_from_db()
    assert (office.is_active, office.is_staff) == (True, True)


def test_responsibilities_are_changed_without_pop_ups(browser: Client):
    user, theme = berta(), ThemeFactory(title="Wohnen")
    responsibility = Responsibility.objects.create(user=user)
    inline = {
        "responsibility-TOTAL_FORMS": "1",
        "responsibility-INITIAL_FORMS": "1",
        "responsibility-0-id": responsibility.pk,
        "responsibility-0-user": user.pk,
        "responsibility-0-themes": [theme.pk],
    }

    page = browser.get(address(user)).content.decode()
    browser.post(address(user), form(is_active="on", **inline))

    assert "related-widget-wrapper-link" not in page
    assert list(responsibility.themes.all()) == [theme]


def test_whoever_has_a_history_cannot_be_deleted(client: Client):
    client.force_login(User.objects.create_superuser("admin"))
    user = berta()
    node_actions.record(ThemeFactory(), "added", by=user, after={})

    page = client.post(f"{PEOPLE}{user.pk}/delete/", {"post": "yes"}, follow=True)

    assert "„berta“ hat an der Strategie mitgearbeitet" in page.content.decode()
    assert User.objects.filter(pk=user.pk).exists()


def test_log_of_the_admin_is_history_too(client: Client, browser: Client, office: User):
    browser.post(f"{PEOPLE}add/", form(login="password"))
    client.force_login(User.objects.create_superuser("admin"))

    client.post(f"{PEOPLE}{office.pk}/delete/", {"post": "yes"})
    client.post(f"{PEOPLE}{User.objects.get(username='berta').pk}/delete/", {"post": "yes"})

    assert set(User.objects.values_list("username", flat=True)) == {"admin", "koordination"}


def test_administrators_set_passwords_and_make_others_administrators(client: Client):
    client.force_login(User.objects.create_superuser("admin"))
    user = berta()

    page = client.get(address(user)).content.decode()
    client.post(address(user), form(is_active="on", is_superuser="on"))

    assert f'href="{PEOPLE}{user.pk}/password/"' in page
    assert User.objects.get(pk=user.pk).is_superuser


def test_security_log_tells_who_gave_which_rights(client: Client, browser: Client, security_log: Callable):
    theme = ThemeFactory()
    inline = {"responsibility-TOTAL_FORMS": "1", "responsibility-0-themes": [theme.pk]}
    client.force_login(User.objects.create_superuser("admin"))

    with security_log() as events:
        browser.post(f"{PEOPLE}add/", form(groups=[role("Themenfeld-Redaktion")], login="password"))
        user = User.objects.get(username="berta")
        browser.post(
            address(user), form(is_active="on", groups=[role("Lesen")], **{**NO_RESPONSIBILITY, **inline})
        )
        browser.post(address(user), form(groups=[role("Lesen")]))
        new = {"password1": "Ganz-anders-9", "password2": "Ganz-anders-9", "usable_password": "true"}
        client.post(f"{PEOPLE}{user.pk}/password/", new)

    assert [(each["event"], each["account"], each["detail"]) for each in events] == [
        ("account_added", "koordination", "is_active:1,is_staff:1,is_superuser:0"),
        ("rights_changed", "koordination", "+role:Themenfeld-Redaktion"),
        ("rights_changed", "koordination", "-role:Themenfeld-Redaktion"),
        ("rights_changed", "koordination", "+role:Lesen"),
        ("responsibility_changed", "koordination", "-"),
        ("account_changed", "koordination", "is_active:0,is_staff:0"),
        ("password_changed", "admin", "-"),
    ]
    assert {each["object"] for each in events} == {"user:berta"}


def test_groups_are_not_edited_in_the_admin(client: Client):
    client.force_login(User.objects.create_superuser("admin"))

    assert client.get("/verwaltung/auth/group/").status_code == 404


def test_refusal_is_a_page_in_words():
    response = browser_of(person("Lesen", name="lea")).get("/verwaltung/auth/user/")

    assert response.status_code == 403
    assert "Sie sind als „lea“ angemeldet. Ihre Rollen erlauben nicht" in text(response)
