"""One stack for all tests of a process that ask for it: its start takes half a minute."""

from collections.abc import Iterator

import pytest

from deploy.stack.errors import StackError
from deploy.stack.programs import Programs
from tests.stack.machine import Machine, running
from tests.stack.staff import Staff


@pytest.fixture(scope="session")
def stack() -> Iterator[Machine]:
    try:
        Programs.found()
    except StackError as missing:
        pytest.skip(str(missing))
    with running("--sample") as machine:
        yield machine


@pytest.fixture
def machine(stack: Machine) -> Iterator[Machine]:
    """With all its processes, before and after."""
    stack.start()
    yield stack
    stack.start()


@pytest.fixture(scope="session")
def staff(stack: Machine) -> Staff:
    """Somebody who may do everything."""
    return Staff.logged_in(stack.layout)
