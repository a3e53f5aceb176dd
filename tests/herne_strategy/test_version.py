"""The program's version changes with every file that what it makes depends on."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from herne_strategy.version import NUMBER, program_version

pytestmark = pytest.mark.once

SAMPLES = [
    "editing/urls.py",
    "printing/pdf/blocks.typ",
    "strategy/text/rules.py",
    "templates/base.html",
    "static/css/paper.css",
    "locale/de/LC_MESSAGES/django.po",
    "requirements/run.txt",
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout with one file of each of these folders."""
    for name in (*SAMPLES, "editing/apps.py", "printing/apps.py", "strategy/apps.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(settings.BASE_DIR / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", SAMPLES)
def test_another_file_is_another_version(copy: Path, name: str):
    before = program_version(copy)

    (copy / name).write_text("anders")

    assert program_version(copy) != before
    assert before.startswith(f"{NUMBER}+")


def test_tests_and_documents_are_no_part_of_it(copy: Path):
    before = program_version(copy)

    (copy / "tests").mkdir()
    (copy / "tests" / "test_x.py").write_text("")
    (copy / "README.md").write_text("")

    assert program_version(copy) == before
