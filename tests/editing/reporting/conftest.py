"""Who works in a reporting round in the tests of this folder."""

import pytest
from django.test import Client

from tests.editing.people import browser_of, person
from tests.editing.reporting.rounds import City


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def reporter(city: City) -> Client:
    """The browser of Umut, who reports for Umwelt."""
    user = person("Fachbereich", departments=[city.green], name="umut")
    user.email = "umut@herne.example"
    user.save()
    return browser_of(user)


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle", name="kora"))
