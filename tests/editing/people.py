"""People of each role, for tests."""

from io import StringIO

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from editing.models import Responsibility


def person(role: str, *, themes=(), departments=(), name: str = "") -> User:
    """Somebody who has this role; for some roles with what they are responsible for."""
    if not Group.objects.filter(name=role).exists():
        call_command("create_roles", stdout=StringIO())
    user = User.objects.create_user(name or f"{role.lower()}-{User.objects.count()}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    if themes or departments:
        responsibility = Responsibility.objects.create(user=user)
        responsibility.themes.set(themes)
        responsibility.departments.set(departments)
    return user


def browser_of(user: User) -> Client:
    """A test client that is logged in."""
    client = Client()
    client.force_login(user)
    return client
