"""The HTML of every kind of page is valid."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import programs
from tests.browser.kinds import KINDS, Kind
from tests.browser.portal import ROOT, Portal

pytestmark = [pytest.mark.browser, pytest.mark.node]

FOLDER = ROOT / "tests" / "html"
FAILED = ROOT / "templates" / "500.html"  # shown as it is


@pytest.fixture(scope="module")
def html_validate() -> list[str]:
    """How to call html-validate, which npm has installed as the lock file says."""
    npm = programs.npm()
    if not npm:
        pytest.skip(f"npm is not here: {programs.INSTALL['Node and npm']}")
    installed, lock = FOLDER / "node_modules" / ".package-lock.json", FOLDER / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        done = subprocess.run([npm, "ci"], cwd=FOLDER, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    program = FOLDER / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    return [shutil.which("node") or "node", str(program), "--config", str(FOLDER / ".htmlvalidate.mjs")]


@pytest.fixture(scope="module")
def findings(
    html_validate: list[str], portal: Portal, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What html-validate says of each page, by the page's name."""
    folder = tmp_path_factory.mktemp("html")
    shutil.copy(FAILED, folder / "failed.html")
    for kind in KINDS:
        (folder / f"{kind}.html").write_text(_html(portal, kind), encoding="utf-8")
    files = sorted(folder.glob("*.html"))
    report = folder / "report.json"
    done = subprocess.run(
        [*html_validate, "--formatter", f"json={report}", *map(str, files)], capture_output=True, text=True
    )
    assert report.exists(), done.stderr
    found: dict[str, list[str]] = {path.stem: [] for path in files}
    for result in json.loads(report.read_text(encoding="utf-8")):
        found[Path(result["filePath"]).stem] = [
            f"line {each['line']}: {each['message']} ({each['ruleId']})" for each in result["messages"]
        ]
    return found


@pytest.mark.parametrize("name", [*map(str, KINDS), "failed"])
def test_html_is_valid(findings: dict[str, list[str]], name: str) -> None:
    if findings[name]:
        pytest.fail("\n".join([name, *findings[name]]), pytrace=False)


def test_invalid_html_is_noticed(html_validate: list[str], tmp_path: Path) -> None:
    path = tmp_path / "wrong.html"
    path.write_text("<!doctype html><html lang=de><title>x</title><p><div id='a'></div><i id='a'></i></html>")

    done = subprocess.run([*html_validate, str(path)], capture_output=True, text=True)

    assert done.returncode == 1
    assert "no-dup-id" in done.stdout


def _html(portal: Portal, kind: Kind) -> str:
    answer = portal.send_form(kind.address, {}) if kind.sends_form else portal.get(kind.address)
    assert answer.status == kind.status
    return answer.text
