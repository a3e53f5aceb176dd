"""Promises that hold for the whole project, and that nobody would notice when they are broken."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands

# Django, and allauth for 429, look for these by name.
BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
CATALOGUE = "locale/de/LC_MESSAGES/django.po"


def own_apps() -> set[str]:
    return {config.name for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}


def templates() -> dict[str, Path]:
    """All templates by the name under which they are used."""
    folder = settings.BASE_DIR / "templates"
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def overridden() -> set[str]:
    """The names of templates that come with Django's and other people's apps."""
    folders = [
        Path(config.path) / "templates" for config in apps.get_app_configs() if config.name not in own_apps()
    ]
    return {
        path.relative_to(folder).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


def references() -> Iterator[tuple[str, str]]:
    """Every name of a template that stands in quotes in a Python file or a template, with who says it."""
    python = [path for app in own_apps() for path in (settings.BASE_DIR / app).rglob("*.py")]
    for path in [*templates().values(), *python]:
        for name in re.findall(r"""["']([\w/.-]+\.\w+)["']""", path.read_text()):
            yield (
                name,
                path.relative_to(
                    settings.BASE_DIR / "templates" if path not in python else settings.BASE_DIR
                ).as_posix(),
            )


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=out)

    assert out.getvalue().strip() in ("No changes detected", "Keine Änderungen erkannt")


def test_every_command_is_named_in_the_readme():
    commands = {name for name, app in get_commands().items() if app in own_apps()}
    readme = (settings.BASE_DIR / "README.md").read_text()

    missing = {name for name in commands if not re.search(rf"\b{name}\b", readme)}

    assert "load_strategy" in commands
    assert missing == set()


def test_every_template_is_used():
    said = {name for name, by in references() if name != by}

    unused = set(templates()) - said - overridden() - BY_DJANGO

    assert "base.html" in said
    assert unused == set()


def test_every_message_has_its_german():
    catalogue = polib.pofile(str(settings.BASE_DIR / CATALOGUE))

    unfinished = [
        entry.msgid for entry in catalogue if not entry.obsolete and (entry.fuzzy or not entry.translated())
    ]

    assert len(catalogue) > 100
    assert unfinished == []


def test_pictures_of_the_guide_are_all_there_and_all_used():
    guide = settings.BASE_DIR / "docs" / "redaktion.md"

    named = set(re.findall(r"\(bilder/([a-z-]+\.jpg)\)", guide.read_text()))

    assert named == {path.name for path in (settings.BASE_DIR / "docs" / "bilder").iterdir()}
    assert len(named) > 5


def test_what_the_makefile_runs_starts_by_itself():
    """Each in a process of its own, as make does: nothing has set Django up for it."""
    named = set(
        re.findall(
            r"-m ((?:tests|bench|deploy|procurement)[\w.]*)", (settings.BASE_DIR / "Makefile").read_text()
        )
    )
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    failed = {
        name: done.stderr[-300:]
        for name in named
        if (
            done := subprocess.run(
                [sys.executable, "-c", f"import {name}"],
                cwd=settings.BASE_DIR,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
        ).returncode
    }

    assert failed == {}
    assert {"bench.run", "procurement.write", "tests.browser.pictures", "tests.run"} <= named
