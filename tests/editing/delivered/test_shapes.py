"""A city's list of 100 measures comes in, in each of its shapes, with at most ten decisions by hand."""

import pytest
from django.test import Client

from editing.models import ImportFile
from measures.models import Department, Measure
from strategy.tree.models import Node
from tests.editing.delivered import city_lists
from tests.editing.delivered.coming_in import Visit

MOST = 10


def above(measure: Measure) -> list[str]:
    """The titles of the theme and the goals above it."""
    titles = dict(Node.objects.order_by().values_list("path", "title"))
    paths = [measure.path[:length] for length in (4, 12, 16) if length < len(measure.path)]
    return [titles[path] for path in paths]


@pytest.mark.parametrize("shape", city_lists.SHAPES)
def test_a_hundred_measures_come_in_with_few_decisions(editor: Client, shape: str):
    visit = Visit(editor).upload(city_lists.SHAPES[shape](), f"{shape}.csv").bring_in()

    assert visit.decisions <= MOST
    wanted = [(each["title"], each["theme"]) for each in city_lists.measures()]
    assert [(each.title, above(each)[0]) for each in Measure.objects.all()] == wanted
    assert Department.objects.filter(name="Stabsstelle Klima").count() == 1
    leads = Measure.objects.values_list("lead__name", flat=True)
    assert set(leads) == {*city_lists.DEPARTMENTS.values(), "Stabsstelle Klima"}
    assert ImportFile.objects.count() == 0


@pytest.mark.parametrize("shape", [each for each in city_lists.SHAPES if each != "with_sections"])
def test_the_goals_of_the_list_stand_between(editor: Client, shape: str):
    Visit(editor).upload(city_lists.SHAPES[shape]()).bring_in()

    goals = [each["goal"] for each in city_lists.measures()]
    assert [above(each)[1] for each in Measure.objects.all()] == goals
    assert Node.objects.filter(kind="strategic_goal").count() == 10


def test_what_the_cells_say_stands_in_the_fields(editor: Client):
    Visit(editor).upload(city_lists.with_merged_cells()).bring_in()

    read = list(Measure.objects.prefetch_related("districts"))
    assert [(each.start_year, each.end_year, each.is_ongoing) for each in read[:10]] == [
        (2025, 2027, False),
        (2026, None, False),
        (None, 2030, False),
        (None, None, True),
        (2026, 2026, False),
        (2026, 2026, False),
        (2027, 2027, False),
        (2025, 2026, False),
        (2021, None, True),
        (None, None, False),
    ]
    assert [(each.cost_once, each.cost_yearly, each.cost_note) for each in read[:10]] == [
        (70_000, None, ""),
        (70_000, None, ""),
        (15_000, None, "ca. 15.000"),
        (25_000, None, ""),
        (1_500_000, None, ""),
        (None, 5_000, ""),
        (None, None, ""),
        (None, None, ""),
        (None, None, "im Haushalt enthalten"),
        (20_000, 4_000, ""),
    ]
    assert [[district.name for district in each.districts.all()] for each in read[:5]] == [
        ["stadtweit"],
        ["Wanne"],
        ["Eickel"],
        ["Herne-Mitte", "Sodingen"],
        ["stadtweit"],
    ]
    assert read[0].text == "Die Stadt will Fahrradstraßen aufbauen.\n- erst im Norden\n- dann überall"
