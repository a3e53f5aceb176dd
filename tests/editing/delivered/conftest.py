"""A portal without a strategy yet, with the departments, districts and SDGs that lists name."""

import pytest
from django.test import Client

from tests.editing.delivered.city import DEPARTMENTS
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, DistrictFactory, SDGFactory


@pytest.fixture
def city(db: None) -> None:
    for key, name in DEPARTMENTS.items():
        DepartmentFactory(key=key, name=name)
    for name in ("stadtweit", "Wanne", "Herne-Mitte", "Eickel", "Sodingen"):
        DistrictFactory(key=name.lower(), name=name)
    for number in range(1, 18):
        SDGFactory(number=number)


@pytest.fixture
def editor(city: None) -> Client:
    return browser_of(person("Koordinationsstelle", name="koordination"))
