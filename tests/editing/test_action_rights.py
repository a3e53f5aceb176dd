"""Each action asks for the rights of whoever acts: it is refused without one of them, and done with all of them."""

import ast
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from measures.models import Department
from measures.progress import Progress
from strategy.editions.library import library
from strategy.editions.public_rows import write
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.action_table import ACTIONS, NOT_ASKED, NOT_WRITING, Action, Objects
from tests.editing.matrix_world import build
from tests.editing.people import person
from tests.factories import MeasureFactory, PowerlessUserFactory, StrategicGoalFactory, ThemeFactory
from tests.test_architecture import APPS, files

pytestmark = pytest.mark.django_db


def somebody_with(*permissions: str) -> User:
    """An account with these permissions and no other; the same one for the same permissions."""
    user, is_new = User.objects.get_or_create(username="+".join(sorted(permissions))[:150])
    if is_new:
        codenames = {permission.split(".")[1] for permission in permissions}
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def is_refused(action: Action, at: Objects, by: User) -> bool:
    """Whether this person may not. What is done is undone."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                action.call(at, by)
        except PermissionDenied:
            return True
        finally:
            library.forget()
            transaction.set_rollback(True)
    return False


def test_no_action_is_done_for_somebody_who_lacks_one_of_the_rights():
    at = Objects(build().own)
    everything = {permission for action in ACTIONS for permission in action.needs}

    people = {missing: without(missing, everything) for missing in everything}

    wrong = [
        (action.name, missing)
        for action in ACTIONS
        for missing in action.needs
        if not is_refused(action, at, User.objects.get(pk=people[missing].pk))
    ]

    assert wrong == []


def without(missing: str, everything: set[str]) -> User:
    user = PowerlessUserFactory(username=f"without {missing}")
    codenames = {permission.split(".")[1] for permission in everything - {missing}}
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def test_every_action_is_done_with_these_rights_alone():
    """It also proves that the refusals above are for the rights, not for a mistake in the calls."""
    at = Objects(build().own)

    wrong = [action.name for action in ACTIONS if is_refused(action, at, somebody_with(*action.needs))]

    assert wrong == []


def test_every_function_that_acts_for_somebody_is_in_the_table():
    """A new one gets a row in tests/editing/action_table.py."""
    known = {action.name for action in ACTIONS} | NOT_ASKED.keys() | NOT_WRITING

    acting = set(acting_functions())

    assert acting - known == set()
    assert known - acting - {"restore"} == set()


def acting_functions() -> Iterator[str]:
    """All public functions and methods with a `by`, and all functions of modules of actions."""
    for app in APPS:
        for name, tree in files(app):
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                    arguments = (*function.args.args, *function.args.kwonlyargs)
                    is_action = name.endswith("actions.py") and function in tree.body
                    if is_action or "by" in {each.arg for each in arguments}:
                        yield function.name


def test_one_may_be_refused_with_what_was_begun_undone():
    mine, theirs = ThemeFactory(), ThemeFactory()
    editor = person("Themenfeld-Redaktion", themes=[mine])
    goals = [StrategicGoalFactory(parent__parent=theme) for theme in (mine, theirs)]

    with pytest.raises(PermissionDenied), transaction.atomic():
        for goal in goals:
            node_actions.change(goal, content={"text": "Neu."}, by=editor)

    assert set(Node.objects.filter(kind="strategic_goal").values_list("text", flat=True)) == {""}


def test_in_ones_own_theme_the_actions_are_done_and_elsewhere_refused():
    mine, theirs = ThemeFactory(), ThemeFactory()
    editor = person("Themenfeld-Redaktion", themes=[mine])
    goal, foreign = (StrategicGoalFactory(parent__parent=theme) for theme in (mine, theirs))

    node_actions.change(goal, content={"text": "Neu."}, by=editor)
    refused = []
    for does in (
        lambda: node_actions.change(foreign, content={"text": "Neu."}, by=editor),
        lambda: node_actions.move(goal, target=foreign, pos="right", by=editor),
        lambda: node_actions.move(foreign, target=goal, pos="right", by=editor),
        lambda: node_actions.delete(mine, by=editor),
        lambda: node_actions.step(mine, "down", by=editor),
        lambda: node_actions.add(kind="theme", content={"title": "Neu"}, by=editor),
        lambda: node_actions.set_review(goal, "agreed", by=editor),
    ):
        with pytest.raises(PermissionDenied):
            does()
        refused.append(does)

    assert (len(refused), Node.objects.get(pk=goal.pk).text) == (7, "Neu.")


def test_whoever_may_delete_needs_no_right_to_change_what_names_it():
    theme, goal = ThemeFactory(), StrategicGoalFactory()
    goal.also_serves.add(theme)

    node_actions.delete(theme, by=somebody_with("strategy.delete_node"))

    assert list(goal.also_serves.all()) == []


def test_reports_are_written_for_measures_of_ones_own_department_alone():
    mine, theirs = (Department.objects.create(key=key, name=key) for key in ("mein", "fremd"))
    reporter = person("Fachbereich", departments=[mine])
    own, foreign = (MeasureFactory(lead=department) for department in (mine, theirs))

    write(save=[Progress(uid=own.uid, note="Läuft.")], by=reporter)
    with pytest.raises(PermissionDenied):
        write(save=[Progress(uid=foreign.uid, note="Läuft.")], by=reporter)

    assert [report.uid for report in Progress.objects.all()] == [own.uid]
