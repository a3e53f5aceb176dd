"""Who works on the strategy in most tests of this folder."""

import pytest
from django.test import Client

from tests.editing.people import browser_of, person


@pytest.fixture
def editor() -> Client:
    """The browser of Erika, who edits the whole tree."""
    return browser_of(person("Steuerungsgruppe", name="Erika"))
