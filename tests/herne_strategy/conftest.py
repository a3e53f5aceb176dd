"""Passwords that are quick to check, and files that are loaded as the commands load them."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from council.freeze_actions import freeze_with_paper
from strategy.editions.actions import publish
from strategy.editions.models import Edition
from tests.herne_strategy.sample_data import REAL, SAMPLE


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., str]:
    """Loads a text as a strategy file; returns what the command printed."""

    def loaded(text: str, *options: str) -> str:
        path = tmp_path / "datei.yaml"
        path.write_text(text, encoding="utf-8")
        out = StringIO()
        try:
            call_command("load_strategy", str(path), *options, stdout=out)
        except CommandError as error:
            error.printed = out.getvalue()
            raise
        return out.getvalue()

    return loaded


@pytest.fixture
def load_lists(load: Callable[..., str]) -> Callable[..., tuple[list[str], list[str]]]:
    """Loads a text as a strategy file. Returns what was printed, and the sentences that it ended with."""

    def loaded(text: str, *options: str) -> tuple[list[str], list[str]]:
        try:
            return load(text, *options).splitlines(), []
        except CommandError as error:
            return error.printed.splitlines(), str(error).splitlines()

    return loaded


@pytest.fixture
def real(tmp_path: Path) -> Edition:
    """A real strategy, frozen and published."""
    path = tmp_path / "echt.yaml"
    path.write_text(REAL, encoding="utf-8")
    call_command("load_strategy", str(path), stdout=StringIO())
    edition = freeze_with_paper()
    publish(edition)
    return edition


@pytest.fixture
def load_sample(tmp_path: Path, real: Edition) -> Callable[..., str]:
    """Loads a text as sample data beside the real strategy; returns what the command printed."""

    def loaded(text: str = SAMPLE) -> str:
        path = tmp_path / "probe.yaml"
        path.write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("load_sample", "--file", str(path), stdout=out)
        return out.getvalue()

    return loaded
