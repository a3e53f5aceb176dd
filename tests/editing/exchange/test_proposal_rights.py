"""Proposals whose node was deleted stay with those who decided on it."""

import pytest

from editing.exchange.desk_page import Desk
from editing.models import Proposal
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.exchange.desk_mails import TREE, propose
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes():
    return plant(TREE)


@pytest.fixture
def proposal(nodes) -> Proposal:
    return propose(nodes["Garten"], person("Fachbereich", name="Paula"))


def editor_of(theme: Node):
    return person("Themenfeld-Redaktion", themes=[theme])


def on_desk(user) -> list[str]:
    return [each.title for each in Desk.of(user).proposals]


@pytest.mark.parametrize("deleted", [["Garten"], ["Schulen"], ["Garten", "Schulen", "Lernen"]])
def test_editors_of_its_theme_keep_it_and_can_decline_it(nodes, proposal, deleted: list[str]):
    own, foreign = editor_of(nodes["Bildung"]), editor_of(nodes["Klima"])
    for title in deleted:
        node_actions.delete(nodes[title])

    seen = on_desk(own), on_desk(foreign), on_desk(person("Steuerungsgruppe")), on_desk(person("Lesen"))
    address = f"/verwaltung/vorschlaege/{proposal.pk}/"
    refused = browser_of(foreign).post(address, {"decline": "1", "answer": "Nein"}).status_code
    state_then = Proposal.objects.get().state
    browser_of(own).post(address, {"decline": "1", "answer": "Gibt es nicht mehr."})

    assert seen == (["Garten"], [], ["Garten"], [])
    assert (refused, state_then, Proposal.objects.get().state) == (403, "open", "declined")


def test_whoever_proposed_can_withdraw_it(nodes, proposal):
    node_actions.delete(nodes["Garten"])

    browser_of(proposal.by).post(f"/verwaltung/vorschlaege/{proposal.pk}/", {"withdraw": "1"})

    assert Proposal.objects.get().state == "withdrawn"


def test_where_the_theme_is_gone_it_is_with_those_who_edit_everything(nodes, proposal):
    own = editor_of(nodes["Bildung"])
    node_actions.delete(nodes["Bildung"])

    assert (on_desk(own), on_desk(person("Steuerungsgruppe"))) == ([], ["Garten"])


def test_place_is_that_of_the_last_deletion(nodes, proposal):
    """Deleted below Bildung, it would be with its editors; moved to Klima before that, with the others."""
    node_actions.move(nodes["Garten"], target=nodes["Energie"], pos="last-child")
    node_actions.delete(nodes["Garten"])

    assert (on_desk(editor_of(nodes["Bildung"])), on_desk(editor_of(nodes["Klima"]))) == ([], ["Garten"])
