"""The portal with staff that the tests of pages and forms share. Each leaves alone what the others look at."""

from collections.abc import Iterator

import pytest

from tests.browser import portal as portals
from tests.browser.portal import Portal
from tests.browser.staff.office import OFFICE


@pytest.fixture(scope="package")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portals.running(tmp_path_factory.mktemp("office"), OFFICE) as portal:
        yield portal
