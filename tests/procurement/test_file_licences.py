"""Every file says who owns it and under which licence it stands, and what isn't ours is not given away as ours."""

import json
import lzma
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings

pytestmark = pytest.mark.once

ROOT: Path = settings.BASE_DIR
BINARY = {
    ".gif",
    ".ico",
    ".jpg",
    ".otf",
    ".pdf",
    ".png",
    ".ttf",
    ".webp",
    ".woff",
    ".woff2",
    ".xlsx",
    ".xz",
    ".zip",
}
OURS_TOO = "EUPL-1.2"


@pytest.fixture(scope="module")
def lint() -> dict:
    """What `reuse lint` says, with the files as it sees them."""
    done = subprocess.run(
        [sys.executable, "-m", "reuse", "lint", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def licences(lint: dict) -> dict[str, set[str]]:
    """The licence expressions of each file."""
    return {
        file["path"]: {each["value"] for each in file["spdx_expressions"] if each["value"]}
        for file in lint["files"]
    }


def test_every_file_has_its_owner_and_its_licence(lint: dict):
    summary = lint["summary"]

    assert {name: found for name, found in lint["non_compliant"].items() if found} == {}
    assert summary["compliant"] is True
    assert (
        summary["files_with_copyright_info"]
        == summary["files_with_licensing_info"]
        == summary["files_total"]
        > 900
    )


def test_licence_at_the_root_is_the_one_among_the_licences():
    """A copy, because links are lost in a ZIP and on Windows."""
    assert (ROOT / "LICENSE").read_bytes() == (ROOT / "LICENSES" / "EUPL-1.2.txt").read_bytes()


def test_files_with_the_wording_of_the_city_name_it_as_owner(licences: dict[str, set[str]]):
    wording = _wording()

    quoting = {name for name in licences if any(each in _texts(ROOT / name) for each in wording)}

    assert {name for name in quoting if "LicenseRef-Stadt-Herne" not in " ".join(licences[name])} == set()
    assert {"fixtures/herne.yaml", "tests/upgrade/2026-11-30.archive.zip"} < quoting
    assert len(wording) > 10


def test_binary_files_have_an_entry_of_their_own(licences: dict[str, set[str]]):
    """What nobody can read in a review is not ours by a rule for everything."""
    taken_for_ours = {
        name for name, found in licences.items() if Path(name).suffix in BINARY and found == {OURS_TOO}
    }

    assert taken_for_ours == set()
    assert any(name.endswith(".zip") for name in licences)


def _wording() -> list[str]:
    """The guidelines, and the titles of goals that are long enough to be nobody else's."""
    nodes = list(_nodes(yaml.safe_load((ROOT / "fixtures/herne.yaml").read_text())["nodes"]))
    guidelines = [node["text"] for node in nodes if node["kind"] == "guideline"]
    goals = [node["title"] for node in nodes if node["kind"] == "strategic_goal"]
    return [*guidelines, *(title for title in goals if len(title) > 50)]


def _nodes(nodes: list[dict]) -> Iterator[dict]:
    for node in nodes:
        yield node
        yield from _nodes(node.get("children", []))


def _texts(path: Path) -> str:
    """What a file says; of a packed one, what it holds."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    content = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return content.decode(errors="replace")
