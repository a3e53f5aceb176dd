"""Rows that are public at once: written together or not at all, with the revision and what their app adds."""

import ast
from collections.abc import Sequence
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Model

from goals.models import SDG
from measures.models import Department
from measures.progress import Progress
from strategy.editions import public_rows
from strategy.editions.models import PublicState
from strategy.editions.public_rows import is_public, register, write
from tests.factories import DepartmentFactory, ProgressFactory, SDGFactory
from tests.test_architecture import APPS, files

pytestmark = pytest.mark.django_db


def revision() -> str:
    return PublicState.objects.values_list("revision", flat=True).first() or ""


def test_rows_are_saved_and_deleted_and_there_is_another_revision():
    old, new = DepartmentFactory(), Department(key="neu", name="Neu")

    write(save=[new, Progress(uid="00000000-0000-4000-8000-000000000001")], delete=[old])

    assert [each.name for each in Department.objects.all()] == ["Neu"]
    assert (Progress.objects.count(), len(revision())) == (1, 32)


def test_nothing_to_write_leaves_the_revision():
    write(save=[], delete=Department.objects.none())

    assert revision() == ""


def test_only_the_named_fields_are_written():
    department = DepartmentFactory(name="Amt")
    Department.objects.update(email="amt@herne.example")
    department.name = "Fachbereich"

    write(save=[department], fields=["name"])

    department.refresh_from_db()
    assert (department.name, department.email) == ("Fachbereich", "amt@herne.example")


def test_model_that_is_not_declared_is_not_written_here():
    sdg = SDGFactory(title="Bildung")
    sdg.title = "Anders"

    with pytest.raises(KeyError):
        write(save=[sdg])

    assert SDG.objects.get().title == "Bildung"
    assert not is_public(SDG)


def test_what_an_app_refuses_is_undone_as_a_whole(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(public_rows, "_public", dict(public_rows._public))
    given: list[Model] = []

    def refuse(rows: Sequence[Model]) -> None:
        given.extend(rows)
        raise ValidationError("So nicht.")

    register(Department, then=refuse)
    report, department = ProgressFactory(), Department(key="neu", name="Neu")

    with pytest.raises(ValidationError, match="So nicht"):
        write(save=[department], delete=[report])

    assert given == [report, department]
    assert (Department.objects.count(), Progress.objects.count(), revision()) == (0, 1, "")


def test_revision_is_raised_here_and_by_the_actions_of_editions_alone():
    raising = {
        name
        for app in APPS
        for name, tree in files(app)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "raise_revision"
    }

    assert raising == {
        "strategy/editions/actions.py",
        "strategy/editions/public_rows.py",
        "strategy/management/commands/renew_public_pages.py",  # after a restore
        "herne_strategy/redaction/carrying_out.py",  # the one that changes an edition's text
    }


def test_operator_can_have_all_pages_made_anew():
    seen = []
    for _ in range(2):
        call_command("renew_public_pages", stdout=StringIO())
        seen.append(revision())

    assert "" not in seen
    assert len(set(seen)) == 2
