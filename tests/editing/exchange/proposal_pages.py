"""A small strategy, people who propose and decide, and their pages; for the tests of proposals."""

import re
from typing import Any

from django.contrib.auth.models import User

from editing.exchange import proposal_actions
from editing.models import Proposal
from strategy.tree.models import Node
from tests.editing.people import browser_of

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      operational_goal Höfe
    strategic_goal Kitas
theme Klima
  guideline Wärme
    strategic_goal Energie
"""


def propose(node: Node, by: User, **content: Any) -> Proposal:
    """A change of a node that somebody proposes."""
    return proposal_actions.propose(node, content=content, by=by, reason="Weil es so besser ist")


def address_of(proposal: Proposal) -> str:
    """The page on which it is decided."""
    return f"/verwaltung/vorschlaege/{proposal.pk}/"


def page_of(proposal: Proposal, user: User) -> str:
    """That page, as this person sees it."""
    return browser_of(user).get(address_of(proposal)).content.decode()


def seen_on(page: str) -> str:
    """What a decision on this page rests on."""
    return re.search(r'name="seen" value="(\w*)"', page)[1]  # type: ignore[index]


def decide(proposal: Proposal, by: User, **data: str) -> Any:
    """Open the page and send its form: as it came, but for `data` (`__` stands for a hyphen)."""
    seen = seen_on(page_of(proposal, by))
    named = {name.replace("__", "-"): value for name, value in data.items()}
    return browser_of(by).post(address_of(proposal), {"seen": seen, **named})
