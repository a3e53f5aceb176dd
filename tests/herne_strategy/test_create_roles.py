"""The groups of the roles, made and kept by command."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from herne_strategy.roles import ROLES

pytestmark = pytest.mark.django_db


def create() -> str:
    out = StringIO()
    call_command("create_roles", stdout=out)
    return out.getvalue()


def permissions(group: str) -> set[str]:
    found = Permission.objects.filter(group__name=group).values_list("content_type__app_label", "codename")
    return {".".join(names) for names in found}


def test_every_role_gets_exactly_its_permissions():
    create()

    assert {group.name for group in Group.objects.all()} == {role.name for role in ROLES}
    assert {role.name: permissions(role.name) for role in ROLES} == {
        role.name: set(role.permissions) for role in ROLES
    }


def test_second_run_changes_nothing():
    create()

    again = create()

    assert again.count("unverändert") == len(ROLES)


def test_changed_role_is_set_right_and_its_people_keep_it(django_user_model):
    create()
    group = Group.objects.get(name="Lesen")
    user = django_user_model.objects.create_user("lea")
    user.groups.add(group)
    group.permissions.add(Permission.objects.get(codename="publish_edition"))

    said = create()

    assert "Lesen: geändert" in said
    assert "strategy.publish_edition" not in permissions("Lesen")
    assert list(user.groups.all()) == [group]


def test_installation_of_before_gets_a_new_role():
    create()
    Group.objects.get(name="Delegierte").delete()

    said = create()

    assert "Delegierte: angelegt" in said
    assert "strategy.agree_node" in permissions("Delegierte")


def test_delegates_neither_change_nor_delete():
    create()

    writing = {each for each in permissions("Delegierte") if ".view_" not in each}

    assert writing == {"editing.add_remark", "strategy.agree_node", "strategy.propose_change"}


def test_other_group_is_left_alone():
    other = Group.objects.create(name="Praktikum")
    other.permissions.add(Permission.objects.get(codename="view_node"))

    create()

    assert permissions("Praktikum") == {"strategy.view_node"}


def test_only_the_coordination_publishes_and_gives_roles():
    may = {
        role.name
        for role in ROLES
        if {"strategy.publish_edition", "auth.change_user"} & set(role.permissions)
    }

    assert may == {"Koordinationsstelle"}
