"""What models refuse, asked of many objects at once: the same as Django's own check says."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from measures.models import Measure
from strategy.importing.model_checks import ModelChecks
from strategy.tree.models import Node

pytestmark = pytest.mark.django_db


def refusal(measure: Measure, checks: ModelChecks, *changed: str) -> dict[str, Any]:
    try:
        checks.full_clean(measure, changed or None)
    except ValidationError as error:
        return error.message_dict
    return {}


def of_django(measure: Measure) -> dict[str, Any]:
    try:
        measure.full_clean(exclude=[*Node._TREE_FIELDS, "node_ptr"], validate_unique=False)
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"start_year": 2030, "end_year": 2025},
        {"end_year": 2025, "is_ongoing": True},
        {"participation": "none"},
        {"title": ""},
        {"title": "", "start_year": 2030, "end_year": 2025},
        {"start_year": 1800, "end_year": 1700},
        {"is_sample": True},
        {"is_sample": True, "participation": "none", "end_year": 2025, "is_ongoing": True},
    ],
)
def test_says_what_django_says_also_when_asked_again(values: dict[str, Any]):
    checks = ModelChecks()
    for title in ("Garten", "Garten", "Kurse"):
        measure = Measure(**{"title": title, "slug": "garten", **values})

        assert refusal(measure, checks) == of_django(measure)


def test_the_same_values_are_asked_of_the_database_once(django_assert_num_queries):
    checks = ModelChecks()
    refusal(Measure(title="Garten", slug="garten", start_year=2025), checks)

    with django_assert_num_queries(0):
        refusal(Measure(title="Garten", slug="garten", start_year=2025, text="Anders."), checks)


def test_constraint_of_what_has_not_changed_is_not_asked(django_assert_num_queries):
    measure = Measure(title="Garten", slug="garten", start_year=2030, end_year=2025)

    with django_assert_num_queries(0):
        assert refusal(measure, ModelChecks(), "text") == {}
    assert "__all__" in refusal(measure, ModelChecks(), "end_year")


def test_other_texts_of_the_same_kind_are_not_asked_again(django_assert_num_queries):
    checks = ModelChecks()
    for is_sample in (False, True):
        refusal(Measure(title="Garten", slug="garten", is_sample=is_sample), checks)

    with django_assert_num_queries(0):
        assert refusal(Measure(title="Kurse", slug="kurse"), checks) == {}
        assert "__all__" in refusal(Measure(title="Kurse", slug="kurse", is_sample=True), checks)


@pytest.mark.parametrize("title", ["Beispiel", "Beispiel:", "Beispiel: Garten", "beispiel: Garten", "Garten"])
def test_beginning_of_a_title_is_told_apart(title: str):
    checks = ModelChecks()
    for other in ("Garten", "Beispiel: Kurse", "Beispiele", title):
        measure = Measure(title=other, slug="garten", is_sample=True)

        assert refusal(measure, checks) == of_django(measure)
