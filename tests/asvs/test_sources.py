"""What the portal's own code never does: run texts, start shells, unpack objects, take weak sums or guessed numbers."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

APPS = (
    "accounts",
    "council",
    "editing",
    "goals",
    "herne_strategy",
    "legal",
    "measures",
    "printing",
    "reporting",
    "strategy",
    "themes",
)
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_IMPORTS = {
    "pickle": "unpacks objects",
    "marshal": "unpacks objects",
    "shelve": "unpacks objects",
    "random": "is guessable",
    "telnetlib": "is not encrypted",
    "ftplib": "is not encrypted",
    "ldap": "asks a directory with texts",
    "ctypes": "is not safe with memory",
    "lxml": "resolves entities",
    "xml.etree": "resolves entities",
    "xml.dom": "resolves entities",
    "xml.sax": "resolves entities",
}
FORBIDDEN_ATTRIBUTES = {
    ("hashlib", "md5"),
    ("hashlib", "sha1"),
    ("hashlib", "new"),
    ("os", "system"),
    ("os", "popen"),
    ("yaml", "load"),
    ("yaml", "unsafe_load"),
    ("ssl", "_create_unverified_context"),
    ("ssl", "CERT_NONE"),
    ("uuid", "uuid1"),
}
ALONE = {  # what these modules may, and no other
    "subprocess": {"printing/pdf/making.py"},
    "cursor.execute": {
        "strategy/editions/triggers.py",
        "herne_strategy/personal_data/clearing.py",
        "herne_strategy/redaction/carrying_out.py",
    },
}
QUERIES = {"raw", "extra", "executemany", "RawSQL", "from_string", "Template"}
QUERIED_WITH = {"node", "field", "each"}  # a field's `raw` is a value of ours, no query
FORBIDDEN_ARGUMENTS = {"shell": True, "verify": False}
FORBIDDEN_IN_SCRIPTS = re.compile(
    r"\beval\(|new Function|document\.write|localStorage|sessionStorage|indexedDB|document\.cookie|postMessage"
    r"|Object\.assign|__proto__|outerHTML|insertAdjacentHTML|setTimeout\(['\"]"
)


@cache
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def faults(source: str) -> list[str]:
    """What a module does that none may, in words."""
    return [fault for node in ast.walk(_parsed(source)) for fault in _faults(node)]


def _faults(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            yield f"{node.func.id}()"
        for argument in node.keywords:
            value = argument.value.value if isinstance(argument.value, ast.Constant) else None
            if argument.arg in FORBIDDEN_ARGUMENTS and value is FORBIDDEN_ARGUMENTS[argument.arg]:
                yield f"{argument.arg}={value}"
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if (node.value.id, node.attr) in FORBIDDEN_ATTRIBUTES:
            yield f"{node.value.id}.{node.attr}"
    elif isinstance(node, ast.Import | ast.ImportFrom):
        named = [each.name for each in node.names]
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else named
        yield from (name for name in names for each in FORBIDDEN_IMPORTS if f"{name}.".startswith(f"{each}."))


def test_no_module_does_what_none_may() -> None:
    found = {path: said for path, source in _modules() if (said := faults(source))}

    assert len(_modules()) > 250
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "eval('1')",
        "import pickle",
        "from random import choice",
        "import xml.etree.ElementTree as tree",
        "import hashlib\nhashlib.md5(b'')",
        "import subprocess\nsubprocess.run('ls', shell=True)",
        "session.get(url, verify=False)",
        "import yaml\nyaml.load(text)",
    ],
)
def test_what_none_may_is_found(source: str) -> None:
    assert len(faults(source)) == 1


def test_programs_are_run_and_sql_is_written_where_it_is_known_alone() -> None:
    for what, where in ALONE.items():
        found = {
            path for path, source in _modules() if re.search(rf"^import {what}$|\b{what}\(", source, re.M)
        }
        assert found <= where, what
    assert [(path, said) for path, source in _modules() if (said := _queries(source))] == []


def _queries(source: str) -> list[str]:
    """Queries and templates that are made of texts."""
    calls = [node.func for node in ast.walk(_parsed(source)) if isinstance(node, ast.Call)]
    names = [func.id for func in calls if isinstance(func, ast.Name) and func.id in QUERIES]
    return names + [
        ast.unparse(func)
        for func in calls
        if isinstance(func, ast.Attribute)
        and func.attr in QUERIES
        and ast.unparse(func.value) not in QUERIED_WITH
    ]


def test_query_made_of_a_text_is_found() -> None:
    assert _queries("Node.objects.raw(text)\nRawSQL(text)\nengine.from_string(text)\nfield.raw(1)") == [
        "RawSQL",
        "Node.objects.raw",
        "engine.from_string",
    ]


def test_patterns_are_made_of_nothing_that_somebody_types() -> None:
    found = [
        (path, ast.unparse(node))
        for path, source in _modules()
        for node in ast.walk(_parsed(source))
        if _is_pattern(node) and not _is_ours(node.args[0])
    ]

    assert found == []


def _is_pattern(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr != "escape"
    )


def _is_ours(pattern: ast.expr) -> bool:
    """Whether a pattern holds nothing but what is written there, constants, and what `re.escape` made harmless."""
    if isinstance(pattern, ast.Call):
        made_by = ast.unparse(pattern.func)
        joined = pattern.args[0] if made_by.endswith(".join") else None
        escapes = made_by in ("re.escape", "_one_of")
        return escapes or bool(
            joined and (_is_ours(joined) or ast.unparse(joined).startswith("map(re.escape, "))
        )
    if isinstance(pattern, ast.Name):
        return pattern.id.isupper()
    parts = [each for each in ast.iter_child_nodes(pattern) if isinstance(each, ast.expr)]
    known = ast.Constant | ast.JoinedStr | ast.FormattedValue | ast.BinOp
    return isinstance(pattern, known) and all(map(_is_ours, parts))


@pytest.mark.parametrize(
    ("pattern", "is_ours"),
    [
        ("'a' + B", True),
        ("f'{A}{re.escape(text)}'", True),
        ("'|'.join(map(re.escape, words))", True),
        ("'|'.join(words)", False),
        ("text", False),
        ("f'{A}{text}'", False),
        ("text.strip()", False),
    ],
)
def test_pattern_of_what_somebody_types_is_found(pattern: str, is_ours: bool) -> None:
    assert _is_ours(ast.parse(pattern, mode="eval").body) is is_ours


def test_no_script_of_ours_runs_texts_or_keeps_anything_in_the_browser() -> None:
    scripts = {path: path.read_text() for path in _scripts()}

    assert len(scripts) >= 3
    assert {
        path.name: said for path, text in scripts.items() if (said := FORBIDDEN_IN_SCRIPTS.findall(text))
    } == {}


def test_html_is_set_by_a_script_where_the_server_has_cleaned_it_alone() -> None:
    lines = [
        line.strip() for path in _scripts() for line in path.read_text().splitlines() if "innerHTML" in line
    ]

    assert lines == ["box.innerHTML = response.ok ? await response.text() : text.dataset.failed;"]


def test_no_template_has_a_script_or_a_style_of_its_own() -> None:
    found = [
        str(path)
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if re.search(
            r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+=\"|\sstyle=\"|href=\"javascript:",
            path.read_text(),
        )
    ]

    assert found == []


@cache
def _modules() -> list[tuple[str, str]]:
    base = settings.BASE_DIR
    found = [path for app in APPS for path in (base / app).rglob("*.py") if "migrations" not in path.parts]
    return [(str(path.relative_to(base)), path.read_text()) for path in found]


def _scripts() -> list[Path]:
    return sorted((settings.BASE_DIR / "static" / "js").glob("*.js"))
