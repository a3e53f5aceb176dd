"""The units of systemd are right, hardened, and start what there is."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from deploy.filling import fill
from deploy.units import Unit

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(
        not shutil.which("systemd-analyze"), reason="systemd is not here: apt-get install systemd"
    ),
]

EXPOSURE = 15  # tenths; systemd calls up to 19 "OK"
WITHOUT_FAILURE_UNIT = {
    "strategie-server@.service",
    "strategie-schreiber.service",
    "strategie-stoerung@.service",
}


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units with the paths of this checkout."""
    folder = tmp_path_factory.mktemp("deploy")
    environment = folder / "strategie.env"
    environment.write_text("SECRET_KEY=x\n")
    values = {"CHECKOUT": str(settings.BASE_DIR), "ENVIRONMENT": str(environment), "DATA": str(folder)}
    list(fill(folder, values))
    return folder / "systemd"


def verify(*paths: Path) -> str:
    command = ["systemd-analyze", "verify", "--man=no", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr


def names(folder: Path, ending: str) -> list[Path]:
    return sorted(folder.glob(f"strategie-*.{ending}"))


def test_systemd_finds_nothing_wrong(units: Path):
    assert verify(*names(units, "service"), *names(units, "timer")) == ""


def test_something_wrong_would_be_found(units: Path, tmp_path: Path):
    text = (units / "strategie-mail.service").read_text().replace("MemoryMax=", "MemoryMost=")
    (tmp_path / "strategie-mail.service").write_text(text.replace("/.venv/", "/nothing/"))

    said = verify(tmp_path / "strategie-mail.service")

    assert "MemoryMost" in said
    assert "/nothing/bin/python is not executable" in said


def test_services_are_hardened(units: Path):
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager"]

    exposed = {
        path.name: done.stdout.splitlines()[-1:]
        for path in names(units, "service")
        if (done := subprocess.run([*command, path], capture_output=True, text=True)).returncode
    }

    assert exposed == {}
    assert len(names(units, "service")) >= 6


def test_service_without_the_hardening_would_be_found(units: Path, tmp_path: Path):
    shutil.copy(units / "strategie-mail.service", tmp_path / "strategie-mail.service")
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", "--no-pager"]

    assert subprocess.run([*command, tmp_path / "strategie-mail.service"], capture_output=True).returncode


def test_every_command_exists(units: Path):
    commands = [command for path in names(units, "service") for command in Unit.read(path, "1").commands()]

    managed = [command[2] for command in commands if command[1:2] == ["manage.py"]]

    assert {command[0] for command in commands if not Path(command[0]).exists()} == set()
    assert set(managed) - set(get_commands()) == set()
    assert len(managed) >= 5


def test_every_task_has_its_time_and_tells_of_its_failure(units: Path):
    tasks = {path.name for path in names(units, "service")} - WITHOUT_FAILURE_UNIT

    silent = {name for name in tasks if Unit.read(units / name).values("OnFailure", "Unit") == []}

    assert {f"{path.stem}.service" for path in names(units, "timer")} == tasks
    assert silent == set()


def test_times_of_tasks_can_be_read_and_do_not_meet(units: Path):
    times = [time for path in names(units, "timer") for time in Unit.read(path).values("OnCalendar", "Timer")]

    read = subprocess.run(["systemd-analyze", "calendar", *times], capture_output=True, text=True)

    assert read.returncode == 0, read.stderr
    assert len(set(times)) == len(times) >= 3


def test_unit_is_read_with_its_drop_in(units: Path):
    server = Unit.read(units / "strategie-server@.service", "2")

    assert server.value("NoNewPrivileges") == "yes"
    assert server.environment()["SECRET_KEY"] == "x"
    assert server.environment()["DATA_DIR"] == str(units.parent)
    assert "127.0.0.1:8002" in server.commands()[0]
