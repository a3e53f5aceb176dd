"""Settings from the environment: what is missing or malformed is named, and production passes Django's check."""

import os
import runpy
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

PRODUCTION = {
    "DEMO": "0",
    "SECRET_KEY": "x7Kq2" * 12,
    "SECOND_FACTOR_KEYS": "x7Kq2x7Kq2x7Kq2x7Kq2x7Kq2x7Kq2x7Kq2x7Kq2x7Q=",
    "ALLOWED_HOSTS": "strategie.example.de",
    "PUBLIC_URL": "https://strategie.example.de",
    "DATABASE_URL": "sqlite:////nirgends/portal.sqlite3",
    "EMAIL_URL": "smtp://localhost",
    "DEFAULT_FROM_EMAIL": "portal@example.de",
    "BARRIER_MAIL_TO": "barriere@example.de",
    "BEHIND_PROXY": "1",
}
KEY = "be at least 50 characters that nobody can guess"
KEYS = "be what `openssl rand -base64 32` prints; where there are several, with commas between them, the newest first"
ORIGIN = 'be like "https://strategie.example.de", with nothing after the host but perhaps a port'
HOSTS = 'be host names like "strategie.example.de", with commas between them'
HOST_OF_ORIGIN = 'name the host of PUBLIC_URL too, "strategie.example.de"'
DATABASE = 'be like "postgres://user:password@host/name" or "sqlite:////folder/file"'
MAIL_SERVER = 'be like "submission://user:password@mail.example.de", "smtp://mail.example.de" or "console:"'
SENDER = 'be like "portal@example.de" or "Portal <portal@example.de>"'
REPORTS = 'be one mail address like "barrierefreiheit@example.de"'
CONTACT = (
    'be one mail address like "sicherheit@example.de", or an address like "https://example.de/sicherheit"'
)
DAYS = "be a number of days, 1 to 3650"
HOPS = "be the number of proxies, 0 to 9"
FOLDER = "be a folder that the portal may write to"


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command], env={**kept, **environment}, capture_output=True, text=True, timeout=60
    )


def check(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(environment, "manage.py", "check", *arguments)


def start(**changed: str | None) -> tuple[int, str]:
    """How reading the settings ends, and what it says. None takes a variable away."""
    with redirect_stderr(StringIO()) as said:
        try:
            read(**changed)
        except SystemExit as stopped:
            return int(str(stopped.code)), said.getvalue()
    return 0, said.getvalue()


def read(**changed: str | None) -> dict[str, Any]:
    """The settings that this environment makes. Those of the tests stay as they are."""
    environment = {name: value for name, value in {**PRODUCTION, **changed}.items() if value is not None}
    with patch.dict(os.environ, environment, clear=True):
        return runpy.run_path("herne_strategy/settings.py")


@pytest.mark.parametrize(
    ("name", "must"),
    [
        ("SECRET_KEY", KEY),
        ("SECOND_FACTOR_KEYS", KEYS),
        ("ALLOWED_HOSTS", HOSTS),
        ("PUBLIC_URL", ORIGIN),
        ("DATABASE_URL", DATABASE),
        ("EMAIL_URL", MAIL_SERVER),
        ("BARRIER_MAIL_TO", REPORTS),
    ],
)
def test_needed_variable_that_is_not_there_or_empty_is_named(name: str, must: str) -> None:
    assert start(**{name: None}) == (3, f"Environment: {name} is not set; it must {must}.\n")
    assert start(**{name: ""}) == (3, f"Environment: {name} is empty; it must {must}.\n")


@pytest.mark.parametrize(
    ("name", "must"),
    [
        ("DEFAULT_FROM_EMAIL", SENDER),
        ("DATA_DIR", FOLDER),
        ("DEMO", "be 1 or 0"),
    ],
)
def test_optional_variable_may_be_left_out_but_not_be_empty(name: str, must: str) -> None:
    assert start(**{name: ""}) == (3, f"Environment: {name} is empty; it must {must}.\n")


@pytest.mark.parametrize(
    ("name", "value", "must"),
    [
        ("DEMO", "vielleicht", "be 1 or 0"),
        ("DEBUG", "maybe", "be 1 or 0"),
        ("BEHIND_PROXY", "ja", HOPS),
        ("BEHIND_PROXY", "-1", HOPS),
        ("BEHIND_PROXY", "10", HOPS),
        ("SECURITY_LOG_DAYS", "0", DAYS),
        ("SECURITY_LOG_DAYS", "immer", DAYS),
        ("SECURITY_LOG_DIR", "/dev/null/protokoll", f"{FOLDER}, or empty"),
        ("PUBLIC_URL", "strategie.example.de", ORIGIN),
        ("PUBLIC_URL", "https://strategie.example.de/", ORIGIN),
        ("PUBLIC_URL", "https://strategie.example.de/pfad", ORIGIN),
        ("PUBLIC_URL", "https://strategie.example.de?x", ORIGIN),
        ("PUBLIC_URL", "https://strategie example", ORIGIN),
        ("PUBLIC_URL", "https://strategie.example.de:99999x", ORIGIN),
        ("PUBLIC_URL", "https://strategie.example.de:65536", ORIGIN),
        ("PUBLIC_URL", "ftp://strategie.example.de", ORIGIN),
        ("ALLOWED_HOSTS", "https://strategie.example.de", HOSTS),
        ("ALLOWED_HOSTS", "strategie.example.de:443", HOSTS),
        ("ALLOWED_HOSTS", "strategie.example.de www.example.de", HOSTS),
        ("ALLOWED_HOSTS", ",", HOSTS),
        ("ALLOWED_HOSTS", "www.example.de,example.de", HOST_OF_ORIGIN),
        ("BARRIER_MAIL_TO", "keine", REPORTS),
        ("BARRIER_MAIL_TO", "a@example.de,b@example.de", REPORTS),
        (
            "OPERATOR_MAIL_TO",
            "a@example.de,b@example.de",
            'be one mail address like "it@example.de", or empty',
        ),
        ("SECURITY_CONTACT", "keine", CONTACT),
        ("SECURITY_CONTACT", "http://example.de/sicherheit", CONTACT),
        ("DEFAULT_FROM_EMAIL", "keine", SENDER),
        ("DEFAULT_FROM_EMAIL", "Stadt, Amt <portal@example.de>", SENDER),
        ("DATA_LICENCE", "frei", 'be "dl-de/by-2-0", "dl-de/zero-2-0" or empty'),
    ],
)
def test_malformed_variable_is_shown(name: str, value: str, must: str) -> None:
    assert start(**{name: value}) == (3, f'Environment: {name} is "{value}"; it must {must}.\n')


@pytest.mark.parametrize(
    ("name", "value", "must"),
    [
        ("SECRET_KEY", "x7Kq2" * 9 + "x7Kq", KEY),
        ("SECRET_KEY", "nein" * 15, KEY),
        ("SECOND_FACTOR_KEYS", ",", KEYS),
        ("SECOND_FACTOR_KEYS", "geheim", KEYS),
        ("SECOND_FACTOR_KEYS", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB", KEYS),
        ("SECOND_FACTOR_KEYS", f"{PRODUCTION['SECOND_FACTOR_KEYS']},geheim", KEYS),
        ("DATABASE_URL", "geheim", DATABASE),
        ("DATABASE_URL", "mysql://user:geheim@localhost/name", DATABASE),
        ("DATABASE_URL", "postgres://", DATABASE),
        ("DATABASE_URL", f"postgres://user:geheim@localhost/{'n' * 64}", DATABASE),
        ("DATABASE_URL", "postgres://user:geheim@localhost:x/name", DATABASE),
        ("DATABASE_URL", "sqlite://", DATABASE),
        ("EMAIL_URL", "geheim", MAIL_SERVER),
        ("EMAIL_URL", "smtp:mail.example.de", MAIL_SERVER),
        ("EMAIL_URL", "submission://", MAIL_SERVER),
        ("EMAIL_URL", "file:///tmp/geheim", MAIL_SERVER),
    ],
)
def test_malformed_variable_with_a_password_is_not_shown(name: str, value: str, must: str) -> None:
    assert start(**{name: value}) == (3, f"Environment: {name} is malformed; it must {must}.\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "x7Kq2" * 10),
        ("PUBLIC_URL", "http://Strategie.example.de:65535"),
        ("ALLOWED_HOSTS", "www.example.de, strategie.example.de,"),
        ("ALLOWED_HOSTS", ".example.de"),
        ("DATABASE_URL", f"postgres:///{'n' * 63}"),
        ("EMAIL_URL", "submission://user:pass%40word@mail.example.de"),
        ("EMAIL_URL", "console:"),
        ("DEFAULT_FROM_EMAIL", "Stadt Müller <portal@example.de>"),
        ("DATA_LICENCE", ""),
        ("BEHIND_PROXY", "2"),
        ("SECURITY_LOG_DIR", ""),
        ("SECURITY_LOG_DAYS", "3650"),
    ],
)
def test_well_formed_variable_is_taken(name: str, value: str) -> None:
    assert start(**{name: value}) == (0, "")


def test_keys_are_taken_in_both_alphabets_of_base64_in_their_order() -> None:
    plain, for_addresses = f"{'+/v7' * 10}+/s=", f"{'-_v7' * 10}-_s="
    first = PRODUCTION["SECOND_FACTOR_KEYS"]

    for given in (plain, for_addresses):
        settings = read(SECOND_FACTOR_KEYS=f"{first}, {given}")
        assert settings["SECOND_FACTOR_KEYS"] == [first, for_addresses]


def test_folder_for_data_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "neu" / "100% #1"

    settings = read(DEMO="1", DATABASE_URL=None, DATA_DIR=str(folder))

    assert folder.is_dir()
    assert settings["DATABASES"]["default"]["NAME"] == f"{folder}/portal.sqlite3"


def test_file_is_no_folder_for_data(tmp_path: Path) -> None:
    file = tmp_path / "datei"
    file.touch()

    for path in (file, file / "darin"):
        assert start(DATA_DIR=str(path)) == (3, f'Environment: DATA_DIR is "{path}"; it must {FOLDER}.\n')


def serve(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return run(
        environment, "-m", "gunicorn", "herne_strategy.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"
    )


def test_server_stops_instead_of_trying_again_and_again() -> None:
    done = serve({**PRODUCTION, "EMAIL_URL": ""})

    assert done.returncode == 3
    assert done.stderr.count("Environment: EMAIL_URL is empty; it must be like") == 1


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"PUBLIC_URL": "https://strategie.example.de"}, "PUBLIC_URL begins with https"),
        ({"DATABASE_URL": "postgres://127.0.0.1:1/portal"}, "DATABASE_URL is PostgreSQL"),
    ],
)
def test_server_with_the_demonstrations_login_stops_where_it_looks_like_a_citys(
    tmp_path: Path, changed: dict[str, str], where: str
) -> None:
    demonstration = {"DEMO": "1", "DATA_DIR": str(tmp_path), "ALLOWED_HOSTS": "*", **changed}

    done = serve(demonstration)

    assert done.returncode == 3
    sentence = f'Environment: DEMO is "1"; it must be 0 where {where}: its login is known to everybody.\n'
    assert done.stderr.count(sentence) == 1
    assert check(demonstration).returncode == 0
