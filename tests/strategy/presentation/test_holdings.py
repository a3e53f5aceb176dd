"""What an edition holds is said from its content."""

import pytest

from strategy.editions.working_tree import preview
from strategy.presentation.holdings import holdings, names_less
from strategy.tree.models import Node
from tests.factories import StrategyFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

POSTER = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
    strategic_goal Kitas
"""
WHOLE = """
chapter Vorwort
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Kurse
      operational_goal Räume
"""


def said_of(outline: str) -> str:
    StrategyFactory()
    plant(outline)
    return holdings(preview())


def test_levels_are_counted_and_missing_ones_named():
    assert said_of(POSTER) == (
        "Enthalten: 1 Themenfeld, 1 Leitlinie, 2 strategische Ziele. "
        "Nicht enthalten: operative Ziele, Maßnahmen."
    )


def test_where_nothing_is_missing_nothing_is_said_of_it():
    assert said_of(WHOLE) == (
        "Enthalten: 1 Kapitel, 1 Themenfeld, 1 Leitlinie, 1 strategisches Ziel, 1 operatives Ziel, 1 Maßnahme."
    )


@pytest.mark.parametrize(
    ("text", "less_than_poster", "less_than_whole"),
    [
        ("Leitlinien und strategische Ziele", False, True),
        ("LEITLINIEN", True, True),
        ("Strategische Ziele und Maßnahmen", False, False),
        ("Ziele bis 2030, in drei Kapiteln", False, False),
        ("", False, False),
    ],
)
def test_text_names_less_where_deeper_levels_are_held(
    text: str, less_than_poster: bool, less_than_whole: bool
):
    StrategyFactory()
    plant(POSTER)
    poster = preview()
    Node.objects.all().delete()
    plant(WHOLE)

    assert (names_less(text, poster), names_less(text, preview())) == (less_than_poster, less_than_whole)
