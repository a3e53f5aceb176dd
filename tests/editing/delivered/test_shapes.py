"""A city's list of 100 measures comes in, in each of its shapes, with at most ten decisions by hand."""

import pytest
from django.test import Client

from editing.models import ImportFile
from measures.models import Department, Measure
from strategy.tree.models import Node
from tests.editing.delivered import city, city_lists
from tests.editing.delivered.coming_in import Visit

MOST = 10


def above(measure: Measure, titles: dict[str, str]) -> list[str]:
    """The titles of the theme and the goal above it, from those of all nodes by path."""
    return [titles[measure.path[: Node.steplen * depth]] for depth in (1, 3)]


@pytest.mark.parametrize("shape", city_lists.SHAPES)
def test_a_hundred_measures_come_in_with_few_decisions(editor: Client, shape: str):
    visit = Visit(editor).upload(city_lists.SHAPES[shape](), f"{shape}.csv").bring_in()

    assert visit.decisions <= MOST
    read, titles = list(Measure.objects.all()), dict(Node.objects.order_by().values_list("path", "title"))
    wanted = [(each["title"], each["theme"]) for each in city.measures()]
    assert [(each.title, above(each, titles)[0]) for each in read] == wanted
    if shape != "with_sections":  # which names no goals
        assert [above(each, titles)[1] for each in read] == [each["goal"] for each in city.measures()]
    assert Department.objects.filter(name="Stabsstelle Klima").count() == 1
    leads = Measure.objects.values_list("lead__name", flat=True)
    assert set(leads) == {*city.DEPARTMENTS.values(), "Stabsstelle Klima"}
    assert ImportFile.objects.count() == 0


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
