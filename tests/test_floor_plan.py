"""The floor plan: no folder is too wide, packages say what lives there, models come from where they are defined."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.test_architecture import APPS

pytestmark = pytest.mark.once

WIDEST = 20  # modules side by side, in any folder
# Lists of models that only Django reads.
FACADES = {"strategy.models", "council.models"}


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (
            path for path in (settings.BASE_DIR / folder).rglob("*.py") if "migrations" not in path.parts
        )


def test_no_folder_is_wider_than_a_newcomer_can_read():
    widths = Counter(
        path.parent.relative_to(settings.BASE_DIR).as_posix()
        for path in python_files(*APPS, "bench", "procurement", "tests")
        if path.name != "__init__.py"
    )

    assert {folder: width for folder, width in widths.items() if width > WIDEST} == {}
    assert widths["strategy/tree"] > 5


def test_every_package_says_in_its_first_line_what_lives_there():
    packages = [
        path
        for path in python_files(*APPS)
        if path.name == "__init__.py" and not {"management", "templatetags"} & set(path.parts)
    ]

    silent = [path.parent.name for path in packages if not ast.get_docstring(ast.parse(path.read_text()))]

    assert silent == []
    assert len(packages) > 20


def test_models_are_imported_from_the_module_that_defines_them():
    found = [
        path.relative_to(settings.BASE_DIR).as_posix()
        for path in python_files(*APPS, "bench", "tests")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module in FACADES
    ]

    assert found == []
