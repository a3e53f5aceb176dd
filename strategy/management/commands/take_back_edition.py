"""Undo the last publication."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from strategy.editions import actions


class Command(BaseCommand):
    help = "Run when the wrong edition was published: the public reads the one before it again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = actions.take_back()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Zurückgenommen. Gezeigt wird wieder: {edition.slug} („{edition}“)")
