"""Who works on the strategy in most tests of this folder, and the small tree of the tree page."""

import pytest
from django.test import Client

from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.people import browser_of, person
from tests.editing.tree.tree_pages import TREE
from tests.strategy.outline import plant


@pytest.fixture
def editor() -> Client:
    """The browser of Erika, who edits the whole tree."""
    return browser_of(person("Steuerungsgruppe", name="Erika"))


@pytest.fixture
def nodes() -> dict[str, Node]:
    """The nodes of the small tree, on which all agree, by title."""
    plant(TREE)
    Node.objects.update(review=Review.AGREED)
    return {node.title: node for node in Node.objects.all()}
