"""Every factory makes a row that its model accepts, and a second one beside it."""

from typing import Any

import pytest
from factory.base import FactoryMetaClass

from strategy.editions.integrity import damage
from strategy.editions.models import Edition
from strategy.editions.working_tree import problems
from tests import factories
from tests.strategy.outline import outline

ALL: list[Any] = [
    each for each in vars(factories).values() if isinstance(each, FactoryMetaClass) and each._meta.model
]


@pytest.mark.django_db
@pytest.mark.parametrize("make", ALL)
def test_factory_makes_valid_rows(make: Any):
    made = [make(), make()]

    assert len(made) == 2
    for row in made:
        row.full_clean(exclude=["password"])
    assert {type(row) for row in made} == {make._meta.model}
    assert problems() == []
    assert [damage(edition) for edition in Edition.objects.all() if damage(edition)] == []


@pytest.mark.django_db
def test_nodes_stand_below_the_given_parent():
    goal = factories.StrategicGoalFactory(
        title="Ziel", parent__title="Leitlinie", parent__parent__title="Thema"
    )

    factories.MeasureFactory(title="Maßnahme", parent=goal)
    factories.ChapterFactory(title="Vorwort")

    assert outline() == (
        "theme Thema\n  guideline Leitlinie\n    strategic_goal Ziel\n      measure Maßnahme\nchapter Vorwort\n"
    )


@pytest.mark.django_db
def test_progress_is_that_of_the_given_measure():
    measure = factories.MeasureFactory()

    assert factories.ProgressFactory(measure=measure).uid == measure.uid
