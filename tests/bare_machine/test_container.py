"""The steps of deploy/Containerfile, in a bare Debian, make what docs/betrieb/container.md starts: without rights, in a
file system that can only be read, up to the first published page.
"""

import json
import os
import re
import shlex
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.bare_machine.machine import ROOT, Machine

FILE = ROOT / "deploy" / "Containerfile"
GUIDE = ROOT / "docs" / "betrieb" / "container.md"
SETTINGS = {
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECRET_KEY": "nur-fuer-diesen-test-" * 4,
    "SECOND_FACTOR_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "DATABASE_URL": "sqlite:////var/lib/strategie/portal.sqlite3",
    "EMAIL_URL": "dummy:",
    "BARRIER_MAIL_TO": "barrierefreiheit@example.de",
}


@dataclass
class Image:
    """What the Containerfile says of the image, beside the steps that make it."""

    user: str = "root"
    folder: str = "/"
    environment: dict[str, str] = field(default_factory=dict)
    volumes: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)


def instructions() -> list[tuple[str, str]]:
    """Each instruction with its arguments, continued lines put together."""
    lines = re.sub(r"^#.*\n", "", FILE.read_text(), flags=re.M).replace("\\\n", " ").splitlines()
    pairs = [line.partition(" ") for line in lines if line.strip()]
    return [(name, arguments.strip()) for name, _space, arguments in pairs]


def documented_runs() -> list[list[str]]:
    """The arguments behind the image's name in each `podman run` of the guide, in order."""
    lines = GUIDE.read_text().replace("\\\n", " ").splitlines()
    runs = [shlex.split(line) for line in lines if line.startswith("    podman run")]
    return [words[len(words) - words[::-1].index("strategie") :] for words in runs]


def build(machine: Machine) -> Image:
    """Follow the file. Its base is the Debian that is there already."""
    image = Image()
    for name, arguments in instructions():
        match name:
            case "FROM":
                assert arguments == "debian:bookworm-slim"
            case "RUN":
                machine.run(arguments)
            case "COPY":
                copy(machine, *arguments.split())
            case "ENV":
                image.environment |= dict([arguments.split("=", 1)])
            case "USER":
                image.user = arguments
            case "WORKDIR":
                image.folder = arguments
            case "VOLUME":
                image.volumes.append(arguments)
            case "ENTRYPOINT":
                image.entrypoint = json.loads(arguments)
            case "EXPOSE" | "CMD":
                pass
            case _:
                pytest.fail(f"{name} is not known here")
    return image


def copy(machine: Machine, source: str, target: str) -> None:
    if source == ".":
        ignored = tuple((ROOT / ".containerignore").read_text().split())
        machine.copy_program(target, ignored=ignored)
    else:
        path = machine.root / target.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ROOT / source).read_bytes())


def test_the_file_holds_no_secret_and_ends_as_nobody_special() -> None:
    text = FILE.read_text()
    names = [name for name, _arguments in instructions()]

    assert not re.search(r"SECRET|PASSWORD|DATABASE_URL|_KEYS", text)
    assert names[-1] == "CMD"
    assert [arguments for name, arguments in instructions() if name == "USER"] == ["strategie"]
    assert names.index("USER") > max(at for at, name in enumerate(names) if name in ("RUN", "COPY"))


def test_the_guide_names_what_the_entrypoint_knows() -> None:
    known = set(re.findall(r"^  (\w+)\)$", (ROOT / "deploy" / "container").read_text(), re.M))
    commands = {path.stem for path in ROOT.glob("*/management/commands/*.py")}

    verbs = [words[0] for words in documented_runs()]

    assert verbs[0] == "prepare"
    assert verbs[-2:] == ["serve", "write"]
    assert set(verbs) - known <= commands


@pytest.mark.slow
def test_it_serves_the_first_published_page(debian: Machine) -> None:
    image = build(debian)
    debian.environment = {**SETTINGS, **image.environment}
    make_volume(debian, image.user)
    *once, serve, write = [
        f"cd {image.folder} && exec {shlex.join([*image.entrypoint, *words])}" for words in documented_runs()
    ]

    for script in once:
        debian.run(script, user=image.user, is_read_only=True)
    with (
        debian.running(serve, user=image.user, is_read_only=True),
        debian.running(write, user=image.user, is_read_only=True),
    ):
        page = wait_for("http://127.0.0.1:8000/")
        files = wait_for_file(debian.data / "site" / "current")

    assert "Herne" in page
    assert any(path.name == "index.html" for path in files.rglob("*.html"))
    assert not (debian.root / "var/lib/strategie/portal.sqlite3").exists()


def make_volume(machine: Machine, account: str) -> None:
    """An empty volume, which belongs to the image's account."""
    found = re.search(rf"^{account}:x:(\d+):(\d+):", (machine.root / "etc/passwd").read_text(), re.M)
    assert found
    machine.data.mkdir(mode=0o755)
    os.chown(machine.data, int(found[1]), int(found[2]))


def wait_for(address: str) -> str:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} does not answer")


def wait_for_file(path: Path) -> Path:
    for _ in range(120):
        if path.exists():
            return path
        time.sleep(0.5)
    raise AssertionError(f"{path} was not written")
