"""Tell people by mail what waits for them."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editing.exchange.desk_mail import Waiting, waiting
from editing.reporting.reminders import due_reminders


class Command(BaseCommand):
    help = (
        "Mails everybody for whom something waits, or for whom there is news on what they proposed or asked, what "
        "it is, at most once a day; and departments that have not reported in an open reporting round. Run it every "
        "morning. A second run on the same day mails only those whom the first one could not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only print who would get what")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        today = timezone.localdate()
        sent = failed = 0
        for each in waiting(today):
            if dry_run:
                self.stdout.write(_summary(each))
                sent += 1
                continue
            try:
                sent += each.send(today)
            except Exception as error:
                failed += 1
                self.stderr.write(f"{each.user}: Die E-Mail ließ sich nicht senden ({error}).")
        self.stdout.write(f"{'Zu senden' if dry_run else 'Gesendet'}: {sent}")
        failed += self._remind(today, dry_run=dry_run)
        if failed:
            raise CommandError(f"Nicht gesendet: {failed}. Der nächste Lauf versucht es noch einmal.")

    def _remind(self, today: datetime.date, *, dry_run: bool) -> int:
        """Mail the departments whose reminder is due. Returns how many mails failed."""
        sent = failed = 0
        for each in due_reminders(today):
            if dry_run:
                self.stdout.write(f"{each.department}: {each.message().subject}")
            try:
                sent += 1 if dry_run else each.send(today)
            except Exception as error:
                failed += 1
                self.stderr.write(f"{each.department}: Die E-Mail ließ sich nicht senden ({error}).")
        if sent:
            self.stdout.write(f"Erinnerungen an Berichtsrunden: {sent}")
        return failed


def _summary(each: Waiting) -> str:
    counts = ", ".join(f"{part.heading}: {part.count}" for part in each.parts())
    return f"{each.user} <{each.user.email}>: {counts}"
