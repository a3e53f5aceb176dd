"""`check --deploy`: nothing to say of the settings of a city's server, and one thing for each that is wrong."""

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from herne_strategy.checks import log_problems
from strategy.editions import triggers
from tests.herne_strategy.test_settings import PRODUCTION, check, read

pytestmark = pytest.mark.django_db
READ = (
    "ALLOWED",
    "BEHIND",
    "CSRF",
    "DEBUG",
    "DEMO",
    "EMAIL",
    "DEFAULT_FROM",
    "PUBLIC",
    "SECRET",
    "SECURE",
    "SESSION",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With those that build_assets and collectstatic make."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "static").mkdir()
    return tmp_path


@pytest.mark.once
def test_production_settings_pass_the_deployment_check(folder: Path) -> None:
    environment = {
        **PRODUCTION,
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
    }

    done = check(environment, "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("System check identified no issues (")


@pytest.mark.parametrize(
    ("name", "value", "number", "sentence"),
    [
        ("DEMO", "1", "W001", "DEMO is on: everybody"),
        ("PUBLIC_URL", "http://strategie.example.de", "W002", "PUBLIC_URL begins with http:"),
        ("BEHIND_PROXY", "0", "W003", "BEHIND_PROXY is 0"),
        ("ALLOWED_HOSTS", "*", "W004", "ALLOWED_HOSTS has a *"),
        ("EMAIL_URL", "console:", "W005", "EMAIL_URL names no mail server"),
        ("EMAIL_URL", "smtp://mail.example.de", "W006", "without TLS"),
        ("DEFAULT_FROM_EMAIL", "Portal <portal@localhost>", "W007", "DEFAULT_FROM_EMAIL is at localhost"),
        ("DATABASE_URL", "postgres://db.example.de/portal", "W008", "DATABASE_URL names another machine"),
        (
            "DATABASE_URL",
            "postgres://db.example.de/portal?sslmode=prefer",
            "W008",
            "DATABASE_URL names another",
        ),
    ],
)
def test_each_wrong_setting_is_named_once(
    folder: Path, name: str, value: str, number: str, sentence: str
) -> None:
    (problem,) = problems(folder, **{name: value})

    assert problem.id == f"herne_strategy.{number}"
    assert sentence in problem.msg and problem.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://db.example.de/portal?sslmode=verify-full"),
        ("DATABASE_URL", "postgres://%2Fvar%2Frun%2Fpostgresql/portal"),
        ("DATABASE_URL", "postgres://127.0.0.1/portal"),
        ("EMAIL_URL", "submission://user:geheim@mail.example.de"),
        ("BEHIND_PROXY", "2"),
    ],
)
def test_right_settings_pass(folder: Path, name: str, value: str) -> None:
    assert problems(folder, **{name: value}) == []


def test_debug_mode_is_named_by_django(folder: Path) -> None:
    assert [problem.id for problem in problems(folder, DEBUG="1")] == ["security.W018"]


def test_server_that_starts_says_the_same(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(triggers, "can_be_evaded", lambda using: False)  # the tests' role owns its tables
    with production(folder, BEHIND_PROXY="0", DEFAULT_FROM_EMAIL="portal@localhost"):
        log_problems()

    assert [message.partition(":")[0] for message in caplog.messages] == [
        "PUBLIC_URL begins with https, but BEHIND_PROXY is 0",
        "DEFAULT_FROM_EMAIL is at localhost",
    ]


def production(folder: Path, **changed: str) -> override_settings:
    """The settings of this environment, as far as they are looked at without being used."""
    values = read(DATA_DIR=str(folder), **changed)
    taken = {name: value for name, value in values.items() if name.isupper() and name.startswith(READ)}
    return override_settings(**taken, STATIC_ROOT=values["STATIC_ROOT"])


def problems(folder: Path, **changed: str) -> list:
    with production(folder, **changed), pytest.MonkeyPatch.context() as patched:
        database = read(DATA_DIR=str(folder), **changed)["DATABASES"]["default"]
        patched.setattr("herne_strategy.deploy_checks.settings.DATABASES", {"default": database})
        found = run_checks(tags=["security"], include_deployment_checks=True)
        return [problem for problem in found if not problem.is_silenced()]
