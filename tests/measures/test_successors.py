"""Who succeeds whom among the departments."""

import pytest
from django.core.exceptions import ValidationError

from measures.models import Department
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db


def chain(*names: str) -> list[Department]:
    """Departments, each succeeded by the next."""
    made: list[Department] = []
    for name in reversed(names):
        made.insert(0, DepartmentFactory(key=name.lower(), name=name, successor=made[0] if made else None))
    return made


def test_department_may_have_a_long_line_of_successors() -> None:
    first, *_others = chain("Alt", "Mittel", "Neu")

    first.full_clean()
    Department(key="ganz-alt", name="Ganz alt", successor=first).full_clean()


@pytest.mark.parametrize("successor", [0, 1, 2])
def test_department_that_would_succeed_itself_is_refused(successor: int) -> None:
    departments = chain("Alt", "Mittel", "Neu")
    last = departments[-1]
    last.successor = last if successor == 2 else departments[successor]

    with pytest.raises(ValidationError) as caught:
        last.full_clean()

    assert caught.value.message_dict == {
        "successor": ["Ein Fachbereich kann nicht sein eigener Nachfolger sein."]
    }


@pytest.mark.parametrize("is_new", [True, False])
def test_circle_of_other_departments_is_refused_and_named(is_new: bool) -> None:
    before, first, second = chain("Davor", "Eins", "Zwei")
    Department.objects.filter(pk=second.pk).update(successor=first)
    before = Department.objects.get(pk=before.pk)
    department = Department(key="neu", name="Neu", successor=before) if is_new else before

    with pytest.raises(ValidationError) as caught:
        department.full_clean()

    assert list(caught.value.message_dict) == ["successor"]
    assert "Eins" in caught.value.message_dict["successor"][0]
