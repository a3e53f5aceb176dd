"""System checks of the database: `manage.py check --database default`, before `migrate`, when a server starts."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.db import connections

from strategy.editions import triggers


def check_triggers(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The triggers that protect editions are there, once the table is."""
    errors: list[CheckMessage] = []
    for using in databases or []:
        if triggers.CONTENT not in connections[using].introspection.table_names():
            continue
        errors += [
            Error(
                f"The trigger {name} is missing in database {using}.",
                hint="Run `manage.py migrate --skip-checks`: it creates all triggers.",
                id="strategy.E001",
            )
            for name in triggers.missing(using)
        ]
    return errors


def check_role(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The application's role cannot remove these triggers: with `check --deploy`, and when a server starts."""
    return [
        Warning(
            f"The role of database {using} can get round the triggers that protect editions: it owns their tables, "
            "or may make temporary ones.",
            hint="Give tables and migrations to a role of their own: deploy/postgresql/roles.sql, "
            "docs/betrieb/postgresql.md.",
            id="strategy.W001",
        )
        for using in databases or []
        if triggers.can_be_evaded(using)
    ]
