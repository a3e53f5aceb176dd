"""System checks of the database: `manage.py check --database default`, before `migrate`, when a server starts."""

from typing import Any

from django.core.checks import CheckMessage, Error
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
