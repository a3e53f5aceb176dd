"""Measures and departments: their rules, and sample data that must not pass for real."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from measures.models import Department, District, Measure
from measures.progress import Progress
from strategy.editions import actions
from strategy.editions.models import Edition
from strategy.editions.working_tree import edition_data
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
    theme Wohnen
      guideline Leitlinie
        strategic_goal Ziel
          measure Maßnahme
"""


@pytest.fixture
def measure() -> Measure:
    plant(TREE)
    return Measure.objects.get()


def is_kept(measure: Measure, **values: object) -> bool:
    try:
        with transaction.atomic():
            Measure.objects.filter(pk=measure.pk).update(**values)
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize(
    ("values", "is_allowed"),
    [
        ({"start_year": 2026, "end_year": 2026}, True),
        ({"start_year": 2026, "end_year": 2025}, False),
        ({"start_year": None, "end_year": 2025}, True),
        ({"is_ongoing": True, "end_year": None}, True),
        ({"is_ongoing": True, "end_year": 2030}, False),
        ({"participation": "none", "participation_note": "Reine Verwaltungsaufgabe"}, True),
        ({"participation": "none", "participation_note": ""}, False),
        ({"participation": "formal", "participation_note": ""}, True),
    ],
)
def test_database_keeps_the_rules_of_a_measure(measure: Measure, values: dict, is_allowed: bool) -> None:
    assert is_kept(measure, **values) == is_allowed


def test_reported_state_needs_its_date(measure: Measure) -> None:
    Progress.objects.create(uid=measure.uid)

    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.update(state="running")


def test_name_of_a_sample_department_says_so() -> None:
    Department.objects.create(key="a", name="Beispiel: Amt", is_sample=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.create(key="b", name="Amt", is_sample=True)


def test_real_measure_led_by_a_sample_department_makes_an_edition_with_sample(measure: Measure) -> None:
    assert edition_data()["meta"]["has_sample"] is False

    measure.lead = Department.objects.create(key="a", name="Beispiel: Amt", is_sample=True)
    measure.save()

    assert edition_data()["meta"]["has_sample"] is True
    edition = actions.freeze(slug="eins", title="Eins")
    with pytest.raises(ValidationError, match="bleibt ein Arbeitsstand"):
        actions.set_state(edition, Edition.State.CONSULTATION, paper_number="2026/0001")


def test_districts_are_frozen_with_key_and_name_in_their_order(measure: Measure) -> None:
    for position, (key, name) in enumerate([("wanne", "Wanne"), ("eickel", "Eickel")]):
        measure.districts.add(District.objects.create(key=key, name=name, position=position))

    (node,) = [node for node in edition_data()["nodes"] if node["kind"] == "measure"]

    assert node["values"]["districts"] == [
        {"key": "wanne", "name": "Wanne"},
        {"key": "eickel", "name": "Eickel"},
    ]
