"""Make the groups of all roles, and give each exactly its permissions."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from herne_strategy.roles import ROLES, Role


class Command(BaseCommand):
    help = (
        "Run after installing and after every update: makes a group for each role and sets its permissions. "
        "May run again any time; people keep their roles, other groups are left alone."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        known = {
            f"{permission.content_type.app_label}.{permission.codename}": permission
            for permission in Permission.objects.select_related("content_type")
        }
        for role in ROLES:
            self._make(role, known)

    def _make(self, role: Role, known: dict[str, Permission]) -> None:
        group, is_new = Group.objects.get_or_create(name=role.name)
        wanted = {known[name] for name in role.permissions}
        before = set(group.permissions.all())
        group.permissions.set(wanted)
        state = "angelegt" if is_new else "unverändert" if before == wanted else "geändert"
        self.stdout.write(f"{role.name}: {state}, {len(wanted)} Rechte")
