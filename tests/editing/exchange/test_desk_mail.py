"""The daily mail about what waits for somebody."""

import datetime
import re
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from editing.exchange.desk_mail import waiting
from editing.models import DeskMail, Remark
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.exchange.desk_mails import TREE, propose, receivers, run, somebody
from tests.editing.people import person
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


class FullMailbox(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["berta@herne.example"]:
            raise SMTPRecipientsRefused({"berta@herne.example": (452, b"mailbox full")})
        return super().send_messages(messages)


@pytest.fixture
def nodes():
    return plant(TREE)


@pytest.fixture(autouse=True)
def address(settings):
    settings.PUBLIC_URL = "https://strategie.herne.example"


def test_mail_lists_what_waits_with_absolute_links(nodes):
    anna, paula = somebody("Anna"), person("Fachbereich", name="Paula Petze")
    proposal = propose(nodes["Garten"], paula)
    question = Remark.objects.create(
        uid=nodes["Kurse"].uid, title="Kurse", text="Wie viele?", by=paula, asked=anna
    )
    Node.objects.filter(title="Energie").update(review=Review.OPEN)

    printed = run()

    (message,) = mail.outbox
    portal = "https://strategie.herne.example/verwaltung"
    goal = nodes["Energie"].pk
    assert printed == "Gesendet: 1\n"
    assert message.to == ["anna@herne.example"]
    assert message.subject == "Nachhaltigkeitsstrategie: 3 Vorgänge warten auf Sie"
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert (
        message.body.strip()
        == f"""Guten Morgen Anna,

das liegt in der Nachhaltigkeitsstrategie bei Ihnen.

Vorschläge zur Entscheidung (1)

- Garten
  {portal}/vorschlaege/{proposal.pk}/

Fragen an Sie (1)

- Kurse
  {portal}/knoten/{nodes["Kurse"].uid}/anmerkungen/#a{question.pk}

Zur Abstimmung (1)

- 2.1 Energie
  {portal}/baum/?zeige={goal}#k{goal}

Alles auf einer Seite, und dort schalten Sie diese E-Mail ab:
{portal}/

Sie bekommen höchstens eine solche E-Mail am Tag, und keine, wenn nichts bei Ihnen liegt und es nichts Neues gibt."""
    )


def test_own_name_is_in_the_mail_and_no_other(nodes):
    anna, paula = somebody("Anna"), person("Fachbereich", name="petze")
    anna.first_name, anna.last_name = "Anna", "Amt & Söhne"
    anna.save()
    propose(nodes["Garten"], paula)

    run()

    assert "Guten Morgen Anna Amt & Söhne," in mail.outbox[0].body
    assert "petze" not in mail.outbox[0].body + mail.outbox[0].subject


def test_ten_titles_are_listed_and_the_others_counted(nodes):
    anna = somebody("Anna")
    paula = person("Fachbereich", name="Paula")
    for number in range(12):
        Remark.objects.create(
            uid=nodes["Kurse"].uid, title=f"Frage {number:02}", text="?", by=paula, asked=anna
        )

    run()

    assert re.findall(r"^- (.+)$", mail.outbox[0].body, re.M) == [
        *(f"Frage {number:02}" for number in range(10)),
        "und 2 weitere",
    ]
    assert "Fragen an Sie (12)" in mail.outbox[0].body


def test_exactly_ten_are_all_listed(nodes):
    anna = somebody("Anna")
    for number in range(10):
        Remark.objects.create(uid=nodes["Kurse"].uid, title=f"Frage {number}", text="?", by=anna, asked=anna)

    run()

    assert "weitere" not in mail.outbox[0].body


def test_second_run_of_the_day_sends_nothing(nodes):
    somebody("Anna")
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))

    printed = [run(), run()]

    assert printed == ["Gesendet: 1\n", "Gesendet: 0\n"]
    assert DeskMail.objects.get().sent_on == timezone.localdate()


def test_next_day_there_is_another_mail(nodes):
    anna = somebody("Anna")
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))
    DeskMail.objects.create(user=anna, sent_on=timezone.localdate() - datetime.timedelta(days=1))

    run()

    assert receivers() == ["anna@herne.example"]


def test_of_two_runs_at_once_only_one_sends(nodes):
    somebody("Anna")
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))
    today = timezone.localdate()
    (first,), (second,) = list(waiting(today)), list(waiting(today))

    sent = [first.send(today), second.send(today)]

    assert sent == [True, False]
    assert receivers() == ["anna@herne.example"]


def test_there_is_one_row_a_person(nodes):
    anna = somebody("Anna")
    DeskMail.objects.create(user=anna)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeskMail.objects.create(user=anna)


def test_refused_mail_is_reported_and_stops_nobody(nodes, settings):
    for name in ("Anna", "Berta", "Clara"):
        somebody(name)
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))
    settings.EMAIL_BACKEND = "tests.editing.exchange.test_desk_mail.FullMailbox"
    out, errors = StringIO(), StringIO()

    with pytest.raises(CommandError, match=r"Nicht gesendet: 1\."):
        call_command("send_desk_mail", stdout=out, stderr=errors)

    assert receivers() == ["anna@herne.example", "clara@herne.example"]
    assert out.getvalue() == "Gesendet: 2\n"
    assert errors.getvalue().startswith("Berta: Die E-Mail ließ sich nicht senden (")
    assert "mailbox full" in errors.getvalue()
    assert DeskMail.objects.get(user__username="Berta").sent_on is None


def test_next_run_mails_whom_the_first_could_not(nodes, settings):
    for name in ("Anna", "Berta"):
        somebody(name)
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))
    settings.EMAIL_BACKEND = "tests.editing.exchange.test_desk_mail.FullMailbox"
    with pytest.raises(CommandError):
        call_command("send_desk_mail", stdout=StringIO(), stderr=StringIO())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    run()

    assert receivers() == ["anna@herne.example", "berta@herne.example"]


def test_dry_run_says_who_would_get_what_and_does_nothing(nodes):
    somebody("Anna")
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))
    propose(nodes["Kurse"], person("Fachbereich", name="Paul"))

    printed = run(dry_run=True)

    assert printed == "Anna <anna@herne.example>: Vorschläge zur Entscheidung: 2\nZu senden: 1\n"
    assert mail.outbox == []
    assert DeskMail.objects.count() == 0
