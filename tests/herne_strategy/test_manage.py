"""Commands over a database that they cannot work with say so in a sentence; other faults are not covered up."""

import sqlite3
from pathlib import Path

import pytest

from tests.herne_strategy.test_settings import DATABASE, PRODUCTION, run

pytestmark = pytest.mark.once
NOWHERE = "postgres://portal:geheim@127.0.0.1:1/portal"  # nothing listens there


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    for name in (
        "assets",
        "static",
    ):  # what build_assets and collectstatic make; without it there are warnings
        (tmp_path / name).mkdir()
    return {**PRODUCTION, "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3"}


@pytest.fixture
def demonstration(environment: dict[str, str]) -> dict[str, str]:
    """Nothing but a folder."""
    return {"DEMO": "1", "DATA_DIR": environment["DATA_DIR"]}


@pytest.mark.parametrize("command", [["migrate"], ["check", "--database", "default"]])
def test_database_that_does_not_answer_is_named_without_its_password(
    environment: dict[str, str], command: list[str]
) -> None:
    done = run({**environment, "DATABASE_URL": NOWHERE}, "manage.py", *command)

    assert done.returncode == 3
    assert done.stderr.startswith("Environment: DATABASE_URL leads to no database that can be opened (")
    assert done.stderr.endswith(f"); it must {DATABASE}.\n")
    assert done.stderr.count("\n") == 1
    assert "geheim" not in done.stderr


def test_folder_with_a_damaged_database_is_named(demonstration: dict[str, str]) -> None:
    folder = Path(demonstration["DATA_DIR"])
    (folder / "portal.sqlite3").write_text("Das ist keine Datenbank, sondern ein Satz. " * 20)

    done = run(demonstration, "manage.py", "check_tree")

    assert (done.returncode, done.stderr) == (
        3,
        f'Environment: DATA_DIR ("{folder}") leads to no database that can be opened (file is not a database); '
        "it must be a folder whose portal.sqlite3 is a database.\n",
    )


def test_database_without_tables_says_what_to_run(environment: dict[str, str]) -> None:
    done = run(environment, "manage.py", "check_tree")

    assert (done.returncode, done.stderr) == (
        3,
        "Environment: DATABASE_URL leads to a database without tables; `manage.py migrate` must make them first.\n",
    )


def test_fault_of_a_database_that_answers_is_shown_as_it_is(environment: dict[str, str]) -> None:
    with sqlite3.connect(Path(environment["DATA_DIR"]) / "portal.sqlite3") as database:
        database.execute("CREATE TABLE django_migrations (id)")

    done = run(environment, "manage.py", "check_tree")

    assert done.returncode == 1
    assert done.stderr.endswith("OperationalError: no such table: strategy_node\n")


def test_server_starts_over_a_database_that_does_not_answer_and_says_so(environment: dict[str, str]) -> None:
    done = run({**environment, "DATABASE_URL": NOWHERE}, "-c", "import herne_strategy.wsgi")

    assert done.returncode == 0
    assert done.stderr.startswith("DATABASE_URL leads to no database that can be opened (")
