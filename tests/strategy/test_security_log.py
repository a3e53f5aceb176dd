"""The security log: one line an event that nobody can forge, and what it says of editions."""

import datetime
import logging
import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from strategy.editions import actions
from strategy.security_log import record
from tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db
LINE = re.compile(r"(\S+) event=(\S+) account=(\S+) address=(\S+) object=(\S+) detail=(\S+)")


@pytest.fixture
def lines() -> list[str]:
    """What was written, line by line."""
    handler = logging.Handler()
    written: list[str] = []
    handler.emit = lambda record: written.append(record.getMessage())
    logging.getLogger("portal.security").addHandler(handler)
    yield written
    logging.getLogger("portal.security").removeHandler(handler)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_whatever_a_value_holds_the_line_stays_one_and_its_parts_too(
    lines: list[str], django_capture_on_commit_callbacks: Callable, text: str
) -> None:
    lines.clear()

    with django_capture_on_commit_callbacks(execute=True):
        record("test", account=text, on=text, detail=[text])

    (line,) = lines
    assert LINE.fullmatch(line)
    assert line.isprintable()


def test_line_has_the_time_with_its_zone_and_ends_long_values(
    lines: list[str], django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record("test", account="müller", on='a b="c"\nd\u202e', detail=["x" * 400])

    time, event, account, address, on, detail = LINE.fullmatch(lines[0]).groups()
    assert datetime.datetime.fromisoformat(time).utcoffset() is not None
    assert (event, account, address) == ("test", "müller", "-")
    assert on == r"a\u0020b\u003d\u0022c\u0022\u000ad\u202e"
    assert detail == "x" * 300 + "…"


@pytest.mark.django_db(transaction=True)
def test_what_was_not_stored_is_not_told(lines: list[str]) -> None:
    with pytest.raises(ValueError), transaction.atomic():
        record("test")
        raise ValueError

    assert lines == []


def test_every_step_of_an_edition_is_told_with_who_took_it(security_log: Callable) -> None:
    ThemeFactory()
    paula = User.objects.create_superuser("paula")

    with security_log() as events:
        first = actions.freeze(slug="eins", title="Eins", by=paula)
        second = actions.freeze(slug="zwei", title="Zwei")
        actions.publish(first, by=paula)
        actions.publish(second, by=paula)
        actions.withhold(first, reason="Geheimer Grund", by=paula)
        actions.release(first, by=paula)
        actions.take_back(by=paula)
        actions.delete(second, by=paula)
        actions.set_state(first, "consultation", paper_number="2027/0001")

    assert [(each["event"], each["object"], each["account"]) for each in events] == [
        ("edition_frozen", "edition:eins", "paula"),
        ("edition_frozen", "edition:zwei", "(command)"),
        ("edition_published", "edition:eins", "paula"),
        ("edition_published", "edition:zwei", "paula"),
        ("edition_withheld", "edition:eins", "paula"),
        ("edition_released", "edition:eins", "paula"),
        ("edition_taken_back", "edition:zwei", "paula"),
        ("edition_deleted", "edition:zwei", "paula"),
        ("edition_consultation", "edition:eins", "(command)"),
    ]
    assert "Geheim" not in str(events)


def test_commands_are_told_as_such(security_log: Callable) -> None:
    ThemeFactory()

    with security_log() as events:
        call_command("freeze_edition", "--slug", "eins", "--title", "Eins", stdout=StringIO())
        call_command("publish_edition", "eins", stdout=StringIO())

    assert events == [
        {"event": event, "account": "(command)", "address": "-", "object": "edition:eins", "detail": "-"}
        for event in ("edition_frozen", "edition_published")
    ]
