"""Whether readers can be sent to a server: what is wrong is said by /bereit/, by check --deploy and at the start."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from herne_strategy import readiness
from herne_strategy.checks import log_problems
from strategy.editions import triggers
from tests.published import publish

pytestmark = pytest.mark.django_db


def what_is_said(caplog: pytest.LogCaptureFixture) -> tuple[str, str, str]:
    """By the page, by the check, by the log of a server that starts."""
    caplog.clear()
    log_problems()
    out = StringIO()
    try:
        call_command(
            "check", "--deploy", "--database", "default", "--fail-level", "ERROR", stdout=out, stderr=out
        )
    except CommandError as error:
        out.write(str(error))
    answer = Client().get("/bereit/")
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    return answer.content.decode(), out.getvalue(), "\n".join(caplog.messages)


def assert_all_say(sentence: str, caplog: pytest.LogCaptureFixture) -> None:
    for text in what_is_said(caplog):
        assert re.search(sentence, text), text


def test_a_whole_installation_is_ready(caplog: pytest.LogCaptureFixture) -> None:
    publish("eins")

    assert Client().get("/bereit/").content == b"ready\n"
    log_problems()
    assert caplog.messages == []


def test_nothing_published_yet_is_ready() -> None:
    assert Client().get("/bereit/").content == b"ready\n"


def test_missing_trigger(caplog: pytest.LogCaptureFixture) -> None:
    triggers.drop()

    assert_all_say("The trigger strategy_content_stays is missing", caplog)


def test_migration_that_was_not_run(caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = %s", ["0010_consultation_considered"])

    assert_all_say(r"The database is older than the program: council\.0010_consultation_considered\.", caplog)


def test_page_that_cannot_be_made(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("eins")
    monkeypatch.setattr("herne_strategy.views.render", lambda *args, **kwargs: 1 / 0)

    assert_all_say(r"The start page cannot be made \(ZeroDivisionError", caplog)


def test_static_files_that_were_not_collected(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, settings, tmp_path
) -> None:
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    settings.STATIC_ROOT = tmp_path
    storage = CompressedManifestStaticFilesStorage(location=tmp_path)
    monkeypatch.setattr(readiness, "staticfiles_storage", storage)
    assert_all_say("All static files are missing", caplog)

    storage.hashed_files = {"css/base.css": "css/base.1234.css", "icon.svg": "icon.svg"}
    (tmp_path / "icon.svg").touch()
    assert_all_say("1 static files are missing", caplog)


def test_data_folder_that_cannot_be_written_to_is_a_warning(
    caplog: pytest.LogCaptureFixture, settings, tmp_path
) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "pdf").write_text("not a folder")

    assert Client().get("/bereit/").content == b"ready\n"
    log_problems()

    assert [message[:31] for message in caplog.messages] == ["No file can be made in DATA_DIR"]
