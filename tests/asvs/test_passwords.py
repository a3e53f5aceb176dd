"""What a password may be, and how the pages ask for it."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.accounts.staff import LOGIN, PASSWORD, is_logged_in, log_in, staff, text

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CHANGE = "/verwaltung/konto/password/change/"


@pytest.fixture(autouse=True)
def _quick(settings) -> None:
    """None of these is about how a password is kept."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def change(client: Client, new: str) -> bool:
    """Whether somebody may have this password from now on."""
    client.force_login(staff())
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    return User.objects.get(username="anna").check_password(new)


@pytest.mark.parametrize("new", ["kurz-7x", "passwort", "1q2w3e4r5t6y", "qwertyqwerty", "Anna@Herne.example"])
def test_short_common_or_own_words_are_refused(client: Client, new: str) -> None:
    assert not change(client, new)


@pytest.mark.parametrize(
    "new",
    [
        "drei kleine bäume am kanal",
        "MNBVGHJKLPOIUZTREQ",
        "830174629558103746",
        "🌳🌳🌳 am Kanal 🌳🌳",
        "lang " * 25,
    ],
)
def test_any_mixture_of_signs_will_do(client: Client, new: str) -> None:
    assert change(client, new.strip())


def test_password_holds_until_it_is_changed(client: Client) -> None:
    user = staff()
    long_ago = timezone.now() - datetime.timedelta(days=3650)
    User.objects.filter(pk=user.pk).update(date_joined=long_ago, last_login=long_ago)

    log_in(client)

    assert is_logged_in(client)
    assert client.get(CHANGE).status_code == 200


@pytest.mark.parametrize(("address", "fields"), [(LOGIN, 1), (CHANGE, 3)])
def test_fields_hide_what_is_typed_and_let_a_manager_fill_them_in(
    client: Client, address: str, fields: int
) -> None:
    if address == CHANGE:
        client.force_login(staff())

    page = client.get(address).content.decode()

    found = re.findall(r'<input[^>]*name="[^"]*password[^"]*"[^>]*>', page)
    assert len(found) == fields
    assert all('type="password"' in each and "maxlength" not in each for each in found)
    assert all(re.search(r'autocomplete="(current|new)-password"', each) for each in found)
    assert not re.search(r"onpaste|oncopy|oncontextmenu", page)


def test_nothing_about_a_password_is_told_to_help_remembering_it(client: Client) -> None:
    staff()

    page = text(log_in(client, password="falsch"))

    assert not re.search("Hinweis auf|Sicherheitsfrage|Eselsbrücke|Erinnerung", page)
