"""`make run` looks whether its port is free before it does anything else."""

import socket
import subprocess

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from herne_strategy.management.commands.prepare_demo import check_port


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_taken_port_is_refused_in_a_sentence(listening: socket.socket) -> None:
    port = str(listening.getsockname()[1])

    with pytest.raises(CommandError) as refused:
        call_command("prepare_demo", port=port)

    assert (
        str(refused.value)
        == f"PORT {port} ist belegt oder gesperrt; einen anderen nimmt „PORT=8080 make run“."
    )


def test_free_port_passes(listening: socket.socket) -> None:
    port = str(listening.getsockname()[1])
    listening.close()

    assert check_port(port) is None


@pytest.mark.parametrize("port", ["abc", "", "-1", "0", "65536"])
def test_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("prepare_demo", port=port)

    assert str(refused.value) == f"PORT ist „{port}“, muss aber eine Zahl von 1 bis 65535 sein."


def test_make_run_asks_for_its_port_first() -> None:
    done = subprocess.run(
        ["make", "--dry-run", "run", "PORT=8123"], cwd=settings.BASE_DIR, capture_output=True, text=True
    )

    steps = [line for line in done.stdout.splitlines() if "8123" in line]
    assert steps[0].endswith('manage.py prepare_demo --port "8123"')
    assert "gunicorn" in "".join(steps[1:])
