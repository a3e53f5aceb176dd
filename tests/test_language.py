"""German stands in the source only where docs/adr/0015 says so; everything else goes through gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

pytestmark = pytest.mark.once

GERMAN = re.compile(r"[äöüßÄÖÜ„]|\b(nicht|oder|eine?|wird|gibt|keine?|wurde)\b")
ENGLISH = re.compile(r"\b(the|is|not|of|and|a|was|example)\b", re.IGNORECASE)
# Each may say German in its source, and why.
ALLOWED = {
    "*/management/commands/*.py": "printed in a terminal",
    "herne_strategy/strategy_files/*.py": "files that are loaded in a terminal",
    "herne_strategy/personal_data/*.py": "texts of law, word for word in documents; printed in a terminal",
    "herne_strategy/redaction/*.py": "printed in a terminal, and kept in the note of an edition",
    "editing/help/sections.py": "headings of docs/redaktion.md",
    "editing/home/handover_page.py": "headings of docs/redaktion.md",
    "herne_strategy/roles.py": "names of groups, and docs/rollen.md",
    "strategy/editions/redaction/orders.py": "kept in the note of an edition",
    "strategy/text/pasting.py": "plain Python, no Django",
    "strategy/text/rules.py": "plain Python, no Django",
    "strategy/tree/*fields.py": "sentences of a field that files and tables share",
    "editing/tables/xlsx/writing.py": "names of styles, kept in a file",
    "council/actions.py": "kept in the seal",
    "council/amendments.py": "kept in the history",
    "council/consultations.py": "kept in an edition",
    "council/papers.py": "kept in an edition",
    "council/submitted_files.py": "kept on paper",
    "*/levels.py": "kept in an edition",
    "measures/models.py": "kept in an edition",
    "reporting/cost_sums.py": "kept in a status report",
    "reporting/report_data.py": "kept in a status report",
    "strategy/document/format_1.py": "what editions of format 1 said",
    "strategy/tree/kinds.py": "kept in an edition",
    "themes/models.py": "kept in an edition",
}


def texts(source: str) -> Iterator[str]:
    """The strings of a Python file that are no docstrings."""
    tree = ast.parse(source)
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def is_german(text: str) -> bool:
    return " " in text.strip() and bool(GERMAN.search(text)) and not ENGLISH.search(text)


def files() -> list[Path]:
    own = [
        Path(config.path)
        for config in apps.get_app_configs()
        if Path(config.path).parent == settings.BASE_DIR
    ]
    return [path for folder in own for path in folder.rglob("*.py") if "migrations" not in path.parts]


def is_allowed(path: Path) -> bool:
    return any(path.relative_to(settings.BASE_DIR).match(pattern) for pattern in ALLOWED)


def test_german_stands_in_the_source_only_where_it_may():
    found = {
        path.relative_to(settings.BASE_DIR).as_posix(): [
            text for text in texts(path.read_text()) if is_german(text)
        ]
        for path in files()
        if not is_allowed(path)
    }

    assert {name: sentences for name, sentences in found.items() if sentences} == {}


def test_commands_ask_no_catalogue():
    commands = [path for path in files() if path.match("*/management/commands/*.py")]

    assert [path.name for path in commands if "gettext" in path.read_text()] == []
    assert len(commands) > 10


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("Das wurde nicht gespeichert.", True),
        ("für alle", True),
        ("Please write “ja” or “nein” here.", False),
        ("approved with changes", False),
        ("größe", False),
    ],
)
def test_german_is_told_from_english(text: str, german: bool):
    assert is_german(text) is german
