"""Check that the working tree is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from strategy.editions.working_tree import problems
from strategy.tree.models import Node


class Command(BaseCommand):
    help = (
        "Checks that the working tree is whole: parents, depths, numbers of children, levels. Run it when the "
        "tree looks wrong, and after a backup was restored. It changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if wrong := problems():
            raise CommandError("\n".join(["Der Baum ist beschädigt:", *wrong]))
        self.stdout.write(f"Der Baum ist in Ordnung: {Node.objects.count()} Knoten.")
