"""The files of deploy/ are filled in whole, or not at all."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from deploy.filling import PARTS, UnknownName, defaults, fill, filled, main, read_values

pytestmark = pytest.mark.once


def test_every_name_gets_its_value():
    assert filled("user @USER@; # @system-service, root@host", {"USER": "strategie"}) == (
        "user strategie; # @system-service, root@host"
    )


def test_name_without_a_value_is_said():
    with pytest.raises(UnknownName, match="@OTHER@"):
        filled("@USER@ @OTHER@", {"USER": "strategie"})


def test_values_are_read_as_systemd_reads_them():
    assert read_values('# A comment\nA=1\nB="two words"\nC=a=b\n\n') == {
        "A": "1",
        "B": "two words",
        "C": "a=b",
    }


def test_every_file_is_filled_in_and_every_value_is_asked_for(tmp_path: Path):
    paths = list(fill(tmp_path, {"USER": "somebody"}))

    sources = [
        path for part in PARTS for path in (settings.BASE_DIR / "deploy" / part).rglob("*") if path.is_file()
    ]
    asked_for = {name for path in sources for name in re.findall(r"@([A-Z_]+)@", path.read_text())}
    assert len(paths) == len(sources) > 8
    assert asked_for == set(defaults())
    assert "User=somebody" in (tmp_path / "systemd/strategie-.service.d/haertung.conf").read_text()


def test_web_servers_log_is_kept_as_long_as_readers_are_told(tmp_path: Path):
    list(fill(tmp_path, {}))

    rules = (tmp_path / "logrotate/strategie").read_text()

    assert f"rotate {settings.LOG_DAYS}\n    maxage {settings.LOG_DAYS}\n" in rules
    assert re.search(
        r"^/var/log/nginx/[a-z]+/strategie\.log \{$", rules, re.MULTILINE
    )  # not in Debian's *.log


def test_value_that_no_file_asks_for_is_refused_before_anything_is_written(tmp_path: Path):
    with pytest.raises(UnknownName, match="USERS"):
        list(fill(tmp_path, {"USERS": "somebody"}))

    assert list(tmp_path.iterdir()) == []


def test_sysadmin_fills_in_without_the_portals_packages(tmp_path: Path):
    command = [sys.executable, "-S", "-m", "deploy.filling", str(tmp_path), "PORTS=900"]

    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)

    assert done.returncode == 0
    assert "127.0.0.1:900%i" in (tmp_path / "systemd/strategie-server@.service").read_text()


@pytest.mark.parametrize("wrong", ["PORTS", "ports=1", "UNKNOWN=1"])
def test_wrong_value_ends_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str):
    assert main(str(tmp_path), wrong) == 1
    assert capsys.readouterr().err.strip().endswith(".")
