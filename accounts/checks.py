"""System check of the database: every stored second factor can be read, and none is stored in plain text."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import DEFAULT_DB_ALIAS, connections

from accounts.encryption import PLAIN, name_of
from accounts.secret_rotation import secrets_by_key


def check_secrets(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Which key is missing, and how many secrets are not under the first one, once the table is there."""
    if DEFAULT_DB_ALIAS not in (databases or []) or not _is_migrated():
        return []
    counts = secrets_by_key()
    newest, *older = map(name_of, settings.SECOND_FACTOR_KEYS)
    missing = [
        Error(
            f"Second factors that cannot be read: {counts[name]}. SECOND_FACTOR_KEYS lacks the key {name}.",
            hint="Add it behind the first one. If it is lost, delete these second factors in the administration.",
            id="accounts.E001",
        )
        for name in sorted(counts.keys() - {PLAIN, newest, *older})
    ]
    if waiting := counts[PLAIN] + sum(counts[name] for name in older):
        plain = f"of them not encrypted at all: {counts[PLAIN]}"
        return [*missing, _rotate(f"Second factors not encrypted with the first key: {waiting}, {plain}.")]
    return [*missing]


def _rotate(message: str) -> CheckMessage:
    return Warning(message, hint="Run `manage.py rotate_second_factor_keys`.", id="accounts.W001")


def _is_migrated() -> bool:
    tables = connections[DEFAULT_DB_ALIAS].introspection.table_names()
    return Authenticator._meta.db_table in tables
