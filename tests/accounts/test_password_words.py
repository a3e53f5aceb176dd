"""New passwords: long, and without what is guessed first here. What is wrong is said, with the word."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from strategy.editions.models import Strategy
from tests.accounts.staff import PASSWORD, is_logged_in, log_in, staff, text

pytestmark = pytest.mark.django_db

CHANGE = "/verwaltung/konto/password/change/"
GUESSED = "Das lässt sich hier leicht erraten: Bitte wählen Sie eines, in dem das nicht vorkommt."


@pytest.fixture(autouse=True)
def _city(settings) -> None:
    settings.PUBLIC_URL = "https://plan.wanne-eickel.example"
    Strategy.objects.create(city="Herne", title="Strategie")


def anna() -> User:
    return User(
        username="beispiel.a",
        first_name="Änne-Marie",
        last_name="O'Connor",
        email="a.muster@amt.herten.example",
    )


def complaints(password: str) -> list[str]:
    try:
        validate_password(password, anna())
    except ValidationError as refused:
        return refused.messages
    return []


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("In-Herne-zuhause", "Herne"),
        ("qHERNEq-7-Kanal", "Herne"),
        ("xX-h3rn3-Xx-Kanal", "Herne"),
        ("Nachhaltigkeit-jetzt", "nachhaltig"),
        ("Zukunftsstr4tegie!", "strategie"),
        ("mein P@sswort hier", "passwort"),
        ("Rathausplatz-Uhr-9", "rathaus"),
        ("Wanne-liegt-am-Kanal", "wanne"),
        ("viele-beispiele-7", "beispiel"),
        ("aenne-geht-heim-7", "Änne"),
        ("Connor-geht-heim-7", "Connor"),
        ("7-muster-am-Kleid", "muster"),
        ("Herten-liegt-nahe!", "herten"),
        ("xy-Sommer2026-xy", "sommer2026"),
        ("xy-März 26-xy-abc", "maerz 26"),
        ("2025/Dezember-abc", "2025/dezember"),
    ],
)
def test_password_with_a_word_that_is_guessed_is_refused_with_the_word(password: str, word: str) -> None:
    assert f"Das Passwort enthält „{word}“. {GUESSED}" in complaints(password)


def test_all_such_words_are_named_at_once() -> None:
    assert complaints("Herne-Sommer-2026-herne") == [
        f"Das Passwort enthält „sommer-2026“, „Herne“. {GUESSED}"
    ]


@pytest.mark.parametrize(
    "password",
    [
        "vier Kraniche zogen südwärts",
        "correct horse battery staple",
        "Sommerregen auf dem Dach",  # a season without a year
        "7mal-Mai-glöckchen",
        "k2JX9vQ!mz4w",
        "🐟 im Kanal, 🐟 im See",
        "Kraniche " * 100,
    ],
)
def test_any_other_long_password_is_taken(password: str) -> None:
    assert complaints(password) == []


def test_short_common_and_repeated_ones_are_refused() -> None:
    assert "Es muss mindestens 12 Zeichen enthalten." in complaints("k2JX9vQ!mz4")[0]
    assert complaints("qwerty123456") == ["Dieses Passwort ist zu üblich."]
    assert complaints("abababababab") == [
        "Das Passwort wiederholt nur wenige Zeichen. Bitte wählen Sie eines mit mehr verschiedenen."
    ]


def test_without_a_city_and_without_a_person_there_is_still_something_to_refuse() -> None:
    Strategy.objects.all().delete()

    with pytest.raises(ValidationError, match="„strategie“"):
        validate_password("Strategie-der-Stadt")


def test_form_names_the_word_and_keeps_the_old_password(client: Client) -> None:
    staff()
    log_in(client)
    new = "Herne bleibt Herne 7"

    page = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert f"Das Passwort enthält „Herne“. {GUESSED}" in text(page)
    assert "Bitte weglassen: den Namen der Stadt" in text(page)
    assert User.objects.get().check_password(PASSWORD)


def test_password_from_before_the_rule_goes_on_working(client: Client) -> None:
    staff(password="herne1")

    log_in(client, "anna", "herne1")

    assert is_logged_in(client)


def test_password_field_suits_a_password_manager(client: Client) -> None:
    staff()
    log_in(client)

    page = client.get(CHANGE).content.decode()

    assert page.count('autocomplete="new-password"') == 2
    assert "maxlength" not in page and "onpaste" not in page
