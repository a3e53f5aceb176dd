"""A forgotten password: a mail to those who have one, the same page for all."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.http.response import HttpResponseBase
from django.test import Client

from tests.accounts.staff import is_logged_in, log_in, staff, text

pytestmark = pytest.mark.django_db

RESET = "/verwaltung/konto/password/reset/"
PUBLIC = "https://strategie.example.de"


def link(mail: EmailMessage) -> str:
    """The address below our host that a mail leads to."""
    found = re.search(rf"^{PUBLIC}(/\S+)$", str(mail.body), re.MULTILINE)
    assert found, mail.body
    return found[1]


def test_new_password_by_mail(client: Client, settings, mailoutbox) -> None:
    settings.PUBLIC_URL = PUBLIC
    staff(email="Anna@Herne.example")
    new = {"password1": "Ganz-anders-9", "password2": "Ganz-anders-9"}

    page = client.post(RESET, {"email": "anna@herne.example"}, follow=True)
    form = client.get(link(mailoutbox[0]), follow=True)
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    again = client.get(link(mailoutbox[0]), follow=True)

    assert "ist eine E-Mail mit dem Link dorthin unterwegs." in text(page)
    assert mailoutbox[0].subject == "Neues Passwort für die Nachhaltigkeitsstrategie"
    assert mailoutbox[0].to == ["anna@herne.example"]
    assert "Ihr Anmeldename ist anna." in mailoutbox[0].body
    assert "Sie können sich jetzt damit anmelden." in text(done)
    assert "Der Link gilt nicht mehr" in text(again)
    assert User.objects.get().check_password("Ganz-anders-9")
    assert not is_logged_in(client)


def test_owner_is_told_of_the_new_password(client: Client, settings, mailoutbox) -> None:
    settings.PUBLIC_URL = PUBLIC
    staff()
    new = {"password1": "Ganz-anders-9", "password2": "Ganz-anders-9"}

    client.post(RESET, {"email": "anna@herne.example"})
    form = client.get(link(mailoutbox[0]), follow=True)
    client.post(form.redirect_chain[-1][0], new)

    assert mailoutbox[1].to == ["anna@herne.example"]
    assert "Ihr Passwort wurde zurückgesetzt." in mailoutbox[1].body
    assert "Wenn Sie das nicht waren" in mailoutbox[1].body


@pytest.mark.parametrize(
    "changed",
    [{"is_active": False}, {"is_staff": False}, {"password": None}, {"email": "jemand@herne.example"}],
)
def test_whoever_cannot_have_one_is_told_the_same_on_the_page(
    client: Client, mailoutbox, changed: dict
) -> None:
    staff("berta")
    known = text(client.post(RESET, {"email": "berta@herne.example"}, follow=True))
    staff(**changed)

    page = client.post(RESET, {"email": "anna@herne.example"}, follow=True)

    assert text(page) == known
    assert [mail.to for mail in mailoutbox] == [["berta@herne.example"]]


def test_nobody_is_flooded_with_mails(client: Client, mailoutbox) -> None:
    staff()

    pages = [client.post(RESET, {"email": "anna@herne.example"}, follow=True) for _number in range(4)]

    assert [page.status_code for page in pages] == [200, 200, 200, 429]
    assert "Bitte warten Sie ein paar Minuten" in text(pages[-1])
    assert len(mailoutbox) == 3


def test_second_factor_is_asked_for_after_a_new_password_too(client: Client, settings, mailoutbox) -> None:
    from tests.accounts.staff import add_app

    settings.PUBLIC_URL = PUBLIC
    add_app(staff())
    client.post(RESET, {"email": "anna@herne.example"})
    form = client.get(link(mailoutbox[0]), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "Ganz-anders-9", "password2": "Ganz-anders-9"})

    response = log_in(client, "anna", "Ganz-anders-9")

    assert response["Location"] == "/verwaltung/konto/2fa/authenticate/"
    assert not is_logged_in(client)


def test_mail_goes_out_after_the_answer(client: Client, mailoutbox, monkeypatch) -> None:
    """So the time until the answer tells nobody whether there is an account. A server closes what it has sent."""
    staff()
    sent_before: list[int] = []
    close = HttpResponseBase.close

    def closed(response: HttpResponseBase) -> None:
        sent_before.append(len(mailoutbox))
        close(response)

    monkeypatch.setattr(HttpResponseBase, "close", closed)
    page = client.post(RESET, {"email": "anna@herne.example"})

    assert page["Location"] == f"{RESET}done/"
    assert (sent_before, len(mailoutbox)) == ([0], 1)


def test_mail_that_fails_after_the_answer_is_logged(client: Client, monkeypatch, caplog) -> None:
    staff()
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _refuse)

    page = client.post(RESET, {"email": "anna@herne.example"}, follow=True)

    assert "Bitte sehen Sie in Ihr Postfach" in text(page)
    assert "The mail with the link to a new password could not be sent." in caplog.messages


def _refuse(*_arguments: object) -> None:
    raise OSError("550 no such user")


@pytest.mark.parametrize("email", ["anna@herne.example", "niemand@herne.example"])
def test_mail_server_that_does_not_answer_is_no_failure_of_the_page(
    client: Client, settings, email: str
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    staff()

    page = client.post(RESET, {"email": email})

    assert page.status_code == 200
    assert "Das Portal kann zurzeit keine E-Mails verschicken." in text(page)
    assert f'value="{email}"' in page.content.decode()
