"""Takes a kept database through all migrations, and prints what differs afterwards. Run by test_upgrade.py."""

import json
import os
from decimal import Decimal
from io import StringIO
from typing import Any

import django

MAY_GROW = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}
Tables = dict[str, tuple[tuple[str, ...], set[tuple[str, ...]]]]


def main() -> dict[str, Any]:
    from django.core.management import call_command

    before = tables()
    rights = permissions_by_person()
    call_command("migrate", verbosity=0)
    after = tables()
    return {
        "differences": list(differences(before, after)),
        "rights": sorted(rights - permissions_by_person()),
        "log": [list(entry) for entry in log_entries()],
        "editions": editions(),
        "reports": reports(),
        "failing": failing_pages(),
        "attachment": attachment(),
        "reloaded": reloaded(),
    }


def tables() -> Tables:
    """The columns and the rows of every table, as text."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            columns = tuple(each[0] for each in cursor.description)
            found[name] = columns, {tuple(map(_as_text, row)) for row in cursor.fetchall()}
    return found


def _as_text(value: Any) -> str:
    """A number has no zeros at its end: PostgreSQL filled them up, until numbers were kept as they were typed."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)


def differences(before: Tables, after: Tables) -> Any:
    """What is not there any more, a sentence each. A content type may move to another app, with its id."""
    for name, (columns, rows) in before.items():
        if name not in after:
            yield f"{name} is gone"
            continue
        now_columns, now_rows = after[name]
        kept = [column for column in columns if (name, column) != ("django_content_type", "app_label")]
        if missing := set(kept) - set(now_columns):
            yield f"{name} has lost {sorted(missing)}"
            continue
        was, now = _only(columns, rows, kept), _only(now_columns, now_rows, kept)
        if lost := was - now:
            yield f"{name} has lost rows: {sorted(lost)[:2]}"
        if name not in MAY_GROW and (new := now - was):
            yield f"{name} has new rows: {sorted(new)[:2]}"


def _only(columns: tuple[str, ...], rows: set[tuple[str, ...]], kept: list[str]) -> set[tuple[str, ...]]:
    places = [columns.index(column) for column in kept]
    return {tuple(row[place] for place in places) for row in rows}


def permissions_by_person() -> set[str]:
    """Who has which permission, as the database says it: by codename, so that a model may move to another app."""
    from django.contrib.auth.models import User

    found = set()
    for user in User.objects.all():
        own = user.user_permissions.values_list("codename", flat=True)
        by_group = user.groups.values_list("permissions__codename", flat=True)
        found |= {f"{user.username} {codename}" for codename in {*own, *by_group}}
    return found


def log_entries() -> Any:
    """What the administration's log names: the class of the object must be known, and have it."""
    from django.contrib.admin.models import LogEntry

    for entry in LogEntry.objects.all():
        yield entry.content_type.model_class().__name__, str(entry.get_edited_object())


def editions() -> dict[str, str]:
    """The digest of every edition; all of them sound."""
    from django.core.management import call_command

    from strategy.editions.models import Edition

    call_command("verify_editions", stdout=StringIO())
    call_command("check_tree", stdout=StringIO())
    return dict(Edition.objects.order_by("pk").values_list("slug", "digest"))


def reports() -> list[list[str]]:
    """What is reported on measures now, and the reports that are kept: each state and note, of both in one order."""
    from measures.progress import Progress, Report

    rows = [model.objects.order_by("uid").values_list("state", "note") for model in (Progress, Report)]
    return [[f"{state} {note}".strip() for state, note in each if state or note] for each in rows]


def failing_pages() -> list[str]:
    """Addresses of the sitemap that don't answer."""
    import re

    from django.test import Client, override_settings

    files = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=files):
        client = Client(headers={"host": "127.0.0.1"})
        sitemap = client.get("/sitemap.xml").content.decode()
        addresses = re.findall(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>", sitemap)
        assert len(addresses) > 30
        return [address for address in addresses if client.get(address).status_code != 200]


def attachment() -> list[Any]:
    """Of an edition that an earlier program laid before the council: what its page says, and how its files answer."""
    from django.test import Client, override_settings

    files = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=files):
        client = Client(headers={"host": "127.0.0.1"})
        page = client.get("/fassungen/entwurf-2027/anlage/").content.decode()
        names = ["langfassung.pdf", "kurzfassung.pdf", "anlage.pdf"]
        answers = [client.get(f"/fassungen/entwurf-2027/{name}").status_code for name in names]
    return ["Für diese Fassung ist keine Datei aufbewahrt" in page, *answers]


def reloaded() -> str:
    """What the program's own file changes in this database."""
    from django.conf import settings
    from django.core.management import CommandError, call_command

    out = StringIO()
    try:
        call_command("load_strategy", settings.BASE_DIR / "fixtures" / "herne.yaml", dry_run=True, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(main()))
