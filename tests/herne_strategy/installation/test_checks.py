"""The checks of an installation."""

from pathlib import Path

import pytest

from herne_strategy.checks import check_translations, log_problems
from strategy.editions import triggers


def test_compiled_translations_pass() -> None:
    assert check_translations() == []


def test_missing_translations_are_an_error_that_says_what_to_run(tmp_path: Path, settings) -> None:
    folder = tmp_path / "locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    settings.BASE_DIR = tmp_path

    (error,) = check_translations()

    assert error.is_serious()
    assert "locale/de/LC_MESSAGES/django.po has not been compiled." in str(error)
    assert "build_assets" in str(error)


@pytest.mark.django_db
def test_server_that_starts_logs_each_missing_trigger(caplog: pytest.LogCaptureFixture) -> None:
    log_problems()
    before = list(caplog.messages)
    triggers.drop()

    log_problems()

    triggers_missing = triggers.missing()
    assert before == []
    assert "strategy_content_stays" in triggers_missing
    assert caplog.messages == [
        f"The trigger {name} is missing in database default. "
        "Run `manage.py migrate --skip-checks`: it creates all triggers."
        for name in triggers_missing
    ]
