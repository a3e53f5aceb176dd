"""One bare Debian for all tests of this folder; each works on a copy."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bare_machine import machine
from tests.bare_machine.machine import Machine


@pytest.fixture(scope="session")
def bare() -> Iterator[Path]:
    """The folder that is copied."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("A bare Debian is made by debootstrap, as root: apt-get install debootstrap")
    folder = Path(tempfile.mkdtemp(prefix="bare-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        yield machine.base(folder / "base")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def debian(bare: Path, request: pytest.FixtureRequest) -> Iterator[Machine]:
    """A machine of this test's own."""
    root = bare.with_name(request.node.name)
    subprocess.run(["cp", "-a", str(bare), str(root)], check=True)
    made = Machine(root)
    try:
        yield made
    finally:
        made.end()
        shutil.rmtree(root, ignore_errors=True)
        shutil.rmtree(made.data, ignore_errors=True)
