"""Makes the tables and an account, or tries to log in: so often with a wrong password, then with the right one.
Prints what was told each time. Run by test_login_limits.py, in a process of its own."""

import json
import os
import sys

import django


def prepare() -> list[str]:
    from django.core.management import call_command

    from tests.accounts.staff import staff

    call_command("migrate", verbosity=0)
    staff()
    return []


def attempts(count: int) -> list[str]:
    from django.test import Client

    from tests.accounts.staff import is_logged_in, log_in, text

    client = Client(SERVER_NAME="localhost")
    told = [_error(text(log_in(client, "anna", "falsch"))) for _number in range(count)]
    page = log_in(client)
    return [*told, "logged in" if is_logged_in(client) else _error(text(page))]


def _error(words: str) -> str:
    return words.partition("Fehler: ")[2].partition(".")[0]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    os.environ["DEBUG"] = "1"  # static files keep their plain names
    django.setup()
    print(json.dumps(attempts(int(sys.argv[1])) if sys.argv[1:] else prepare()))
