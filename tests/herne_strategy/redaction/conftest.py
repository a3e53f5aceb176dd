"""An adopted edition with a person's name in it, and all that is kept beside it."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User

from council import actions as council
from council.papers import Paper
from editing.exchange import proposal_actions, remark_actions
from measures.progress import Progress
from measures.report_actions import report
from strategy.editions import actions as editions
from strategy.editions.models import Edition, Strategy
from strategy.editions.redaction.orders import RedactionOrder
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.council.council_steps import decide, paper_for
from tests.factories import UserFactory
from tests.herne_strategy.redaction.ordering import DAY, NAME, ordered
from tests.strategy.outline import plant

TREE = f"""
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Hof von {NAME}
"""


@dataclass(frozen=True)
class City:
    """Two persons who may order, and the edition that was adopted."""

    clerk: User
    other: User
    edition: Edition

    def order(self, *words: str) -> RedactionOrder:
        """A confirmed order about these words."""
        return ordered(*(words or (NAME,)), by=self.clerk, confirmed_by=self.other)


@pytest.fixture
def city() -> City:
    """The name stands in two measures of a working edition, in history, a proposal, a remark and a report, and no more
    in the working tree."""
    clerk, other = UserFactory(username="erika"), UserFactory(username="otto")
    Strategy(city="Herne", title="Strategie").save()
    plant(TREE, Garten={"text": f"Herr {NAME} pflegt ihn.", "staff": f"1 Stelle ({NAME})"})
    Node.objects.update(review="agreed")
    garden = Node.objects.get(title="Garten")
    _talk(garden, clerk)
    edition = editions.freeze(slug="entwurf", title="Entwurf")
    editions.publish(edition)
    node_actions.change(
        garden, content={"text": "Jemand pflegt ihn.", "staff": "1 Stelle"}, by=clerk, reason=f"Ohne {NAME}"
    )
    court = Node.objects.get(title=f"Hof von {NAME}")
    node_actions.change(court, content={"title": "Hof", "slug": "hof"}, by=clerk, reason="Name")
    return City(clerk, other, edition)


@pytest.fixture
def adopted(city: City) -> City:
    """The edition went through the council, which had its files before it."""
    paper = paper_for(city.edition)
    council.submit(paper)
    council.carry_over(decide(Paper.objects.get(pk=paper.pk), "approved"))
    return City(city.clerk, city.other, Edition.objects.get(pk=city.edition.pk))


def _talk(garden: Node, by: User) -> None:
    proposal_actions.propose(garden, content={"text": f"{NAME} und andere."}, by=by, reason=f"Frau {NAME}")
    remark_actions.write(garden, text=f"Stimmt das mit {NAME}?", by=by)
    report(Progress(uid=garden.uid, state="running", reported_on=DAY, note=f"{NAME} hat begonnen."), by=by)
    progress = Progress.objects.get(uid=garden.uid)
    progress.note = "Es hat begonnen."  # public at once, so changed by hand; the report before stays
    report(progress, by=by)
