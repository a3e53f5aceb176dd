"""Database triggers that keep a frozen edition as it is, on SQLite and PostgreSQL.

The only raw SQL of the portal. `create` runs after every migration (strategy/apps.py); a system check and
`verify_editions` fail when one is missing.
"""

from django.db import DEFAULT_DB_ALIAS, connections

CONTENT = "strategy_editioncontent"
EDITION = "strategy_edition"

# name: (table, event, condition under which the event is refused, reason). No trigger of CONTENT names EDITION:
# SQLite could not remake the table of editions any more. REPLACE is an INSERT that deletes without DELETE.
_ROW_RULES = {
    "strategy_content_never_changes": (
        CONTENT,
        "UPDATE",
        "NEW.edition_id <> OLD.edition_id OR NEW.format <> OLD.format OR NEW.digest <> OLD.digest "
        "OR NEW.data <> OLD.data OR (OLD.is_sealed AND NOT NEW.is_sealed)",
        "The content of an edition never changes.",
    ),
    "strategy_content_is_never_replaced": (
        CONTENT,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {CONTENT} c WHERE c.edition_id = NEW.edition_id)",
        "The content of an edition never changes.",
    ),
    "strategy_content_stays": (
        CONTENT,
        "DELETE",
        "OLD.is_sealed",
        "An edition that was in consultation or adopted is never deleted.",
    ),
    "strategy_edition_keeps_its_name": (
        EDITION,
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.slug <> OLD.slug OR NEW.title <> OLD.title OR NEW.frozen_at <> OLD.frozen_at "
        "OR NEW.has_sample <> OLD.has_sample OR NEW.digest <> OLD.digest "
        "OR (OLD.state <> 'working' AND NEW.state = 'working')",
        "Address, title, date and origin of an edition never change, "
        "and none becomes a working edition again.",
    ),
    "strategy_edition_keeps_its_seal": (
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
    "strategy_edition_is_never_replaced": (
        EDITION,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {EDITION} e WHERE e.id = NEW.id OR e.slug = NEW.slug)",
        "An edition is never replaced by another.",
    ),
    "strategy_edition_stays": (
        EDITION,
        "DELETE",
        "OLD.state <> 'working'",
        "An edition that was in consultation or adopted is never deleted.",
    ),
}
_TRUNCATE = "strategy_content_no_truncate"


def create(using: str = DEFAULT_DB_ALIAS) -> None:
    """(Re)create all triggers."""
    drop(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, (table, event, condition, reason) in _ROW_RULES.items():
            make = _postgresql if connection.vendor == "postgresql" else _sqlite
            for statement in make(name, table, event, condition, reason):
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            for statement in _no_truncate():
                cursor.execute(statement)


def drop(using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop all triggers. For tests that clean up, and before making them anew."""
    connection = connections[using]
    tables = {name: rule[0] for name, rule in _ROW_RULES.items()}
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            for name in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name, table in {**tables, _TRUNCATE: CONTENT}.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of the triggers that should be there and are not, or are switched off."""
    connection = connections[using]
    names = set(_ROW_RULES)
    if connection.vendor == "postgresql":
        names.add(_TRUNCATE)
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(names - {row[0] for row in cursor.fetchall()})


def _sqlite(name: str, table: str, event: str, condition: str, reason: str) -> list[str]:
    return [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
    ]


def _postgresql(name: str, table: str, event: str, condition: str, reason: str) -> list[str]:
    keep = "OLD" if event == "DELETE" else "NEW"
    return [
        _function(name, condition, reason, keep),
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _function(name: str, condition: str, reason: str, result: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{reason}'; END IF; "
        f"RETURN {result}; END $$"
    )


def _no_truncate() -> list[str]:
    reason = _ROW_RULES["strategy_content_stays"][3]
    return [
        _function(_TRUNCATE, f"EXISTS (SELECT 1 FROM {CONTENT} WHERE is_sealed)", reason, "NULL"),
        f"CREATE TRIGGER {_TRUNCATE} BEFORE TRUNCATE ON {CONTENT} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION {_TRUNCATE}()",
    ]
