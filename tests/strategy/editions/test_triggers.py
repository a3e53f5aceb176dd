"""The triggers: no way into a frozen edition, on either database, and none that is missing unnoticed."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from strategy.editions import actions
from strategy.editions.models import Edition, EditionContent
from tests.strategy.editions.frozen import SEAL
from tests.strategy.outline import plant

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


def run(sql: str, *values: str | int) -> None:
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
    "format": lambda: run("UPDATE strategy_editioncontent SET format = 1"),
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
    names = [str(field.column) for field in Edition._meta.concrete_fields]
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
