"""What a stack keeps for its next start, and what it says where it cannot start."""

import socket
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from deploy.stack import programs
from deploy.stack.__main__ import main
from deploy.stack.errors import StackError
from deploy.stack.layout import Layout, Ports, as_account, is_open
from deploy.stack.one_time_code import code
from deploy.stack.programs import Programs

pytestmark = pytest.mark.once


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_second_start_has_the_secrets_of_the_first(tmp_path: Path):
    first = Layout.prepared(tmp_path, free_port())
    second = Layout.prepared(tmp_path, free_port())

    assert second.secrets == first.secrets
    assert Layout.read(tmp_path) == second
    assert len(first.secrets.secret_key) >= 50


def test_secrets_are_for_one_alone(tmp_path: Path):
    Layout.prepared(tmp_path, free_port())

    assert (tmp_path / "stack.json").stat().st_mode & 0o777 == 0o600


def test_all_ports_are_free_and_different():
    ports = Ports.free(free_port())
    numbers = [ports.web, ports.database, ports.applications * 10 + 1, ports.applications * 10 + 2]

    for number in numbers:
        socket.create_server(("127.0.0.1", number)).close()
    assert len(set(numbers)) == 4


def test_taken_port_is_said_with_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(StackError, match=f"PORT {port} ist belegt oder gesperrt"):
            Ports.free(port)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stop", "app-3"], "NAME: postgres, app-1"),
        (["code"], "noch nichts gestartet"),
        (["fly"], "python -m deploy.stack"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
):
    monkeypatch.setenv("STACK_DIR", str(tmp_path))

    assert main(arguments) == 1
    assert said in capsys.readouterr().err


def test_port_that_is_no_number_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("STACK_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "acht")

    assert main(["run"]) == 1
    assert capsys.readouterr().err == "PORT ist „acht“, muss aber eine Zahl sein.\n"


def test_missing_programs_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("POSTGRESQL", "NGINX_MODULES"):
        monkeypatch.setattr(programs, name, tmp_path)
    monkeypatch.setattr(programs, "OUTSIDE_PATH", str(tmp_path))

    with pytest.raises(StackError) as error:
        Programs.found()

    assert str(error.value).splitlines() == [
        "Es fehlt der Server von PostgreSQL. Auf Debian: apt-get install postgresql",
        "Es fehlt nginx. Auf Debian: apt-get install nginx",
        "Es fehlt das Brotli-Modul von nginx. Auf Debian: apt-get install libnginx-mod-http-brotli-static",
    ]


def test_folder_below_a_closed_one_is_closed(tmp_path: Path):
    closed = tmp_path / "closed"
    (closed / "open").mkdir(parents=True)
    closed.chmod(0o700)

    assert is_open(Path("/usr/bin"))
    assert not is_open(closed / "open")
    assert not is_open(closed / "not yet there")


def test_account_is_changed_to_only_where_one_is_named():
    assert as_account("", ["postgres"]) == ["postgres"]
    assert as_account("daemon", ["postgres"])[-2:] == ["--", "postgres"]


def test_code_is_the_one_that_the_portal_expects():
    secret = "JBSWY3DPEHPK3PXP"

    assert code(secret, at=59) == format_hotp_value(hotp_value(secret, 1))
    assert code(secret, at=1_800_000_000) == format_hotp_value(hotp_value(secret, 60_000_000))
