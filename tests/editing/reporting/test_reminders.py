"""Departments are reminded by mail: after a round opens, before it is due, then ever more rarely."""

import datetime
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from editing.models import DeskMail
from editing.reporting.models import RoundReminder
from editing.reporting.reminders import due_reminders, reminder_days
from measures.reporting_rounds import ReportingRound
from measures.round_actions import close_round
from tests.editing.people import person
from tests.editing.reporting.rounds import City, page_of, send, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(city: City) -> ReportingRound:
    return city.open(note="Bitte kurz.")


def remind(day: datetime.date) -> list[list[str]]:
    """To whom mails go on this day."""
    mail.outbox.clear()
    for each in due_reminders(day):
        each.send(day)
    return sorted(message.to for message in mail.outbox)


def day(asked: ReportingRound, after_due: int) -> datetime.date:
    return asked.due_on + datetime.timedelta(days=after_due)


def test_first_mail_leads_the_person_who_reports_to_the_page(reporter, asked, city, settings):
    assert remind(timezone.localdate()) == [["umut@herne.example"]]

    [message] = mail.outbox
    assert message.subject == f"Bitte melden Sie bis {asked.due_on:%d.%m.%Y} zu 3 Maßnahmen"
    assert f"{settings.PUBLIC_URL}{page_of(asked, city.green)}" in message.body
    assert "Bitte kurz." in message.body
    assert "Von 3 Maßnahmen fehlen noch 3" in message.body
    assert "umut" not in message.body


def test_mails_become_rarer_and_go_to_the_office_too_from_the_second_on(reporter, asked):
    today = timezone.localdate()
    mailed = [number for number in range(130) if remind(today + datetime.timedelta(days=number))]

    assert mailed == [0, 13, 21, 28, 42, 70]  # due after 20 days
    assert RoundReminder.objects.get().count == 6
    RoundReminder.objects.update(count=1)
    assert remind(day(asked, -7)) == [["umut@herne.example", "umwelt@herne.example"]]
    assert "Bitte kurz." not in mail.outbox[0].body


def test_overdue_mail_says_so(reporter, asked):
    asked.due_on = timezone.localdate() - datetime.timedelta(days=1)
    asked.save()

    remind(timezone.localdate())

    assert mail.outbox[0].subject == f"3 Meldungen waren am {asked.due_on:%d.%m.%Y} fällig"


def test_missed_mornings_are_made_up_for_by_one_mail(reporter, asked):
    assert remind(day(asked, 10)) and not remind(day(asked, 10))


def test_short_round_has_no_mail_before_it_is_due(city):
    today = timezone.localdate()
    asked = city.open(due_on=today + datetime.timedelta(days=5))

    assert [each - today for each in reminder_days(asked)[:2]] == [
        datetime.timedelta(0),
        datetime.timedelta(days=6),
    ]


def test_no_mail_where_all_is_handed_in_the_round_is_closed_or_nobody_can_be_reached(reporter, asked, city):
    new = [typed(asked, each, is_unchanged="on") for each in city.measures[:2]]
    send(
        reporter,
        page_of(asked, city.green),
        "abgeben",
        *new,
        typed(asked, city.measures[2], state="preparing"),
    )
    assert remind(timezone.localdate()) == []  # Bauen has nobody and no address

    person("Fachbereich", departments=[city.built], name="bea")
    city.built.email = "bauen@herne.example"
    city.built.save()
    assert remind(timezone.localdate()) == [["bauen@herne.example"]]  # bea has no address
    asked.drafts.all().delete()
    close_round(asked, seen=4, by=None)
    assert remind(day(asked, 30)) == []


def test_who_has_switched_mails_off_or_left_gets_none_and_the_office_does(reporter, asked, city):
    responsible = User.objects.get(username="umut")
    DeskMail.objects.create(user=responsible, is_wanted=False)
    locked = person("Fachbereich", departments=[city.green], name="lotte")
    locked.email, locked.is_active = "lotte@herne.example", False
    locked.save()
    steering = person("Steuerungsgruppe", departments=[city.green], name="stefan")
    steering.email = "stefan@herne.example"
    steering.save()

    assert remind(timezone.localdate()) == [["umwelt@herne.example"]]


def test_failed_mail_is_tried_again_and_the_command_says_so(reporter, asked, monkeypatch):
    def refuse(_message: EmailMessage, *_more: object) -> int:
        raise OSError("besetzt")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        with pytest.raises(CommandError):
            call_command("send_desk_mail", stdout=StringIO(), stderr=StringIO())
    assert RoundReminder.objects.get().count == 0

    out = StringIO()
    call_command("send_desk_mail", dry_run=True, stdout=out)
    assert "Erinnerungen an Berichtsrunden: 1" in out.getvalue() and not mail.outbox
    call_command("send_desk_mail", stdout=out)
    assert [message.to for message in mail.outbox] == [["umut@herne.example"]]
