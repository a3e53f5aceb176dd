"""The triggers: no way into a frozen edition, on either database, and none that is missing unnoticed."""

import datetime
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import AlterField
from django.db.migrations.loader import MigrationLoader

from strategy import actions, triggers
from strategy.models import Edition, EditionContent
from strategy.validators import LineField
from tests.strategy.outline import plant

SEAL = {
    "paper_number": "2026/0100",
    "decided_by": "Rat der Stadt",
    "decided_on": datetime.date(2026, 3, 17),
    "result": "beschlossen",
}
NEVER_CHANGES = "The content of an edition never changes."
NEVER_DELETED = "An edition that was in consultation or adopted is never deleted."
is_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own statement")
is_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own statement")


def frozen(slug: str = "erste") -> Edition:
    plant("theme Bildung\n  guideline Lernen")
    return actions.freeze(slug=slug, title="Erste")


def sealed() -> Edition:
    return actions.set_state(frozen(), "consultation", **SEAL)


def rows() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Edition, EditionContent)]


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def assert_refused(reason: str, action) -> None:
    """The database refuses it with this reason, and nothing has changed."""
    before = rows()
    with pytest.raises(IntegrityError, match=reason), transaction.atomic():
        action()
        run("SELECT 1")
    assert rows() == before


def save_content(**values: object) -> None:
    content = EditionContent.objects.get()
    for name, value in values.items():
        setattr(content, name, value)
    content.save()


def changed() -> str:
    return EditionContent.objects.get().data.replace("Bildung", "Bilduny")


# One byte of the content, changed in every way there is.
CHANGES = {
    "save": lambda: save_content(data=changed()),
    "update": lambda: EditionContent.objects.update(data=changed()),
    "bulk_update": lambda: EditionContent.objects.bulk_update(
        [EditionContent(pk=each.pk, data=changed()) for each in EditionContent.objects.all()], ["data"]
    ),
    "update_or_create": lambda: EditionContent.objects.update_or_create(
        pk=EditionContent.objects.get().pk, defaults={"data": changed()}
    ),
    "raw SQL": lambda: run("UPDATE strategy_editioncontent SET data = %s", changed()),
    "raw SQL, digest too": lambda: run(
        "UPDATE strategy_editioncontent SET data = %s, digest = %s", changed(), "0" * 64
    ),
    "digest": lambda: run("UPDATE strategy_editioncontent SET digest = %s", "0" * 64),
    "format": lambda: run("UPDATE strategy_editioncontent SET format = 2"),
    "other edition": lambda: run("UPDATE strategy_editioncontent SET edition_id = edition_id + 1"),
    "upsert": lambda: run(
        "INSERT INTO strategy_editioncontent (edition_id, format, digest, data, is_sealed) "
        "SELECT edition_id, format, digest, %s, is_sealed FROM strategy_editioncontent WHERE true "
        "ON CONFLICT (edition_id) DO UPDATE SET data = excluded.data",
        changed(),
    ),
    "bulk_create over it": lambda: EditionContent.objects.bulk_create(
        [EditionContent(pk=EditionContent.objects.get().pk, format=1, digest="0" * 64, data=changed())],
        update_conflicts=True,
        unique_fields=["edition"],
        update_fields=["data"],
    ),
}
# SQLite deletes the row that a REPLACE stands in the way of without a DELETE trigger.
REPLACEMENTS = {
    "content": "REPLACE INTO strategy_editioncontent (edition_id, format, digest, data, is_sealed) "
    "SELECT edition_id, format, digest, 'x', is_sealed FROM strategy_editioncontent",
    "content, unsealed": "INSERT OR REPLACE INTO strategy_editioncontent (edition_id, format, digest, data, is_sealed) "
    "SELECT edition_id, format, digest, data, 0 FROM strategy_editioncontent",
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", CHANGES)
@pytest.mark.parametrize("make", [frozen, sealed])
def test_content_cannot_be_changed(make, way: str):
    make()

    assert_refused(NEVER_CHANGES, CHANGES[way])


@is_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("what", REPLACEMENTS)
def test_content_cannot_be_replaced(what: str):
    sealed()

    assert_refused(NEVER_CHANGES, lambda: run(REPLACEMENTS[what]))


@is_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("change", ["title = 'Andere'", "id = id + 1"])
def test_edition_cannot_be_replaced(change: str):
    sealed()
    column, value = change.split(" = ")
    names = [field.column for field in Edition._meta.concrete_fields]
    chosen = ", ".join(value if name == column else name for name in names)

    assert_refused(
        "never",
        lambda: run(
            f"REPLACE INTO strategy_edition ({', '.join(names)}) SELECT {chosen} FROM strategy_edition"
        ),
    )


@is_sqlite
@pytest.mark.django_db
def test_edition_cannot_take_the_place_of_another():
    first = sealed()
    second = actions.freeze(slug="zweite", title="Zweite")

    assert_refused(
        "never",
        lambda: run("UPDATE OR REPLACE strategy_edition SET id = %s WHERE id = %s", first.pk, second.pk),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"slug": "andere"},
        {"title": "Andere"},
        {"frozen_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
        {"has_sample": True},
        {"digest": "0" * 64},
    ],
)
def test_name_date_and_origin_of_an_edition_never_change(values: dict):
    frozen()

    assert_refused(
        "Address, title, date and origin of an edition never change", lambda: Edition.objects.update(**values)
    )


@pytest.mark.django_db
def test_edition_never_becomes_a_working_one_again():
    sealed()

    assert_refused("none becomes a working edition again", lambda: Edition.objects.update(state="working"))


@pytest.mark.django_db
def test_seal_is_never_taken_off():
    sealed()

    assert_refused(NEVER_CHANGES, lambda: EditionContent.objects.update(is_sealed=False))


@pytest.mark.django_db
def test_what_an_action_writes_is_accepted():
    edition = frozen()

    actions.publish(edition)
    Edition.objects.update(
        paper_number="2026/0100", withheld_on=datetime.date(2026, 1, 1), withheld_reason="x"
    )
    EditionContent.objects.update(is_sealed=True)
    Edition.objects.update(state="consultation")

    assert Edition.objects.get().paper_number == "2026/0100"


DELETIONS = {
    "content": lambda: EditionContent.objects.get().delete(),
    "contents": lambda: EditionContent.objects.all().delete(),
    "edition": lambda: Edition.objects.get().delete(),
    "editions": lambda: Edition.objects.all().delete(),
    "content, raw SQL": lambda: run("DELETE FROM strategy_editioncontent"),
    "edition, raw SQL": lambda: run("DELETE FROM strategy_edition"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", DELETIONS)
@pytest.mark.parametrize("state", ["consultation", "adopted", "superseded", "rejected"])
def test_edition_that_the_council_had_cannot_be_deleted(state: str, way: str):
    edition = sealed()
    for step in {"superseded": ["adopted", "superseded"], "consultation": []}.get(state, [state]):
        actions.set_state(edition, step)

    assert_refused(NEVER_DELETED, DELETIONS[way])


@pytest.mark.django_db
def test_working_edition_can_be_deleted():
    frozen().delete()

    assert rows() == [[], []]


@is_postgresql
@pytest.mark.parametrize("table", ["strategy_editioncontent", "strategy_edition"])
def test_sealed_content_cannot_be_truncated(unprotected: None, table: str):
    sealed()

    assert_refused(NEVER_DELETED, lambda: run(f"TRUNCATE {table} CASCADE"))


@is_postgresql
@pytest.mark.django_db(transaction=True)
def test_content_of_working_editions_can_be_truncated():
    frozen()

    run("TRUNCATE strategy_edition CASCADE")

    assert rows() == [[], []]


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
