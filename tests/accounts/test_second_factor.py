"""The second factor: set up and asked for, everybody can have one, and nobody gets in past it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.accounts.staff import (
    OPEN_TO_STAFF,
    PASSWORD,
    add_app,
    app_code,
    is_logged_in,
    log_in,
    publisher,
    staff,
    text,
)

pytestmark = pytest.mark.django_db

ACCOUNT = "/verwaltung/konto/"
FACTORS = f"{ACCOUNT}2fa/"
SET_UP = f"{FACTORS}totp/activate/"
NEEDED = "Ihr Konto darf die Strategie verändern. Dafür braucht es einen zweiten Faktor"


@pytest.fixture(autouse=True)
def _required(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def set_up_app(client: Client) -> str:
    """Set up an app through the pages, as a logged-in user does; its secret."""
    client.get(SET_UP)
    client.post(f"{ACCOUNT}reauthenticate/?next={SET_UP}", {"password": PASSWORD})
    page = client.get(SET_UP)
    secret = page.context["form"].secret
    client.post(SET_UP, {"code": app_code(secret)})
    return secret


def test_whoever_may_publish_is_sent_to_the_set_up_from_everywhere(client: Client) -> None:
    publisher()

    page = log_in(client, "paul", follow=True)
    answers = [
        client.get("/verwaltung/strategy/edition/"),
        client.post("/verwaltung/strategy/edition/", {"action": "publish"}),
        client.get("/verwaltung/vorschau/"),
        client.get("/verwaltung/gibt-es-nicht/"),
    ]

    assert page.redirect_chain == [("/verwaltung/", 302), (FACTORS, 302)]
    assert NEEDED in text(page)
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, FACTORS)}


def test_account_pages_and_logout_stay_open(client: Client) -> None:
    publisher()
    log_in(client, "paul")

    assert client.get(f"{ACCOUNT}sessions/").status_code == 200
    assert client.get(f"{ACCOUNT}password/change/").status_code == 200
    assert client.post("/verwaltung/konto/logout/").status_code == 302
    assert not is_logged_in(client)


def test_administrators_need_one_too(client: Client) -> None:
    client.force_login(User.objects.create_superuser("chefin"))

    assert client.get("/verwaltung/")["Location"] == FACTORS


def test_other_staff_need_none(client: Client) -> None:
    staff()

    response = log_in(client)

    assert response["Location"] == "/verwaltung/"
    assert client.get(OPEN_TO_STAFF).status_code == 200


def test_public_pages_ask_nobody(client: Client) -> None:
    client.force_login(publisher())

    assert client.get("/impressum/").status_code == 200


def test_demonstration_asks_for_none(client: Client, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False

    log_in(client, "redaktion", "redaktion")

    assert client.get(OPEN_TO_STAFF).status_code == 200


@pytest.mark.django_db(transaction=True)  # the mail is sent once all is stored
def test_app_is_set_up_and_opens_the_administration(client: Client, mailoutbox) -> None:
    publisher()
    log_in(client, "paul")

    first = client.get(SET_UP, follow=True)
    set_up_app(client)
    codes = client.get(f"{FACTORS}recovery-codes/")

    assert "Bitte bestätigen Sie, dass Sie es sind" in text(first)
    assert "10 von 10 Codes sind unbenutzt." in text(codes)
    assert len(re.findall(r"<li><code>\d{8}</code></li>", codes.content.decode())) == 10
    assert client.get(OPEN_TO_STAFF).status_code == 200
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["paul@herne.example"], "Authenticator-App aktiviert")
    ]


def test_picture_for_the_app_has_no_style_of_its_own(client: Client) -> None:
    client.force_login(staff(password=None))

    page = client.get(SET_UP).content.decode()

    assert re.search(r'<svg role="img" [^>]*class="qr"', page)
    assert 'aria-label="QR-Code für die Authenticator-App"' in page
    assert "style=" not in page and "data:" not in page and "<style" not in page


def test_wrong_code_sets_up_nothing(client: Client) -> None:
    client.force_login(staff(password=None))
    secret = client.get(SET_UP).context["form"].secret

    page = client.post(SET_UP, {"code": "000000"})

    assert "Falscher Code." in text(page)
    assert secret in text(page)
    assert not Authenticator.objects.exists()


def test_login_asks_for_the_code(client: Client) -> None:
    secret = add_app(publisher())

    asked = log_in(client, "paul", follow=True)
    before = client.get("/verwaltung/")
    wrong = client.post(f"{FACTORS}authenticate/", {"code": "000000"})
    right = client.post(f"{FACTORS}authenticate/", {"code": app_code(secret)})

    assert "Bitte geben Sie den Code Ihrer Authenticator-App" in text(asked)
    assert before["Location"].startswith("/verwaltung/login/")
    assert "Falscher Code." in text(wrong)
    assert right["Location"] == "/verwaltung/"
    assert client.get(OPEN_TO_STAFF).status_code == 200


def test_same_code_lets_in_once(client: Client) -> None:
    secret = add_app(staff())
    code = app_code(secret)
    log_in(client)
    client.post(f"{FACTORS}authenticate/", {"code": code})
    first = is_logged_in(client)
    client.logout()

    log_in(client)
    soon = client.post(f"{FACTORS}authenticate/", {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={User.objects.get().pk}&code={code}")  # as after half a minute
    later = client.post(f"{FACTORS}authenticate/", {"code": f"{code[:3]} {code[3:]}"})

    assert first
    assert "Falscher Code." in text(soon) and "Falscher Code." in text(later)
    assert not is_logged_in(client)


@pytest.mark.parametrize(("halves", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_clocks_may_differ_by_half_a_minute(client: Client, halves: int, is_taken: bool) -> None:
    secret = add_app(staff())
    log_in(client)

    client.post(f"{FACTORS}authenticate/", {"code": app_code(secret, halves)})

    assert is_logged_in(client) == is_taken


def test_recovery_code_lets_in_once(client: Client) -> None:
    user = publisher()
    add_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]

    log_in(client, "paul")
    client.post(f"{FACTORS}authenticate/", {"code": code})
    first = is_logged_in(client)
    client.logout()
    log_in(client, "paul")
    again = client.post(f"{FACTORS}authenticate/", {"code": code})

    assert first
    assert "Falscher Code." in text(again)
    assert not is_logged_in(client)


def test_recovery_codes_alone_are_no_second_factor(client: Client) -> None:
    user = publisher()
    RecoveryCodes.activate(user)
    client.force_login(user)

    assert client.get("/verwaltung/")["Location"] == FACTORS


def test_removing_the_app_leads_back_to_the_set_up(client: Client) -> None:
    publisher()
    log_in(client, "paul")
    set_up_app(client)

    page = client.post(f"{FACTORS}totp/deactivate/", follow=True)

    assert "Die Authenticator-App ist entfernt." in text(page)
    assert not Authenticator.objects.exists()
    assert client.get("/verwaltung/")["Location"] == FACTORS


def test_administrator_takes_away_a_lost_second_factor_and_sees_no_secret(client: Client, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    user = publisher()
    secret = add_app(user)
    factor = Authenticator.objects.get()
    address = f"/verwaltung/accounts/secondfactor/{factor.pk}/"
    client.force_login(User.objects.create_superuser("chefin"))

    listed = client.get("/verwaltung/accounts/secondfactor/").content.decode()
    page = client.get(f"{address}change/").content.decode()
    client.post(f"{address}delete/", {"post": "yes"})

    assert "zweiter Faktor" in listed and "Eingerichtet am" in listed
    assert "paul" in page and "Authenticator-App" in page
    assert secret not in page and factor.data["secret"] not in page
    assert not Authenticator.objects.exists()


def test_other_staff_see_no_second_factors_sessions_or_links(client: Client) -> None:
    user = staff()
    user.user_permissions.set(publisher().user_permissions.model.objects.all())
    client.force_login(user)
    add_app(user)

    for model in ("secondfactor", "staffsession", "directorylink"):
        assert client.get(f"/verwaltung/accounts/{model}/").status_code == 403


def test_models_that_are_not_for_the_admin_are_not_there(client: Client, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(User.objects.create_superuser("chefin"))

    for model in ("socialaccount/socialapp", "mfa/authenticator", "account/emailaddress"):
        assert client.get(f"/verwaltung/{model}/").status_code == 404
