"""Two agreed measures that somebody changed, and a new one: what a meeting has before it."""

import pytest

from strategy.history import node_actions
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.strategy.outline import saved


@pytest.fixture
def opened(nodes) -> dict[str, Node]:
    """They are up for agreement, by title; “Skizze” is a draft."""
    node_actions.change(nodes["Garten"], content={"title": "Gärten", "text": "Ein Garten an jeder Schule."})
    node_actions.move(nodes["Kurse"], target=nodes["Räume"], pos="last-child")
    added = node_actions.add(
        kind="measure", content={"title": "Labor", "text": "Für alle."}, parent=nodes["Räume"]
    )
    node_actions.set_review(added, Review.OPEN)
    node_actions.add(kind="measure", content={"title": "Skizze"}, parent=nodes["Bäume"])
    return saved()
