"""A small strategy, and an edition of it, for the tests of the council and of what is printed."""

import pytest

from strategy.editions.actions import freeze
from strategy.editions.models import Edition, Strategy
from strategy.tree.models import Node
from tests.strategy.outline import plant

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
"""


@pytest.fixture
def tree() -> dict[str, Node]:
    """The nodes of a small strategy on which all agree, by title."""
    Strategy(city="Herne", title="Strategie").save()
    plant(TREE)
    Node.objects.update(review="agreed")
    return {node.title: node for node in Node.objects.all()}


@pytest.fixture
def edition(tree: dict[str, Node]) -> Edition:
    """An edition of that strategy which the council has not seen yet."""
    return freeze(slug="entwurf", title="Entwurf")
