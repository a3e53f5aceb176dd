"""A table with the portal's codes and some columns changes just these; the same list delivered again changes what is
there instead of adding it."""

from typing import Any

import pytest
from django.test import Client

from editing.delivered.models import ColumnMapping
from editing.models import ImportFile
from measures.models import Measure
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.editing.delivered.coming_in import Visit
from tests.editing.tables.table_files import csv_of, xlsx_of
from tests.strategy.outline import outline, plant, tidy

TREE = """
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
          measure Kurse
          operational_goal Mensen
            measure Biokost
"""


@pytest.fixture
def tree(city: None) -> dict[str, Node]:
    return plant(TREE, Kurse={"text": "Bleibt.", "target_group": "alle"})


def brought_in(editor: Client, grid: list[list[Any]]) -> Visit:
    return Visit(editor).upload(xlsx_of(grid)).bring_in()


def test_code_and_two_columns_change_just_these(editor: Client, tree: dict[str, Node]):
    grid = [
        ["Kennung", "Federführung", "Kosten"],
        ["1.1.1.1", "FB Bildung", "5.000 € p. a."],
        ["1.1.0.2", "Umwelt u. Stadtplanung", "70.000 €"],
        ["1.1.0.1", None, None],
    ]

    visit = brought_in(editor, grid)

    assert visit.decisions == 5
    assert outline() == tidy(TREE)
    courses = Measure.objects.get(title="Kurse")
    assert (courses.lead.key, courses.cost_once, courses.text, courses.target_group) == (
        "umwelt",
        70_000,
        "Bleibt.",
        "alle",
    )
    assert Measure.objects.get(title="Biokost").cost_yearly == 5_000
    changed = HistoryRecord.objects.filter(action="changed").values_list("title", flat=True)
    assert sorted(changed) == ["Biokost", "Kurse"]


def test_code_that_nothing_has_is_told_and_adds_nothing(editor: Client, tree: dict[str, Node]):
    grid = [["Kennung", "Kosten"], ["1.1.0.1", 5], ["1.1.0.2", 6], ["9.9.9.9", 7]]
    visit = Visit(editor).upload(xlsx_of(grid)).go_on()

    assert "kein Eintrag hat diese Kennung (1 Zelle; Zeile 4)" in visit.shown()

    visit.go_on().go_on()
    assert outline() == tidy(TREE)


def test_numbers_of_the_list_itself_are_no_codes(editor: Client, tree: dict[str, Node]):
    grid = [["Nr.", "Maßnahme", "Kosten"], ["1.1.0.1", "Etwas anderes", 5], ["1.1.0.2", "Noch etwas", 6]]

    visit = Visit(editor).upload(xlsx_of(grid)).go_on(below=str(tree["Schulen"].uid))
    visit.go_on().go_on()

    assert [each.title for each in Measure.objects.all()] == [
        "Garten", "Kurse", "Etwas anderes", "Noch etwas", "Biokost",
    ]  # fmt: skip


def test_somebody_says_that_numbers_are_codes_after_all(editor: Client, tree: dict[str, Node]):
    grid = [["Nr.", "Maßnahme", "Kosten"], ["1.1.0.1", "Schulgarten", 5], ["1.1.0.2", "Sprachkurse", 6]]

    Visit(editor).upload(xlsx_of(grid)).go_on(numbers="portal").go_on().go_on()

    assert [each.title for each in Measure.objects.all()] == ["Schulgarten", "Sprachkurse", "Biokost"]


LIST = [
    ["Themenfeld", "Ziel", "Maßnahme", "Zuständig", "Was es kostet", "Kürzel"],
    ["Klima", "Wärme", "Planen", "Stabsstelle K", 5, "a"],
    ["Klima", "Wärme", "Bauen", "St. K", 6, "b"],
]


def test_next_delivery_is_read_as_the_last_one_and_changes_what_is_there(editor: Client, city: None):
    visit = Visit(editor).upload(xlsx_of(LIST), "Liste_Herbst.xlsx")
    assert "Die Spalten sind zugeordnet" not in visit.shown()
    visit.go_on(**{"column-4": "cost_yearly", "column-5": "staff"})
    visit.go_on(**{"name-lead-st-k": ""}, keep_as="Liste Klima").go_on()
    again = [
        LIST[0],
        [*LIST[1][:4], 7, "a"],
        [*LIST[2][:4], 6, "c"],
        ["Klima", "Wärme", "Neu", "St. K", 1, "d"],
    ]

    second = Visit(editor).upload(csv_of(again, encoding="cp1252"), "Liste_Winter.csv")

    assert "Die Spalten sind zugeordnet wie in „Liste Klima“" in second.shown()
    second.bring_in()
    read = Measure.objects.all()
    assert [(each.title, each.cost_yearly, each.staff, str(each.lead)) for each in read] == [
        ("Planen", 7, "a", "Stabsstelle K"),
        ("Bauen", 6, "c", "None"),
        ("Neu", 1, "d", "None"),
    ]
    assert [mapping.name for mapping in ColumnMapping.objects.all()] == ["Liste Klima"]
    assert HistoryRecord.objects.filter(action="moved").count() == 0


def test_mapping_is_kept_no_longer(editor: Client, city: None):
    Visit(editor).upload(xlsx_of(LIST)).bring_in()
    mapping = ColumnMapping.objects.get()

    editor.post(f"/verwaltung/tabellen/einlesen/zuordnungen/{mapping.pk}/loeschen/")

    assert ColumnMapping.objects.count() == 0
    Visit(editor).upload(xlsx_of(LIST))
    assert ImportFile.objects.get().choices == {"kept": ""}


def test_entries_that_stand_elsewhere_stay_there(editor: Client, tree: dict[str, Node]):
    grid = [["Themenfeld", "Ziel", "Maßnahme", "Kosten"], ["Bildung", "Erwachsene", "Kurse", 5]]
    visit = Visit(editor).upload(xlsx_of(grid)).go_on()

    assert "Steht in der Strategie woanders" in visit.shown()

    visit.go_on().go_on()
    courses = Measure.objects.get(title="Kurse")
    assert courses.cost_once == 5
    assert courses.path.startswith(Node.objects.get(title="Schulen").path)


@pytest.mark.parametrize(
    ("named", "title"),
    [
        ("1.1", "Schulen"),
        ("schulen", "Schulen"),
        ("Schulen", "Schulen"),
        ("1.1.1", "Mensen"),
        ("mensen", "Mensen"),
    ],
)
def test_goal_of_a_new_measure_is_named_by_code_or_address_or_title(
    editor: Client, tree: dict[str, Node], named: str, title: str
):
    brought_in(editor, [["Maßnahme", "gehört zu Ziel"], ["Kräutergarten", named], ["Wasserspender", named]])

    added = Measure.objects.filter(title__in=["Kräutergarten", "Wasserspender"])
    assert [each.path[: -Node.steplen] for each in added] == [tree[title].path] * 2
    assert Node.objects.count() == len(tree) + 2
