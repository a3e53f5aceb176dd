"""A Comparison in words: what the rows of a Synopse say."""

import re
from typing import Any

import pytest
from django.utils.html import strip_tags

from strategy.document.comparison import compare
from strategy.document.document import Document
from strategy.editions.edition_json import edition_json
from strategy.presentation.change_views import ChangeView, change_views
from tests.strategy.document.plain_trees import themes, tree_data, tree_document

TREE = """
    theme Klima
      guideline Leitlinie
        strategic_goal Strom
          measure Rat
          operational_goal Sonne
            measure Dach
            measure Wand
"""
PLAIN: dict[str, Any] = {
    "decision": {"key": "proposed", "name": "Vorschlag unter Vorbehalt"},
    "start_year": 2024,
    "end_year": 2027,
    "is_ongoing": False,
    "lead": {"key": "gruen", "name": "Fachbereich Grün"},
    "cost_once": 7400000,
    "cost_yearly": None,
    "sdgs": [{"key": 4, "name": "Hochwertige Bildung"}],
}
GOAL: dict[str, Any] = {"base_value": "46", "base_year": 2025, "target_value": "90", "unit": "Prozent"}
STRATEGIC: dict[str, Any] = {
    "also_serves": [],
    "assignment_confirmed": False,
    "assignment_note": "",
}


def tree(kind: str = "", **changes: Any) -> Document:
    """TREE, with values that a level has; some of them changed."""
    values = {"Dach": PLAIN, "Sonne": GOAL, "Strom": STRATEGIC}
    wanted = {uid: {"values": {**said, **(changes if uid == kind else {})}} for uid, said in values.items()}
    data = tree_data(TREE, **wanted)
    return Document.from_data(edition_json(data["meta"], data["nodes"]))


def seen(html: str) -> str:
    """What is seen of a marked value."""
    text = re.sub(r'<span class="visually-hidden">.*?</span>', "", str(html))
    return strip_tags(text.replace("<br>", " | ")).replace("\xa0", " ")


def said(old: Document, new: Document, **options: Any) -> list[tuple[str, str, str]]:
    """The fields of the one Change: label, old and new value."""
    (view,) = change_views(compare(old, new, **options))
    return [(str(field.label), seen(field.old), seen(field.new)) for field in view.fields]


@pytest.mark.parametrize(
    ("uid", "change", "expected"),
    [
        ("Dach", {"end_year": 2031}, ("geplanter Zeitraum", "2024 bis 2027", "2024 bis 2031")),
        (
            "Dach",
            {"end_year": None, "is_ongoing": True},
            ("geplanter Zeitraum", "2024 bis 2027", "ab 2024, fortlaufend"),
        ),
        (
            "Dach",
            {"start_year": None, "end_year": None},
            ("geplanter Zeitraum", "2024 bis 2027", "(leer)"),
        ),
        ("Dach", {"cost_once": 8200000}, ("einmalige Kosten", "7.400.000 €", "8.200.000 €")),
        ("Dach", {"cost_yearly": 0}, ("jährliche Kosten", "(leer)", "0 €")),
        (
            "Dach",
            {"lead": {"key": "sport", "name": "Fachbereich Sport"}},
            ("Federführung", "Fachbereich Grün", "Fachbereich Sport"),
        ),
        (
            "Dach",
            {"decision": {"key": "decided", "name": "eigener Beschluss"}},
            ("Beschlussstand", "Vorschlag unter Vorbehalt", "eigener Beschluss"),
        ),
        (
            "Dach",
            {"sdgs": [{"key": 4, "name": "Hochwertige Bildung"}, {"key": 13, "name": "Klimaschutz"}]},
            ("trägt bei zu", "SDG 4 Hochwertige Bildung", "SDG 4 Hochwertige Bildung | SDG 13 Klimaschutz"),
        ),
        (
            "Sonne",
            {"target_value": "85", "base_value": "48.5"},
            ("Zielwert", "von 46 (2025) auf 90 Prozent", "von 48,5 (2025) auf 85 Prozent"),
        ),
        ("Strom", {"assignment_confirmed": True}, ("Zuordnung zum Themenfeld bestätigt", "nein", "ja")),
        (
            "Strom",
            {"also_serves": [{"key": "x", "name": "Mobilität"}]},
            ("dient auch", "(leer)", "Mobilität"),
        ),
    ],
)
def test_values_are_said_in_words(uid: str, change: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert said(tree(), tree(uid, **change)) == [expected]


def test_what_several_fields_say_alike_is_shown_field_by_field() -> None:
    """An ongoing measure has no end in the line that tells its period; the end is still a difference."""
    old, new = tree("Dach", is_ongoing=True), tree("Dach", is_ongoing=True, end_year=2030)

    assert said(old, new) == [("bis", "2027", "2030")]


def test_measure_that_is_new_says_all_that_it_holds_even_that_it_costs_nothing() -> None:
    values = {**PLAIN, "cost_once": 0, "start_year": None, "end_year": None}
    outline = f"{TREE}            measure Neu\n"
    known = {"Dach": {"values": PLAIN}, "Sonne": {"values": GOAL}, "Strom": {"values": STRATEGIC}}

    found = said(tree(), tree_document(outline, **known, Neu={"values": values, "text": "Mehr."}))

    assert found == [
        ("Titel", "(leer)", "Neu"),
        ("Text", "(leer)", "Mehr."),
        ("Beschlussstand", "(leer)", "Vorschlag unter Vorbehalt"),
        ("Federführung", "(leer)", "Fachbereich Grün"),
        ("einmalige Kosten", "(leer)", "0 €"),
        ("trägt bei zu", "(leer)", "SDG 4 Hochwertige Bildung"),
    ]


def test_moved_node_says_below_what_it_stood_and_stands() -> None:
    old = """
        theme Klima
          guideline L
            strategic_goal Strom
              operational_goal Sonne
                measure Rat
                measure Wand
    """
    new = """
        theme Klima
          guideline L
            strategic_goal Strom
              measure Rat
              operational_goal Sonne
                measure Wand
    """

    (view,) = change_views(compare(tree_document(old), tree_document(new)))

    assert view.places == ("steht unter „1.1.1 Sonne“", "steht unter „1.1 Strom“")


def test_reordered_node_says_behind_which_it_stood_and_stands() -> None:
    (first,) = change_views(compare(themes("A B C D"), themes("D A B C")))
    (last,) = change_views(compare(themes("A B C D"), themes("B C D A")))

    assert first.places == ("steht hinter „3 C“", "steht an erster Stelle")
    assert last.places == ("steht an erster Stelle", "steht hinter „3 D“")


def lineages(old: str, new: str, origins: dict[str, set[str]]) -> dict[str, list[str]]:
    """What is said of each Change about others."""
    views = change_views(compare(themes(old), themes(new), origins=origins))
    return {view.title: _lineages(view) for view in views}


def _lineages(view: ChangeView) -> list[str]:
    return [
        f"{each.words}: " + ", ".join(f"{node.name} ({node.number})" for node in each.nodes)
        for each in (view.came_from, view.went_into)
        if each
    ]


@pytest.mark.parametrize(
    ("old", "new", "origins", "expected"),
    [
        pytest.param(
            "A B",
            "N",
            {"N": {"A", "B"}},
            {
                "1 A": ["aufgegangen in: 1 N (3)"],
                "2 B": ["aufgegangen in: 1 N (3)"],
                "1 N": ["hervorgegangen aus: 1 A (1), 2 B (2)"],
            },
            id="two merged into a new one",
        ),
        pytest.param(
            "A B",
            "A",
            {"A": {"B"}},
            {"2 B": ["aufgegangen in: 1 A (None)"]},
            id="merged into one that is otherwise the same",
        ),
        pytest.param(
            "A",
            "M N",
            {"M": {"A"}, "N": {"A"}},
            {
                "1 A": ["aufgeteilt auf: 1 M (2), 2 N (3)"],
                "1 M": ["hervorgegangen aus: 1 A (1)"],
                "2 N": ["hervorgegangen aus: 1 A (1)"],
            },
            id="divided",
        ),
        pytest.param(
            "X A",
            "A N X",
            {"N": {"A"}, "A": {"X"}},
            {
                "2 N": ["hervorgegangen aus: 2 A (None)"],
                "3 X": ["daraus hervorgegangen: 1 A (None)"],
            },
            id="one that stays",
        ),
        pytest.param(
            "A",
            "N",
            {"N": {"A"}},
            {"1 A": ["ersetzt durch: 1 N (2)"], "1 N": ["hervorgegangen aus: 1 A (1)"]},
            id="one in place of another",
        ),
    ],
)
def test_lineage_is_said_with_the_codes_of_the_right_edition(old, new, origins, expected) -> None:
    assert lineages(old, new, origins) == expected
