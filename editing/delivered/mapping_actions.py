"""How a list is read: chosen for a file that waits, and kept by name for the next one."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from editing.delivered.models import ColumnMapping
from editing.models import ImportFile
from editing.tables.uploads import may_import


def choose(file: ImportFile, choices: Mapping[str, Any], *, by: User) -> None:
    """Read a file that waits so from now on."""
    if not may_import(by) or file.by_id != by.pk:
        raise PermissionDenied
    file.choices = dict(choices)
    file.save(update_fields=["choices"])


@transaction.atomic
def keep_mapping(name: str, choices: Mapping[str, Any], *, by: User) -> ColumnMapping:
    """Keep how a list is read under a name. Another one of that name is replaced."""
    if not may_import(by):
        raise PermissionDenied
    mapping = ColumnMapping.objects.filter(name=name).first() or ColumnMapping(name=name)
    mapping.choices, mapping.kept_at = dict(choices), timezone.now()
    mapping.full_clean()
    mapping.save()
    return mapping


def forget_mapping(mapping: ColumnMapping, *, by: User) -> None:
    """Keep it no longer."""
    if not may_import(by):
        raise PermissionDenied
    mapping.delete()
