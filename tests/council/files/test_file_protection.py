"""No way into a file that the council had, on either database, and none that is missing or changed unnoticed."""

import datetime
import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from council.auxiliary_files import NEVER_CHANGES, PROTECTION, STAYS, AuxiliaryFile
from strategy.editions import triggers
from strategy.editions.actions import set_state
from strategy.editions.integrity import damage
from strategy.editions.models import Edition
from tests.strategy.editions.test_trigger_checks import complaints, drop

pytestmark = pytest.mark.django_db
is_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own statement")
is_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own statement")


SAID = {
    "form": "langfassung",
    "name": "Anlage",
    "sha256": hashlib.sha256(b"%PDF").hexdigest(),
    "content": b"%PDF",
    "created_at": datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC),
}


@pytest.fixture
def file(edition: Edition) -> AuxiliaryFile:
    set_state(edition, "consultation", paper_number="2026/0100")
    edition.refresh_from_db()
    AuxiliaryFile.objects.create(**{**SAID, "edition": edition, "form": "kurzfassung"})
    return AuxiliaryFile.objects.create(**{**SAID, "edition": edition})


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def saved(file: AuxiliaryFile, **values: object) -> None:
    for name, value in values.items():
        setattr(file, name, value)
    file.save()


def copied(file: AuxiliaryFile) -> AuxiliaryFile:
    """Other bytes under the same edition and form."""
    return AuxiliaryFile(
        edition=file.edition,
        form=file.form,
        name="x",
        sha256="0" * 64,
        content=b"x",
        created_at=file.created_at,
    )


CHANGES = {
    "save": lambda file: saved(file, content=b"x"),
    "name": lambda file: saved(file, name="Andere"),
    "digest": lambda file: AuxiliaryFile.objects.update(sha256="0" * 64),
    "form": lambda file: AuxiliaryFile.objects.filter(pk=file.pk).update(form="anlage"),
    "raw SQL": lambda file: run("UPDATE council_auxiliaryfile SET content = %s", b"x"),
    "another over it": lambda file: copied(file).save(force_insert=True),
    "upsert": lambda file: AuxiliaryFile.objects.bulk_create(
        [copied(file)],
        update_conflicts=True,
        unique_fields=["edition", "form"],
        update_fields=["content"],
    ),
}
DELETIONS = {
    "row": lambda file: file.delete(),
    "all": lambda file: AuxiliaryFile.objects.all().delete(),
    "raw SQL": lambda file: run("DELETE FROM council_auxiliaryfile WHERE form = 'kurzfassung'"),
}


def assert_refused(reason: str, action) -> None:
    before = list(AuxiliaryFile.objects.order_by("pk").values())
    with pytest.raises(IntegrityError, match=reason), transaction.atomic():
        action()
    assert list(AuxiliaryFile.objects.order_by("pk").values()) == before
    assert len(before) == 2


@pytest.mark.parametrize("way", CHANGES)
def test_file_never_changes(file: AuxiliaryFile, way: str):
    assert_refused(NEVER_CHANGES, lambda: CHANGES[way](file))


@is_sqlite
def test_file_is_never_replaced(file: AuxiliaryFile):
    columns = [field.column for field in AuxiliaryFile._meta.concrete_fields]
    values = ", ".join("'x'" if name == "content" else name for name in columns)
    replace = f"REPLACE INTO council_auxiliaryfile ({', '.join(columns)}) SELECT {values} FROM council_auxiliaryfile"

    assert_refused(NEVER_CHANGES, lambda: run(replace))


@pytest.mark.parametrize("way", DELETIONS)
def test_file_is_never_deleted(file: AuxiliaryFile, way: str):
    assert_refused(STAYS, lambda: DELETIONS[way](file))


def test_edition_and_paper_are_not_deleted_with_it(file: AuxiliaryFile):
    with pytest.raises(ProtectedError):
        file.edition.delete()


@is_postgresql
def test_files_cannot_be_truncated(unprotected: None, file: AuxiliaryFile):
    for table in ("council_auxiliaryfile", "strategy_edition"):
        with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
            run(f"TRUNCATE {table} CASCADE")
    assert AuxiliaryFile.objects.count() == 2


@pytest.mark.parametrize("name", [name for name, rule in PROTECTION.items() if rule.event != "TRUNCATE"])
def test_trigger_that_is_missing_is_named(name: str):
    drop(name)

    assert complaints() == [f"The trigger {name} is missing in database default."]
    with pytest.raises(CommandError, match=name):
        call_command("verify_editions", stdout=StringIO())


def test_changed_file_is_found_by_verify_editions(file: AuxiliaryFile):
    assert damage(file.edition) == []
    triggers.drop()
    AuxiliaryFile.objects.filter(pk=file.pk).update(content=bytes(file.content) + b" ")
    triggers.create()
    out = StringIO()

    with pytest.raises(CommandError, match="Beschädigte Fassungen: entwurf"):
        call_command("verify_editions", stdout=out)

    assert "entwurf: Langfassung: Die Datei passt nicht zu ihrer Prüfsumme." in out.getvalue()
