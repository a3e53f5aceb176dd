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


def test_department_that_would_succeed_itself_is_refused() -> None:
    department = DepartmentFactory(name="Neu")
    department.successor = department

    with pytest.raises(ValidationError) as caught:
        department.full_clean()

    assert caught.value.message_dict == {
        "successor": ["Ein Fachbereich kann nicht sein eigener Nachfolger sein."]
    }


@pytest.mark.parametrize("successor", ["Alt", "Mittel"])
def test_successor_that_was_replaced_by_this_department_is_refused_with_what_to_do(successor: str) -> None:
    departments = {each.name: each for each in chain("Alt", "Mittel", "Neu")}
    last = departments["Neu"]
    last.successor = departments[successor]

    with pytest.raises(ValidationError) as caught:
        last.full_clean()

    assert caught.value.message_dict == {
        "successor": [
            f"„{successor}“ ist selbst als abgelöst eingetragen, zuletzt durch „Neu“. Bitte entfernen Sie zuerst den "
            f"Nachfolger von „{successor}“."
        ]
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
