"""Uses the portal over the database of DATABASE_URL as people and operators do. Run by test_roles.py."""

import json
import os
from io import StringIO
from typing import Any

import django

PASSWORD = "Kept-Password-1"


def main() -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from strategy.editions.checks import check_role, check_triggers

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

    said = StringIO()
    for command in (
        ["create_roles"],
        ["load_strategy", "fixtures/herne.yaml"],
        ["freeze_edition"],
        ["publish_edition", "plakat"],
        ["clearsessions"],
        ["verify_editions"],
        ["check_tree"],
    ):
        call_command(*command, stdout=said, verbosity=0)
    pages = in_the_administration()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM herne_strategy_cache")
        counted = cursor.fetchone()[0]
    problems = [str(each) for each in (*check_triggers(["default"]), *check_role(["default"]))]
    return {"said": said.getvalue(), "pages": pages, "counted": counted, "problems": problems}


def in_the_administration() -> dict[str, int]:
    """A failed login, which is counted in the database, a good one, a freeze, and readers' pages."""
    from django.contrib.auth.models import User
    from django.test import Client

    from strategy.editions.actions import freeze, publish

    person = User.objects.create_superuser("leitung", "leitung@herne.example", PASSWORD)
    publish(freeze(slug="zweite", by=person, title="Zweite"), by=person)
    client = Client(headers={"host": "127.0.0.1"})
    form = {"login": "leitung", "password": "wrong"}
    pages = {"wrong password": client.post("/verwaltung/konto/login/", form).status_code}
    form["password"] = PASSWORD
    pages["login"] = client.post("/verwaltung/konto/login/", form).status_code
    for address in ("/", "/massnahmen/", "/healthz/", "/bereit/", "/verwaltung/"):
        pages[address] = client.get(address).status_code
    return pages


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(main()))
