"""What the services do works under what their units forbid."""

import ctypes.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from deploy.filling import fill
from deploy.stack.processes import answers, wait_for
from deploy.units import Unit
from printing.pdf.making import MEMORY
from printing.printout import long_form
from strategy.document.document import Document
from tests.printing.pdf.pdf_files import data_of, edition_of
from tests.printing.sample import small_strategy
from tests.stack.confined import allowed_calls

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not ctypes.util.find_library("seccomp"), reason="libseccomp2 is not here"),
]


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    (tmp_path / "env").touch()
    values = {"CHECKOUT": str(settings.BASE_DIR), "ENVIRONMENT": str(tmp_path / "env"), "DATA": str(tmp_path)}
    list(fill(tmp_path / "deploy", values))
    return tmp_path / "deploy/systemd/strategie-server@.service"


def confined(unit: Path, *command: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    whole = [sys.executable, "-m", "tests.stack.confined", str(unit), *command]
    return subprocess.run(whole, input=said, cwd=settings.BASE_DIR, capture_output=True)


def python(unit: Path, code: str) -> str:
    done = confined(unit, sys.executable, "-c", code)
    return (done.stdout + done.stderr).decode().strip().splitlines()[-1]


def test_pdf_is_set(unit: Path, tmp_path: Path):
    strategy = small_strategy()
    data = json.dumps(data_of(long_form(Document.from_data(strategy)), edition_of(strategy))).encode()
    target = tmp_path / "probe.pdf"

    done = confined(
        unit, sys.executable, "-m", "printing.pdf.compile", "strategy", str(target), str(MEMORY), said=data
    )

    assert done.returncode == 0, done.stderr.decode()
    assert target.read_bytes().startswith(b"%PDF-")


def test_server_answers(unit: Path, tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    (command,) = Unit.read(unit, "1").commands()
    command[command.index("--bind") + 1] = address
    command[command.index("herne_strategy.wsgi")] = "wsgiref.simple_server:demo_app"
    with (tmp_path / "log").open("wb") as log:
        whole = [sys.executable, "-m", "tests.stack.confined", str(unit), *command]
        server = subprocess.Popen(whole, cwd=settings.BASE_DIR, stdout=log, stderr=log)
    try:
        assert wait_for(lambda: answers(f"http://{address}/"), 20), (tmp_path / "log").read_text()
    finally:
        server.terminate()
    assert server.wait(20) == 0


def test_what_is_forbidden_is_refused(unit: Path):
    assert {"setrlimit", "setpriority"} < allowed_calls(["@system-service", "~@privileged"])
    assert "PermissionError" in python(unit, "import os; os.chown('/tmp', 0, 0)")
    assert "PermissionError" in python(unit, "import os; os.setgroups([])")
    assert "PermissionError" in python(
        unit, "import mmap; mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_only_the_data_folder_can_be_written_to(unit: Path, tmp_path: Path):
    write = "from pathlib import Path; Path({!r}).write_text('x'); print('written')"

    assert python(unit, write.format(str(tmp_path / "written"))) == "written"
    assert "Read-only file system" in python(unit, write.format(str(settings.BASE_DIR / "written")))
