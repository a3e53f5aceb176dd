"""Settings from the environment: what is missing or malformed is named, and production passes Django's check."""

import os
import subprocess
import sys

import pytest

PRODUCTION = {
    "DEMO": "0",
    "SECRET_KEY": "x7Kq2" * 12,
    "ALLOWED_HOSTS": "strategie.example.de",
    "PUBLIC_URL": "https://strategie.example.de",
    "EMAIL_URL": "smtp://localhost",
    "BARRIER_MAIL_TO": "barriere@example.de",
}


def check(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "manage.py", "check", *arguments]
    return subprocess.run(command, env={**kept, **environment}, capture_output=True, text=True, check=False)


def test_production_settings_pass_the_deployment_check() -> None:
    done = check(PRODUCTION, "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), (
        done.stderr
    )


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"DEMO"}))
def test_missing_variable_is_named(name: str) -> None:
    done = check({key: value for key, value in PRODUCTION.items() if key != name})

    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMO", "vielleicht"),
        ("DEBUG", "maybe"),
        ("DATABASE_URL", "nirgendwo"),
        ("PUBLIC_URL", "strategie.example.de"),
        ("PUBLIC_URL", "https://strategie.example.de/"),
        ("BEHIND_PROXY", "2"),
        ("DATA_LICENCE", "frei"),
    ],
)
def test_malformed_variable_is_named(name: str, value: str) -> None:
    done = check({**PRODUCTION, name: value})

    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
