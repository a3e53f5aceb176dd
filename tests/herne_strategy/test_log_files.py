"""The security log in files: one a day, whichever processes write, kept for as long as the setting says."""

import datetime
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from herne_strategy.log_files import DailyFile
from tests.herne_strategy.test_settings import PRODUCTION, read, run

pytestmark = pytest.mark.once
TODAY = datetime.date.today()
WRITER = """
import logging, sys
from herne_strategy.log_files import DailyFile
handler = DailyFile(sys.argv[1], 90)
sys.stdin.readline()
for number in range(200):
    handler.emit(logging.makeLogRecord({"msg": f"{sys.argv[2]} {number}"}))
"""


def day(ago: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=ago)


def old_file(path: Path, ago: int, text: str = "früher\n") -> Path:
    """A file that was last written so many days ago."""
    path.write_text(text)
    then = time.mktime(day(ago).timetuple()) + 12 * 3600
    os.utime(path, (then, then))
    return path


def write(handler: DailyFile, line: str) -> None:
    handler.emit(logging.makeLogRecord({"msg": line}))
    handler.close()


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_yesterdays_lines_get_a_file_of_their_own_and_too_old_ones_go(tmp_path: Path) -> None:
    old_file(tmp_path / "security.log", ago=1)
    for ago in (89, 90, 91, 400):
        old_file(tmp_path / f"security-{day(ago)}.log", ago)
    old_file(tmp_path / "security-alt.log", 400)
    old_file(tmp_path / "anderes.log", 400)

    write(DailyFile(tmp_path / "security.log", days=90), "heute")

    assert files(tmp_path) == {
        "security.log": "heute\n",
        f"security-{day(1)}.log": "früher\n",
        f"security-{day(89)}.log": "früher\n",
        f"security-{day(90)}.log": "früher\n",
        "security-alt.log": "früher\n",
        "anderes.log": "früher\n",
    }


def test_too_old_lines_go_where_nothing_happens_any_more(tmp_path: Path) -> None:
    """Any command is enough: one runs every day."""
    old_file(tmp_path / "security.log", ago=8)
    environment = {**PRODUCTION, "SECURITY_LOG_DIR": str(tmp_path), "SECURITY_LOG_DAYS": "7"}

    done = run({**environment, "DATA_DIR": str(tmp_path / "daten")}, "manage.py", "version")

    assert done.returncode == 0, done.stderr
    assert [name for name in files_in(tmp_path) if name.startswith("security")] == []


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_server_that_runs_over_midnight_begins_a_new_file(tmp_path: Path) -> None:
    handler = DailyFile(tmp_path / "security.log", days=90)
    write(handler, "gestern")
    old_file(tmp_path / "security.log", 1, "gestern\n")
    handler._day = day(1)  # as if it had been written to yesterday

    write(handler, "heute")

    assert files(tmp_path) == {"security.log": "heute\n", f"security-{day(1)}.log": "gestern\n"}


def test_no_line_is_lost_or_torn_where_many_processes_write(tmp_path: Path) -> None:
    path = old_file(tmp_path / "security.log", ago=1)
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, text=True, cwd=settings.BASE_DIR)
        for name in "abc"
    ]

    for writer in writers:
        writer.communicate("los\n", timeout=60)

    assert (tmp_path / f"security-{day(1)}.log").read_text() == "früher\n"
    assert sorted(path.read_text().splitlines()) == sorted(
        f"{name} {number}" for name in "abc" for number in range(200)
    )


def test_line_that_cannot_be_written_goes_to_stderr_and_nothing_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "security.log").mkdir()

    write(DailyFile(tmp_path / "security.log", days=90), "event=login")

    assert "Is a directory" in capsys.readouterr().err.replace("\n", " ")


def test_lines_are_for_the_portal_and_its_group_alone(tmp_path: Path) -> None:
    write(DailyFile(tmp_path / "security.log", days=90), "heute")

    assert (tmp_path / "security.log").stat().st_mode & 0o777 == 0o640


def test_settings_say_where_it_goes(tmp_path: Path) -> None:
    folder = tmp_path / "protokoll"

    to_files = read(SECURITY_LOG_DIR=str(folder))["LOGGING"]["handlers"]["security"]
    to_stderr = read()["LOGGING"]["handlers"]["security"]

    assert to_files == {
        "class": "herne_strategy.log_files.DailyFile",
        "filename": f"{folder}/security.log",
        "days": 90,
    }
    assert folder.is_dir()
    assert to_stderr == {"class": "logging.StreamHandler"}
