"""Database triggers that keep a frozen edition as it is, on SQLite and PostgreSQL, and what was made of it for ever.

The only raw SQL of the portal, with the conditions of the rules that apps register. `create` runs after every migration
(strategy/apps.py); a system check and `verify_editions` fail when one is missing.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

CONTENT = "strategy_editioncontent"
EDITION = "strategy_edition"


class Rule(NamedTuple):
    """An event on a table that is refused under a condition, with a reason. TRUNCATE is PostgreSQL's alone."""

    table: str
    event: str
    condition: str
    reason: str

    @property
    def columns(self) -> set[str]:
        """What it reads of the row that changes."""
        return set(re.findall(r"\b(?:NEW|OLD)\.(\w+)", self.condition))


# By the name of their triggers. No trigger of CONTENT names EDITION: SQLite could not remake the table of editions any
# more. REPLACE is an INSERT that deletes without DELETE.
_RULES: dict[str, Rule] = {
    "strategy_content_never_changes": Rule(
        CONTENT,
        "UPDATE",
        "NEW.edition_id <> OLD.edition_id OR NEW.format <> OLD.format OR NEW.digest <> OLD.digest "
        "OR NEW.data <> OLD.data OR (OLD.is_sealed AND NOT NEW.is_sealed)",
        "The content of an edition never changes.",
    ),
    "strategy_content_is_never_replaced": Rule(
        CONTENT,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {CONTENT} c WHERE c.edition_id = NEW.edition_id)",
        "The content of an edition never changes.",
    ),
    "strategy_content_stays": Rule(
        CONTENT,
        "DELETE",
        "OLD.is_sealed",
        "An edition that was in consultation or adopted is never deleted.",
    ),
    "strategy_content_no_truncate": Rule(
        CONTENT,
        "TRUNCATE",
        f"EXISTS (SELECT 1 FROM {CONTENT} WHERE is_sealed)",
        "An edition that was in consultation or adopted is never deleted.",
    ),
    "strategy_edition_keeps_its_name": Rule(
        EDITION,
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.slug <> OLD.slug OR NEW.title <> OLD.title OR NEW.frozen_at <> OLD.frozen_at "
        "OR NEW.has_sample <> OLD.has_sample OR NEW.digest <> OLD.digest OR NEW.redaction_note <> OLD.redaction_note "
        "OR (OLD.state <> 'working' AND NEW.state = 'working')",
        "Address, title, date and origin of an edition never change, "
        "and none becomes a working edition again.",
    ),
    "strategy_edition_keeps_its_seal": Rule(
        EDITION,
        "UPDATE",
        "(OLD.state = 'working' AND NEW.state <> 'working' AND NOT EXISTS "
        f"(SELECT 1 FROM {CONTENT} c WHERE c.edition_id = OLD.id AND c.is_sealed)) "
        "OR (OLD.state IN ('superseded', 'rejected') AND NEW.state <> OLD.state) "
        "OR (OLD.state = 'adopted' AND NEW.state NOT IN ('adopted', 'superseded')) "
        "OR (OLD.state IN ('adopted', 'superseded') AND (NEW.paper_number <> OLD.paper_number "
        "OR NEW.decided_by <> OLD.decided_by OR NEW.decided_on <> OLD.decided_on OR NEW.result <> OLD.result))",
        "A decided edition keeps its decision, and its content is sealed before the council has it.",
    ),
    "strategy_edition_is_never_replaced": Rule(
        EDITION,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {EDITION} e WHERE e.id = NEW.id OR e.slug = NEW.slug)",
        "An edition is never replaced by another.",
    ),
    "strategy_edition_stays": Rule(
        EDITION,
        "DELETE",
        "OLD.state <> 'working'",
        "An edition that was in consultation or adopted is never deleted.",
    ),
}


def register(rules: Mapping[str, Rule]) -> None:
    """Have the database refuse more, by the names of the triggers: called when an app gets ready."""
    _RULES.update(rules)


def create(using: str = DEFAULT_DB_ALIAS) -> None:
    """(Re)create all triggers."""
    drop(using)
    connection = connections[using]
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for name, rule in _rules(using).items():
            for statement in make(name, rule):
                cursor.execute(statement)


def drop(using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop all triggers. For tests that clean up, and before making them anew."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, rule in _rules(using).items():
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {rule.table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Without any of them until the block ends, in the transaction of the caller: where that fails they are back, too.

    For blackening alone. It takes the role that owns the tables. On PostgreSQL they are switched off, which keeps no
    reader waiting, as dropping them would.
    """
    if connections[using].vendor == "postgresql":
        _switch("DISABLE", using)
        yield
        _switch("ENABLE", using)
    else:
        drop(using)
        yield
        create(using)


def _switch(to: str, using: str) -> None:
    connections[using].check_constraints()  # a table with checks that are still to come cannot be altered
    with connections[using].cursor() as cursor:
        for name, rule in _rules(using).items():
            cursor.execute(f"ALTER TABLE {rule.table} {to} TRIGGER {name}")


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of the triggers that should be there and are not, or are switched off."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(set(_rules(using)) - {row[0] for row in cursor.fetchall()})


def can_be_evaded(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the role of this connection could remove the triggers, or make temporary tables for them to look into.
    On SQLite whoever may write the file can."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(pg_has_role(relowner, 'USAGE')) OR has_database_privilege(current_database(), 'TEMPORARY') "
            "FROM pg_class WHERE relname = ANY(%s)",
            [sorted({rule.table for rule in _rules(using).values()})],
        )
        return bool(cursor.fetchone()[0])


def _rules(using: str) -> dict[str, Rule]:
    """The rules of this database: those whose tables, and the columns that they name, are there already."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    columns: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in tables & {rule.table for rule in _RULES.values()}:
            described = connection.introspection.get_table_description(cursor, table)
            columns[table] = {column.name for column in described}
    return {
        name: rule
        for name, rule in _RULES.items()
        if rule.columns <= columns.get(rule.table, set()) and rule.table in columns
        if rule.event != "TRUNCATE" or connection.vendor == "postgresql"
    }


def _sqlite(name: str, rule: Rule) -> list[str]:
    return [
        f"CREATE TRIGGER {name} BEFORE {rule.event} ON {rule.table} FOR EACH ROW WHEN {rule.condition} "
        f"BEGIN SELECT RAISE(ABORT, '{rule.reason}'); END"
    ]


def _postgresql(name: str, rule: Rule) -> list[str]:
    result = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(rule.event, "NEW")
    each = "STATEMENT" if rule.event == "TRUNCATE" else "ROW"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {rule.condition} THEN "
        f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{rule.reason}'; END IF; "
        f"RETURN {result}; END $$",
        f"CREATE TRIGGER {name} BEFORE {rule.event} ON {rule.table} FOR EACH {each} EXECUTE FUNCTION {name}()",
    ]
