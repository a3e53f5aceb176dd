"""Tell the operator by mail that a task of the server failed."""

import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone


class Command(BaseCommand):
    help = (
        "Run by systemd when a task fails (deploy/systemd/): mails its name to OPERATOR_MAIL_TO. Needs no database. "
        "The mail holds nothing of the task's output, which may name people."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("unit", help="such as strategie-mail.service")

    def handle(self, *args: Any, unit: str, **options: Any) -> None:
        if not settings.OPERATOR_MAIL_TO:
            self.stderr.write(f"{unit} ist gescheitert. Keine E-Mail: OPERATOR_MAIL_TO ist nicht gesetzt.")
            return
        try:
            send_mail(*_mail(unit), settings.DEFAULT_FROM_EMAIL, [settings.OPERATOR_MAIL_TO])
        except OSError as error:
            raise CommandError(
                f"{unit} ist gescheitert. Die E-Mail ließ sich nicht senden ({error})."
            ) from error
        self.stdout.write(f"{unit} ist gescheitert. Gemeldet an {settings.OPERATOR_MAIL_TO}.")


def _mail(unit: str) -> tuple[str, str]:
    """Subject and text."""
    now = timezone.localtime()
    return (
        f"Nachhaltigkeitsstrategie: {unit} ist gescheitert",
        f"{unit} ist am {now:%d.%m.%Y} um {now:%H:%M} Uhr auf {socket.gethostname()} gescheitert "
        f"({settings.PUBLIC_URL}).\n\n"
        f"Was geschehen ist, steht im Journal:\n    journalctl --unit={unit} --since=-1h\n"
        f"Noch einmal, wenn es behoben ist:\n    systemctl start {unit}\n",
    )
