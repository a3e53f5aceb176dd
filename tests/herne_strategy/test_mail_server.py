"""A mail server that hangs, drips or goes: whoever sends reads a sentence in time, and nothing is half done."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.test import Client

from legal.models import BarrierReport
from tests.accounts.staff import PASSWORD, log_in, staff, text
from tests.herne_strategy.test_settings import read
from tests.herne_strategy.test_users_admin import NO_RESPONSIBILITY

TIMEOUT = 0.5  # seconds, in place of ten
Answers = Callable[[socket.socket], None]


def never(connection: socket.socket) -> None:
    """Takes the connection and says nothing."""
    connection.recv(1)


def dripping(connection: socket.socket) -> None:
    """Says something before every timeout, for ever."""
    while True:
        connection.sendall(b"220-x\r\n")
        time.sleep(TIMEOUT / 5)


def slowly(connection: socket.socket) -> None:
    """Takes each step almost as long as it may."""
    time.sleep(TIMEOUT * 0.4)
    connection.sendall(b"220 slow\r\n")
    while connection.recv(1000):
        time.sleep(TIMEOUT * 0.4)
        connection.sendall(b"250 ok\r\n")


def hanging_up(connection: socket.socket) -> None:
    connection.close()


@contextmanager
def mail_server(answer: Answers, settings) -> Iterator[None]:
    """A server on this machine that answers so, and settings that name it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "herne_strategy.mail_server.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = TIMEOUT
        threading.Thread(target=_serve, args=(server, answer), daemon=True).start()
        yield


def _serve(server: socket.socket, answer: Answers) -> None:
    try:
        while True:
            connection, _address = server.accept()
            threading.Thread(target=_answer, args=(connection, answer), daemon=True).start()
    except OSError:
        return  # the test is over


def _answer(connection: socket.socket, answer: Answers) -> None:
    try:
        with connection:
            answer(connection)
    except OSError:
        return


@contextmanager
def in_time() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < TIMEOUT + 5  # of which most is a busy machine's


@pytest.fixture
def _hanging(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with mail_server(never, settings):
        yield


@pytest.mark.parametrize("answer", [never, dripping, slowly, hanging_up], ids=lambda answer: answer.__name__)
def test_mail_fails_in_time_with_the_error_that_all_senders_expect(settings, answer: Answers) -> None:
    with mail_server(answer, settings), in_time(), pytest.raises(OSError):
        send_mail("Betreff", "Text", None, ["anna@herne.example"])


def test_nothing_goes_out_after_the_failure_was_told(settings) -> None:
    heard: list[bytes] = []

    def just_too_late(connection: socket.socket) -> None:
        time.sleep(TIMEOUT * 0.9)  # the greeting comes in time, so that the next step begins
        connection.sendall(b"220 late\r\n")
        while heard_now := connection.recv(1000):
            heard.append(heard_now)
            time.sleep(TIMEOUT * 0.4)
            connection.sendall(b"250 ok\r\n")

    with mail_server(just_too_late, settings), pytest.raises(TimeoutError, match="took longer than"):
        send_mail("Betreff", "Text", None, ["anna@herne.example"])
    time.sleep(2 * TIMEOUT)

    assert len(heard) == 1  # EHLO


def test_mail_server_that_answers_gets_the_mail(settings) -> None:
    heard: list[bytes] = []

    def well(connection: socket.socket) -> None:
        connection.sendall(b"220 well\r\n")
        while heard_now := connection.recv(1000):
            heard.append(heard_now)
            connection.sendall(b"354 go on\r\n" if heard_now == b"data\r\n" else b"250 ok\r\n")

    with mail_server(well, settings):
        sent = send_mail("Betreff", "Text", None, ["anna@herne.example"])

    assert sent == 1
    assert b"rcpt TO:<anna@herne.example>\r\n" in heard
    assert any(b"Subject: Betreff" in each for each in heard)


@pytest.mark.parametrize("email", ["anna@herne.example", "niemand@herne.example"])
@pytest.mark.usefixtures("db", "_hanging")
def test_asking_for_a_new_password_is_answered_in_time(client: Client, email: str) -> None:
    staff()

    with in_time():
        page = client.post("/verwaltung/konto/password/reset/", {"email": email})

    assert "Das Portal kann zurzeit keine E-Mails verschicken." in text(page)
    assert f'value="{email}"' in page.content.decode()


@pytest.mark.usefixtures("db", "_hanging")
def test_new_password_stands_though_its_owner_cannot_be_told(client: Client, caplog) -> None:
    user = staff()
    log_in(client)
    fields = {"oldpassword": PASSWORD, "password1": "Ganz-anders-9", "password2": "Ganz-anders-9"}

    with in_time():
        page = client.post("/verwaltung/konto/password/change/", fields, follow=True)

    user.refresh_from_db()
    assert "Das neue Passwort ist gespeichert." in text(page)
    assert user.check_password("Ganz-anders-9")
    assert "The mail about a change of an account could not be sent." in caplog.messages


@pytest.mark.usefixtures("transactional_db", "_hanging")
def test_new_account_stands_though_the_invitation_cannot_be_sent(client: Client) -> None:
    client.force_login(User.objects.create_superuser("chefin"))
    fields = {"username": "berta", "email": "berta@herne.example", "login": "password"}

    with in_time():
        page = client.post("/verwaltung/auth/user/add/", {**fields, **NO_RESPONSIBILITY}, follow=True)

    assert "Die E-Mail konnte nicht verschickt werden. Das Konto gibt es" in page.content.decode()
    assert User.objects.filter(username="berta").exists()


@pytest.mark.usefixtures("db", "_hanging")
def test_report_of_a_barrier_is_kept_though_it_cannot_be_mailed(client: Client) -> None:
    with in_time():
        client.post("/barriere-melden/", {"text": "Zu klein."}, headers={"Origin": "http://testserver"})

    assert BarrierReport.objects.get().mailed_at is None


def test_settings_send_by_a_server_in_this_way_alone() -> None:
    assert read()["EMAIL_BACKEND"] == "herne_strategy.mail_server.EmailBackend"
    assert read()["EMAIL_TIMEOUT"] == 10
    assert read(EMAIL_URL="console:")["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"
