"""Every public module, class and function of PACKAGES says what is true of it, in more words than its name."""

import ast
import importlib
import re
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.apps import AppConfig
from django.conf import settings
from django.core.management.base import BaseCommand
from django.forms import BaseForm

pytestmark = pytest.mark.once

PACKAGES = (
    "accounts",
    "council",
    "deploy",
    "editing",
    "goals",
    "herne_strategy",
    "legal",
    "measures",
    "printing",
    "procurement",
    "reporting",
    "strategy",
    "themes",
)

FRAMEWORK_CLASSES = (AppConfig, BaseCommand)  # `verbose_name` and `help` say what these are
INNER_CLASSES = {"Meta", "Media"}
BY_NAME = {"get_absolute_url"}  # Django looks for it, though no class of Django has it
EMPTY = {"a", "an", "the", "of", "by", "for", "in", "to", "and", "or", "this", "its", "is", "are"} | {
    "return",
    "manage",
    "py",
}

Definition = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def gaps(tree: ast.Module, module: ModuleType) -> Iterator[str]:
    """The names of what has no docstring, or one that repeats the name."""
    if tree.body and not _is_said(tree, module.__name__.rpartition(".")[2]):
        yield "(module)"
    yield from _gaps_within(tree, module, "")


def _gaps_within(parent: ast.Module | ast.ClassDef, owner: ModuleType | type, prefix: str) -> Iterator[str]:
    for node in parent.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        name = f"{prefix}{node.name}"
        if node.name.startswith("_") or _is_exempt(node.name, owner):
            continue
        if not _says_otherwise(getattr(owner, node.name)) and not _is_said(node, name):
            yield name
        if isinstance(node, ast.ClassDef):
            yield from _gaps_within(node, getattr(owner, node.name), f"{name}.")


def _is_exempt(name: str, owner: ModuleType | type) -> bool:
    """Whether somebody else says what this is for: the framework, or the method that it overrides."""
    if isinstance(owner, ModuleType):
        return False
    is_hook = issubclass(owner, BaseForm) and name.startswith("clean_")
    return name in INNER_CLASSES | BY_NAME or is_hook or _is_override(name, owner)


def _is_override(name: str, owner: type) -> bool:
    """Whether a base class has it: one from outside, or one of ours whose docstring holds here too."""
    bases = [base for base in owner.__mro__[1:] if name in vars(base)]
    return any(not _is_ours(base) or vars(base)[name].__doc__ for base in bases)


def _is_ours(cls: type) -> bool:
    return (settings.BASE_DIR / cls.__module__.partition(".")[0]).is_dir()


def _says_otherwise(defined: object) -> bool:
    """Whether it says what it is in words for people: an app, a command, a column of the administration."""
    is_theirs = isinstance(defined, type) and issubclass(defined, FRAMEWORK_CLASSES)
    return is_theirs or hasattr(defined, "short_description")


def _is_said(node: Definition, name: str) -> bool:
    """Whether there is a docstring with a word that is not in the name."""
    return bool(_words(ast.get_docstring(node) or "") - _words(name) - EMPTY)


def _words(text: str) -> set[str]:
    """The words of a text or a name, small and without the "s" of a plural or a verb."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text)
    return {word.casefold().removesuffix("s") for word in re.findall(r"\w+", apart)}


def _sources() -> Iterator[tuple[str, ast.Module]]:
    """The modules of the packages by name, but for migrations."""
    for package in PACKAGES:
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            if "migrations" not in path.parts and path.name != "wsgi.py":  # importing that starts the portal
                parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
                yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text())


SAMPLE = '''
"""Samples of what is said of classes and functions."""

from django import forms

def silent(): pass
def numbers_of_people():
    """The numbers of the people."""
def counted():
    """How many there are; 0 where nobody is asked."""
def _private(): pass

class Bare:
    def method(self): pass
    @property
    def size(self): pass
    def __str__(self): pass

class Documented:
    """One that says for its heirs, too, what `size` is."""
    def size(self):
        """In bytes."""

class Heir(Documented):
    """Has a size of its own."""
    def size(self): pass

class Form(forms.ModelForm):
    """Asks for little."""
    class Meta: pass
    def clean(self): pass
    def clean_name(self): pass
    def as_row(self): pass
'''


def test_gaps_are_what_nothing_is_said_of_and_what_repeats_its_name():
    module = ModuleType("tests.samples")
    exec(SAMPLE, vars(module))

    assert list(gaps(ast.parse(SAMPLE), module)) == [
        "silent",
        "numbers_of_people",
        "Bare",
        "Bare.method",
        "Bare.size",
        "Form.as_row",
    ]


def test_module_without_a_docstring_is_a_gap_unless_it_is_empty():
    module = ModuleType("tests.samples")

    assert list(gaps(ast.parse('"""The samples."""\nNAME = 1'), module)) == ["(module)"]
    assert list(gaps(ast.parse("NAME = 1"), module)) == ["(module)"]
    assert list(gaps(ast.parse(""), module)) == []


def test_everything_public_has_a_docstring_that_says_more_than_its_name():
    found = [
        f"{name}: {gap}" for name, tree in _sources() for gap in gaps(tree, importlib.import_module(name))
    ]

    assert found == []
