"""A trigger that is missing is named, a migration that drops one brings it back."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.migrations import AlterField
from django.db.migrations.loader import MigrationLoader

from strategy.editions import actions, triggers
from strategy.editions.models import Edition, EditionContent
from strategy.validators import LineField
from tests.strategy.editions.test_triggers import (
    CHANGES,
    DELETIONS,
    NEVER_CHANGES,
    NEVER_DELETED,
    assert_refused,
    frozen,
    is_postgresql,
    run,
    sealed,
)
from tests.strategy.own_database import own_database, report_of


def all_triggers() -> list[str]:
    triggers.drop()
    names = triggers.missing()
    triggers.create()
    return names


def drop(name: str) -> None:
    on = ""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE tgname = %s",
                [name],
            )
            on = f" ON {cursor.fetchone()[0]}"
    run(f"DROP TRIGGER {name}{on}")


def complaints() -> list[str]:
    return [error.msg for error in run_checks(databases=["default"]) if error.id == "strategy.E001"]


@pytest.mark.django_db
def test_check_names_each_trigger_that_is_missing():
    names = all_triggers()

    assert len(names) >= 6
    assert (triggers.missing(), complaints()) == ([], [])
    for name in names:
        drop(name)
        assert triggers.missing() == [name]
        assert complaints() == [f"The trigger {name} is missing in database default."]
        triggers.create()
    assert (triggers.missing(), complaints()) == ([], [])


@is_postgresql
@pytest.mark.django_db
def test_check_names_a_trigger_that_is_switched_off():
    run("ALTER TABLE strategy_editioncontent DISABLE TRIGGER strategy_content_stays")

    assert complaints() == ["The trigger strategy_content_stays is missing in database default."]


@pytest.mark.django_db
def test_verify_editions_names_a_trigger_that_is_missing():
    frozen()
    drop("strategy_content_never_changes")

    with pytest.raises(CommandError) as caught:
        call_command("verify_editions", stdout=StringIO())

    assert caught.value.returncode != 0
    assert "strategy_content_never_changes" in str(caught.value)
    assert "erste" not in str(caught.value)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["save", "update", "raw SQL"])
def test_without_triggers_verify_editions_names_the_edition_that_was_changed(way: str):
    frozen()
    actions.freeze(slug="zweite", title="Zweite")
    triggers.drop()
    EditionContent.objects.exclude(edition__slug="erste").delete()
    CHANGES[way]()
    actions.freeze(slug="dritte", title="Dritte")
    triggers.create()
    Edition.objects.filter(slug="zweite").delete()
    out = StringIO()

    with pytest.raises(CommandError) as caught:
        call_command("verify_editions", stdout=out)

    assert caught.value.returncode != 0
    assert str(caught.value) == "Beschädigte Fassungen: erste."
    assert "dritte: unverändert" in out.getvalue()


@pytest.mark.django_db
def test_verify_editions_is_content_with_what_is_untouched():
    frozen()
    out = StringIO()

    call_command("verify_editions", stdout=out)

    assert "Alle Fassungen sind unverändert." in out.getvalue()


def test_database_made_by_all_migrations_refuses_every_way(tmp_path: Path):
    with own_database(tmp_path) as url:
        said = report_of("tests.strategy.editions.migrated", url)

    assert said == {
        **dict.fromkeys(CHANGES, NEVER_CHANGES),
        **dict.fromkeys((f"delete {w}" for w in DELETIONS), NEVER_DELETED),
    }


def alter(field: models.Field, *, back: bool = False) -> None:
    """What a later migration may do with an edition's columns."""
    before = MigrationLoader(connection).project_state()
    after = before.clone()
    operation = AlterField("edition", "result", field)
    operation.state_forwards("strategy", after)
    with connection.schema_editor() as editor:
        if back:
            operation.database_backwards("strategy", editor, after, before)
        else:
            operation.database_forwards("strategy", editor, before, after)


def test_triggers_are_there_again_after_a_migration_that_remakes_the_table(unprotected: None):
    longer = LineField("result", max_length=150, blank=True)
    sealed()
    alter(longer)
    lost = triggers.missing()

    call_command("migrate", verbosity=0)

    assert bool(lost) == (connection.vendor == "sqlite")
    assert triggers.missing() == []
    assert_refused(NEVER_CHANGES, CHANGES["raw SQL"])
    assert_refused("never change", lambda: Edition.objects.update(title="Andere"))
    assert_refused(NEVER_DELETED, DELETIONS["edition"])
    alter(longer, back=True)
    call_command("migrate", verbosity=0)
    assert triggers.missing() == []
