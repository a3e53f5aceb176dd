"""Where a level may stand among its siblings."""

import pytest

from strategy.tree.kinds import nearest_place

GOALS = ["measure", "measure", "operational_goal"]


@pytest.mark.parametrize(
    ("parent", "children", "kind", "position", "place"),
    [
        ("guideline", ["strategic_goal"] * 3, "strategic_goal", 1, 1),
        ("guideline", ["strategic_goal"], "strategic_goal", 5, 1),
        ("guideline", [], "strategic_goal", 5, 0),
        ("strategic_goal", GOALS, "measure", 3, 2),
        ("strategic_goal", GOALS, "operational_goal", 0, 2),
        (None, ["chapter", "theme"], "theme", 0, 1),
        ("theme", ["guideline"], "guideline", 0, None),
        ("theme", [], "measure", 0, None),
        (None, ["theme", "theme"], "chapter", 1, 0),
        (None, ["chapter", "theme", "theme", "chapter"], "chapter", 2, 1),
    ],
)
def test_nearest_place_that_the_level_may_have(parent, children, kind, position, place):
    assert nearest_place(parent, children, kind, position) == place
