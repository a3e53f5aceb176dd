"""Reports are kept within limits, their clients are forgotten after an hour, and the city gets a mail."""

import datetime
import itertools

import pytest
from django.core import mail as post

from legal.barrier_actions import client_key, mail, store
from legal.models import BarrierReport

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 3, 4, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
TEXTS = itertools.count()


def report(number=1, *, at=NOON, address="192.0.2.1"):
    """Store that many reports, each of which says something else; returns whether each one was kept."""
    return [store(BarrierReport(text=f"x{next(TEXTS)}"), address=address, now=at) for _ in range(number)]


def test_sixth_report_of_a_client_is_refused_until_an_hour_has_passed():
    assert report(6) == [True] * 5 + [False]

    assert report(at=NOON + HOUR - datetime.timedelta(seconds=1)) == [False]
    assert report(at=NOON + HOUR) == [True]


def test_what_is_sent_twice_is_kept_and_counted_once():
    said = [BarrierReport(text="Zu klein.", page="/", email="a@herne.example") for _ in range(7)]

    kept = [store(each, address="192.0.2.1", now=NOON) for each in said]

    assert kept == [True] * 7
    assert [each.pk for each in said] == [BarrierReport.objects.get().pk, *[None] * 6]
    assert store(BarrierReport(text="Zu klein."), address="192.0.2.1", now=NOON)
    assert store(BarrierReport(text="Zu klein.", page="/"), address="192.0.2.2", now=NOON)
    assert BarrierReport.objects.count() == 3


def test_same_words_an_hour_later_are_a_report_of_their_own():
    for at in (NOON, NOON + HOUR):
        store(BarrierReport(text="Zu klein."), address="192.0.2.1", now=at)

    assert BarrierReport.objects.count() == 2


def test_limit_of_a_client_leaves_others_alone():
    report(5)

    assert report(address="192.0.2.2") == [True]


def test_client_with_an_ipv6_network_of_its_own_is_one_client():
    addresses = [f"2001:db8:0:1::{number:x}" for number in range(1, 6)]
    kept = [report(address=address) for address in [*addresses, "2001:db8:0:1:ffff:ffff:ffff:ffff"]]

    assert kept == [[True]] * 5 + [[False]]
    assert report(address="2001:0db8:0000:0001::1") == [False]
    assert report(address="2001:db8:0:2::1") == [True]


def test_ipv4_address_is_the_same_client_written_as_ipv6():
    report(5)

    assert report(address="::ffff:192.0.2.1") == [False]
    assert report(address="::ffff:192.0.2.2") == [True]


@pytest.mark.parametrize("address", ["", "unknown", "192.0.2.1:443"])
def test_what_is_no_address_is_a_client_of_its_own(address):
    report(5)

    assert report(6, address=address) == [True] * 5 + [False]


def test_limit_of_a_client_holds_across_midnight():
    midnight = datetime.datetime(2026, 3, 4, 23, 0, tzinfo=datetime.UTC)  # 0:00 in Berlin
    report(5, at=midnight - datetime.timedelta(minutes=10))

    assert report(at=midnight + datetime.timedelta(minutes=10)) == [False]
    assert report(at=midnight + datetime.timedelta(minutes=50)) == [True]


def test_limit_of_all_clients_is_200_an_hour():
    BarrierReport.objects.bulk_create(
        BarrierReport(text="x", created_at=NOON, client_key=f"{number}") for number in range(199)
    )

    assert report(2) == [True, False]
    assert report(at=NOON + HOUR) == [True]


def test_client_key_is_forgotten_after_an_hour_and_tells_no_address(settings):
    report()
    [key] = BarrierReport.objects.values_list("client_key", flat=True)

    report(at=NOON + HOUR - datetime.timedelta(seconds=1), address="192.0.2.2")
    kept = BarrierReport.objects.filter(client_key=key).count()
    report(at=NOON + HOUR, address="192.0.2.3")

    assert kept == 1
    assert not BarrierReport.objects.filter(client_key=key).exists()
    assert client_key("192.0.2.1", NOON) == key
    assert client_key("192.0.2.1", NOON + 24 * HOUR) != key
    settings.SECRET_KEY = "another"
    assert client_key("192.0.2.1", NOON) != key


def test_client_keys_are_forgotten_even_when_the_report_is_refused():
    report()
    later = NOON + HOUR
    report(5, at=later - datetime.timedelta(minutes=1), address="192.0.2.2")
    BarrierReport.objects.filter(created_at=NOON).update(client_key="old")

    assert report(at=later, address="192.0.2.2") == [False]

    assert BarrierReport.objects.get(created_at=NOON).client_key == ""


@pytest.fixture
def city(settings):
    settings.PUBLIC_URL = "https://strategie.example.de"
    settings.BARRIER_MAIL_TO = "barriere@example.de"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_mail_says_everything_and_is_answered_to_the_citizen(city):
    report = BarrierReport.objects.create(
        text="Der Rest\nist 100 % unlesbar 🙁",
        page="/massnahmen/",
        name="Käthe",
        email="kaethe@example.org",
        created_at=NOON,
    )

    assert mail(report) is True

    [message] = post.outbox
    assert message.subject == f"Gemeldete Barriere Nr. {report.pk}"
    assert (message.to, message.reply_to) == (["barriere@example.de"], ["kaethe@example.org"])
    assert message.body == (
        "Jemand hat im Portal eine Barriere gemeldet.\n\n"
        "Seite: https://strategie.example.de/massnahmen/\nName: Käthe\nE-Mail: kaethe@example.org\n\n"
        "Der Rest\nist 100 % unlesbar 🙁\n\n"
        "Bitte vermerken Sie hier, wenn die Meldung erledigt ist:\n"
        f"https://strategie.example.de/verwaltung/legal/barrierreport/{report.pk}/change/\n"
    )
    report.refresh_from_db()
    assert report.mailed_at is not None


def test_mail_of_the_text_alone_expects_no_answer(city):
    mail(BarrierReport.objects.create(text="Nur das", created_at=NOON))

    [message] = post.outbox
    assert message.reply_to == []
    assert "Seite: nicht angegeben\nName: nicht angegeben\n" in message.body
    assert "E-Mail: nicht angegeben, es wird also keine Antwort erwartet" in message.body
