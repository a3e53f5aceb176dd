"""Choosing among many measures: filters, pages, all that are found."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goals.models import StrategicGoal
from measures.models import Measure
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.subtrees import Subtree
from tests.editing.bulk.bulk import PAGE, confirm, leads, listed, names_in, pks, planned, planted, preview
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory
from themes.models import Guideline, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return DepartmentFactory(name="Schule")


@pytest.fixture
def nodes(school):
    return planted(school)


ALL = ["1.1.0.1 Garten", "1.1.0.2 Kurse", "1.1.1.1 Umbau", "2.1.0.1 Dächer"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("?themenfeld={klima}", ["2.1.0.1 Dächer"]),
        ("?fachbereich={school}", ["1.1.0.1 Garten", "1.1.0.2 Kurse"]),
        ("?fachbereich=0", ["1.1.1.1 Umbau", "2.1.0.1 Dächer"]),
        ("?stand=agreed", ["1.1.0.1 Garten"]),
        ("?q=BEETEN", ["1.1.0.2 Kurse"]),
        ("?q=daecher", ["2.1.0.1 Dächer"]),
        ("?q=1.1.1", ["1.1.1.1 Umbau"]),
        ("?stand=draft&fachbereich={school}", ["1.1.0.2 Kurse"]),
        ("?q=gibtesnicht", []),
        ("?themenfeld=abc", []),
        ("?stand=erfunden", []),
    ],
)
def test_list_is_narrowed(editor, nodes, school, query: str, found: list[str]):
    assert listed(editor, query.format(klima=nodes["Klima"].pk, school=school.pk)) == found


def test_all_that_are_found_are_chosen_without_ticks(editor, nodes, school):
    page = preview(editor, query=f"?fachbereich={school.pk}", welche="alle", lead="0")

    confirm(editor, page)

    assert leads() == {"Garten": "", "Kurse": "", "Umbau": "", "Dächer": ""}
    assert {record.title for record in HistoryRecord.objects.all()} == {"Garten", "Kurse"}


def test_filter_that_makes_no_sense_chooses_nothing(editor, nodes):
    page = preview(editor, query="?themenfeld=abc", welche="alle", lead="0")

    assert "Bitte wählen Sie mindestens eine Maßnahme." in text_of(page)
    assert "aendern" not in re.findall(r'name="(\w+)"', page)


@pytest.mark.parametrize("value", ["²", "-1", "abc", "99999999999999999999999", "1e3", "", "."])
def test_choices_that_make_no_sense_do_no_harm(editor, nodes, value: str):
    answer = editor.post(PAGE, {"m": value, "gewaehlt": value, "seite": value, "vorschau": "1", "lead": "0"})

    assert answer.status_code == 200
    assert "Bitte wählen Sie mindestens eine Maßnahme." in text_of(answer.content.decode())


def test_tools_are_offered_to_those_who_may(editor, nodes):
    def tools(client: Client) -> list[str]:
        page = client.get("/verwaltung/baum/").content.decode()
        return [name for name in ("Viele Maßnahmen ändern", "Fachbereiche neu ordnen") if name in page]

    assert tools(editor) == ["Viele Maßnahmen ändern", "Fachbereiche neu ordnen"]
    redaktion = person("Themenfeld-Redaktion", themes=[nodes["Klima"]])
    assert tools(browser_of(redaktion)) == ["Viele Maßnahmen ändern"]
    assert tools(browser_of(person("Themenfeld-Redaktion"))) == []
    assert tools(browser_of(person("Lesen"))) == []


@pytest.fixture
def many(nodes):
    """1,500 measures, of which the list shows a hundred."""
    trees = [
        Subtree(
            Theme(title=f"Themenfeld {theme}"),
            [Subtree(Guideline(title=f"Leitlinie {theme}"), [_goal(theme, goal) for goal in range(5)])],
        )
        for theme in range(5)
    ]
    Node.objects.add_subtrees(None, trees)


def _goal(theme: int, goal: int) -> Subtree:
    measures = [Subtree(Measure(title=f"Maßnahme {theme} {goal} {n}"), []) for n in range(60)]
    return Subtree(StrategicGoal(title=f"Ziel {theme} {goal}"), measures)


def test_list_of_1500_measures_stays_small_and_a_theme_of_them_can_be_chosen(editor, many):
    page = editor.get(PAGE).content.decode()
    theme = Node.objects.get(title="Themenfeld 3")
    found = preview(editor, query=f"?themenfeld={theme.pk}", welche="alle", end_year="2033")

    assert len(names_in(page)) == 100
    assert len(page.encode()) < 100_000
    assert "alle 1504 gefundenen" in page
    assert len(planned(found)) == 300
    assert found.count("<input") < 50  # so many fields of a form are accepted


def test_more_than_can_be_written_in_a_quarter_of_a_minute_are_refused(editor, many):
    refused = preview(editor, query="?q=Maßnahme", welche="alle", end_year="2033")

    assert "Das sind 1500 Maßnahmen. Bitte wählen Sie höchstens 400" in refused
    assert 'value="2033"' in refused


def test_ticks_and_what_was_typed_go_along_from_page_to_page(editor, many, nodes):
    first = pks(nodes, "Garten", "Kurse")

    second_page = editor.post(
        PAGE, {"m": first, "seite": "2", "hier": "1", "end_year": "2033", "sdgs": "4", "sdg_action": "add"}
    ).content.decode()
    names = names_in(second_page)
    tick = re.search(r'name="m" value="(\d+)"', second_page)[1]
    kept = re.search(r'name="gewaehlt" value="([\d.]*)"', second_page)[1]
    back = editor.post(
        PAGE, {"m": tick, "gewaehlt": kept, "seite": "1", "hier": "2", "end_year": "2033"}
    ).content.decode()

    assert len(names) == 100
    assert names[0] not in names_in(back)
    assert kept == f"{first[0]}.{first[1]}"
    assert "2 weitere auf anderen Seiten" in second_page
    assert 'name="end_year" value="2033"' in second_page
    assert re.search(r'name="sdgs" value="4"[^>]*checked', second_page)
    assert re.findall(r'id="m(\d+)" checked', back) == [str(pk) for pk in first]
    assert f'name="gewaehlt" value="{tick}"' in back


def test_way_back_from_the_preview_keeps_the_choice(editor, nodes):
    page = preview(editor, pks(nodes, "Garten"), end_year="2033", no_start_year="on")

    back = editor.post(
        PAGE, {"gewaehlt": nodes["Garten"].pk, "end_year": "2033", "no_end_year": "False", "zurueck": "1"}
    ).content.decode()

    assert 'name="no_start_year" value="True"' in page
    assert re.findall(r'id="m(\d+)" checked', back) == [str(nodes["Garten"].pk)]
    assert 'name="end_year" value="2033"' in back
    assert not re.search(r'name="no_end_year"[^>]*checked', back)


def test_number_of_queries_does_not_grow(editor, nodes, school):
    counts = []
    listed(editor)
    for more in (1, 30):
        for number in range(more):
            new = Measure(title=f"Mehr {more} {number}", lead=school, start_year=2020 + number % 3)
            Node.objects.add_child(nodes["Energie"], instance=new)
        with CaptureQueriesContext(connection) as queries:
            listed(editor, "?q=mehr")
            preview(editor, query="?q=mehr", welche="alle", lead="0", sdg_action="add", sdgs=[4])
        counts.append(len(queries))

    assert counts[0] == counts[1]
