"""Uploaded tables between preview and confirmation."""

import datetime
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from editing.models import ImportFile
from strategy.people import AnyUser
from strategy.text.rules import TextError, clean_text

KEPT_FOR = datetime.timedelta(days=1)
MAX_NAME = 100


def may_import(user: AnyUser) -> bool:
    """Whether this person may change the whole tree, as a table can."""
    return user.has_perm("strategy.change_node") and user.has_perm("strategy.add_node")


@transaction.atomic
def keep(content: bytes, *, name: str, by: User, choices: Mapping[str, Any] | None = None) -> ImportFile:
    """Keep a file for its preview. An earlier one of the same person goes, and whatever is older than a day."""
    if not may_import(by):
        raise PermissionDenied
    ImportFile.objects.filter(by=by).delete()
    expired().delete()
    return ImportFile.objects.create(content=content, name=_printable(name), by=by, choices=choices or {})


def expired() -> QuerySet[ImportFile]:
    """The files that nobody can confirm any more."""
    return ImportFile.objects.filter(at__lt=timezone.now() - KEPT_FOR)


def kept(pk: int, *, by: User) -> ImportFile | None:
    """The file of this person; None where it is gone or somebody else's."""
    return ImportFile.objects.filter(pk=pk, by=by, at__gte=timezone.now() - KEPT_FOR).first()


def _printable(name: str) -> str:
    """A file name as it can stand in the history: what cannot be printed is left out, the ending is kept."""
    clean = "".join(char for char in PurePath(name).name if _is_clean(char))
    path = PurePath(clean.strip() or "Tabelle")
    return f"{path.stem[: MAX_NAME - 10]}{path.suffix[:10]}"


def _is_clean(char: str) -> bool:
    try:
        return bool(clean_text(char, one_line=True))
    except TextError:
        return False
