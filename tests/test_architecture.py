"""What import-linter does not see: references by string, signals, imports for type checkers only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import django.contrib.auth.signals
import django.core.signals
import django.db.backends.signals
import django.db.models.signals
import django.test.signals
import pytest
import treebeard.mp_tree
from django.apps import apps
from django.conf import settings
from django.dispatch import Signal

# Each may know those before it.
APPS = [
    "strategy",
    "themes",
    "goals",
    "measures",
    "accounts",
    "legal",
    "printing",
    "council",
    "reporting",
    "editing",
    "herne_strategy",
]


def files(app: str) -> Iterator[tuple[str, ast.Module]]:
    """The app's Python files by name, parsed."""
    for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
        yield path.relative_to(settings.BASE_DIR).as_posix(), ast.parse(path.read_text())


def apps_above(app: str) -> list[str]:
    return APPS[APPS.index(app) + 1 :]


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Every import wherever it stands, as module and name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def strings(tree: ast.AST) -> Iterator[str]:
    return (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def names_by_app(tree: ast.AST) -> Iterator[str]:
    """Apps named in two parts: get_model("app", …) and a migration's dependency ("app", "0001_…")."""
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_model"):
            parts = node.args
        elif isinstance(node, ast.Tuple):
            parts = node.elts
        values = [part.value for part in parts if isinstance(part, ast.Constant)]
        if len(values) == len(parts) == 2:
            yield str(values[0])


def test_apps_are_all_that_there_are():
    found = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}

    assert found == set(APPS)


@pytest.mark.parametrize("app", APPS)
def test_no_import_points_up(app: str):
    found = [
        (name, module)
        for name, tree in files(app)
        for module, _ in imports(tree)
        if module.split(".")[0] in apps_above(app)
    ]

    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_no_string_points_up(app: str):
    upwards = re.compile(rf"(?:{'|'.join(apps_above(app)) or '(?!)'})(?:\.\w+)+")

    found = [(name, text) for name, tree in files(app) for text in strings(tree) if upwards.fullmatch(text)]
    found += [
        (name, each) for name, tree in files(app) for each in names_by_app(tree) if each in apps_above(app)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('models.ForeignKey("measures.Measure", on_delete=PROTECT)', True),
        ('import_module("council.models")', True),
        ('apps.get_model("measures", "Measure")', True),
        ('dependencies = [("council", "0001_initial")]', True),
        ('models.ForeignKey("strategy.Node", on_delete=PROTECT)', False),
        ('"measures of the council."', False),
    ],
)
def test_references_by_string_are_seen(tmp_path: Path, settings, code: str, is_found: bool):
    (tmp_path / "goals").mkdir()
    (tmp_path / "goals" / "models.py").write_text(code)
    settings.BASE_DIR = tmp_path

    if is_found:
        with pytest.raises(AssertionError):
            test_no_string_points_up("goals")
    else:
        test_no_string_points_up("goals")


@pytest.mark.parametrize(
    "code", ["from council.models import Paper", "if TYPE_CHECKING:\n    import council.models"]
)
def test_imports_for_type_checkers_and_in_functions_are_seen(tmp_path: Path, settings, code: str):
    (tmp_path / "goals").mkdir()
    (tmp_path / "goals" / "models.py").write_text("def function():\n    " + code.replace("\n", "\n    "))
    settings.BASE_DIR = tmp_path

    with pytest.raises(AssertionError):
        test_no_import_points_up("goals")


def test_only_signals_that_are_used_are_those_after_migrations_and_of_accounts():
    modules = ("django.dispatch", "signals")

    found = [
        (name, each)
        for app in APPS
        for name, tree in files(app)
        for module, each in imports(tree)
        if module.endswith(modules) or each == "signals"
    ]

    # Of our own models, none. Those of accounts tell the security log what no page of ours does (docs/adr/0019).
    assert [each for each in found if each[0] != "accounts/security_events.py"] == [
        ("strategy/apps.py", "post_migrate")
    ]


def test_only_receivers_make_the_triggers_and_tell_the_security_log():
    modules = [
        django.db.models.signals,
        django.db.backends.signals,
        django.core.signals,
        django.contrib.auth.signals,
        django.test.signals,
        treebeard.mp_tree,
    ]

    found = {
        (name, f"{receiver.__module__}.{receiver.__qualname__}")
        for module in modules
        for name, signal in vars(module).items()
        if isinstance(signal, Signal)
        for receiver in receivers(signal)
        if receiver.__module__.split(".")[0] in APPS
    }

    others = {each for each in found if not each[1].startswith("accounts.security_events.")}
    assert others == {("post_migrate", "strategy.apps.create_triggers")}
    assert len(found) > len(others)


def test_signals_of_models_are_listened_to_for_accounts_alone():
    heard = {
        model._meta.label
        for name in ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")
        for model in apps.get_models(include_auto_created=True)
        for receiver in getattr(django.db.models.signals, name)._live_receivers(model)[0]
        if receiver.__module__.split(".")[0] in APPS
    }

    assert heard == {
        "auth.User",
        "auth.User_groups",
        "auth.User_user_permissions",
        "auth.Group_permissions",
        "mfa.Authenticator",
        "accounts.SecondFactor",
        "socialaccount.SocialAccount",
        "accounts.DirectoryLink",
    }


def receivers(signal: Signal) -> Iterator:
    for _key, reference, *_ in signal.receivers:
        receiver = reference() if hasattr(reference, "__callback__") else reference
        if hasattr(receiver, "__qualname__"):
            yield receiver
