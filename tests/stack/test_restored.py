"""An older backup takes the place of the database while everything runs: what is shown goes back with it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.stack.layout import CHECKOUT
from deploy.stack.processes import wait_for
from tests.stack.machine import Machine
from tests.stack.staff import Staff
from tests.stack.test_data_folder import publish_other
from tests.stack.traffic import faults, reading

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture
def run(machine: Machine, tmp_path: Path) -> Callable[..., str]:
    """deploy/backup or deploy/restore, with the settings of the stack."""
    owner = machine.layout.database_url("strategie_owner", machine.layout.secrets.owner)
    plain = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = {**plain, "BACKUP_DIR": str(tmp_path), "DATABASE_OWNER_URL": owner}

    def run(name: str, *arguments: str) -> str:
        command = [str(CHECKOUT / "deploy" / name), "--env", str(machine.layout.environment_file), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_restored_backup_is_shown_everywhere(
    machine: Machine, staff: Staff, run: Callable[..., str], tmp_path: Path
):
    then = publish_other(machine, staff)
    run("backup")
    (backup,) = tmp_path.glob("strategie-*.tar.gz")
    since = publish_other(machine, staff)
    for origin in ("", machine.server(1), machine.server(2)):
        assert wait_for(lambda origin=origin: since in machine.read("/", origin)[1], 20), origin

    with reading(machine) as seen:
        print(run("restore", "--replace", str(backup)))
        for origin in ("", machine.server(1), machine.server(2)):
            assert wait_for(lambda origin=origin: then in machine.read("/", origin)[1], 5), origin

    staff.cookies = Staff.logged_in(machine.layout).cookies
    print(seen)
    assert faults(machine, seen) == {}
    assert seen.read[200] > 0
