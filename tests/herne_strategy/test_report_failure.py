"""The operator is told which task failed, and nothing of what it said."""

from io import StringIO
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

pytestmark = pytest.mark.once


def report() -> tuple[str, str]:
    out, error = StringIO(), StringIO()
    call_command("report_failure", "strategie-mail.service", stdout=out, stderr=error)
    return out.getvalue(), error.getvalue()


def test_operator_reads_which_task_failed_and_where_it_says_why(settings: Any):
    settings.OPERATOR_MAIL_TO = "it@example.de"

    assert "Gemeldet an it@example.de" in report()[0]

    (sent,) = mail.outbox
    assert sent.to == ["it@example.de"]
    assert sent.subject == "Nachhaltigkeitsstrategie: strategie-mail.service ist gescheitert"
    assert "journalctl --unit=strategie-mail.service" in sent.body


def test_without_an_address_the_journal_alone_says_it(settings: Any):
    settings.OPERATOR_MAIL_TO = ""

    assert "strategie-mail.service ist gescheitert" in report()[1]
    assert mail.outbox == []


@pytest.mark.parametrize("error", [SMTPException("no"), ConnectionRefusedError("no")])
def test_mail_server_that_fails_ends_with_a_sentence(settings: Any, monkeypatch: Any, error: Exception):
    def fail(*args: Any, **options: Any) -> None:
        raise error

    settings.OPERATOR_MAIL_TO = "it@example.de"
    monkeypatch.setattr("herne_strategy.management.commands.report_failure.send_mail", fail)

    with pytest.raises(CommandError, match="ließ sich nicht senden"):
        report()
