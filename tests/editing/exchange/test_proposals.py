"""Proposals: made by those who may not change a node, decided by those who may."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from editing.exchange import proposal_actions
from editing.models import Proposal
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.people import browser_of, person
from tests.factories import SDGFactory
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
theme Klima
  guideline Wärme
    strategic_goal Energie
      measure Dächer
"""


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"review": Review.AGREED, "text": "Ein Garten an jeder Schule."})


@pytest.fixture
def proposer():
    return person("Fachbereich", name="Paula")


@pytest.fixture
def decider():
    return person("Steuerungsgruppe", name="Dora")


def propose(node: Node, by, **content) -> Proposal:
    return proposal_actions.propose(node, content=content, by=by, reason="Weil es so besser ist")


def test_form_makes_a_proposal_of_what_differs(nodes, proposer):
    SDGFactory(number=4)
    client = browser_of(proposer)
    address = f"/verwaltung/knoten/{nodes['Garten'].uid}/vorschlagen/"
    data = {
        "title": "Garten",
        "text": "Zwei Gärten.",
        "sdgs": [4],
        "reason": "Mehr Platz",
        "opened_version": 1,
    }

    response = client.post(address, data)

    proposal = Proposal.objects.get()
    assert response.status_code == 302
    assert (proposal.by, proposal.reason, proposal.state) == (proposer, "Mehr Platz", "open")
    assert proposal.base == {"text": "Ein Garten an jeder Schule.", "sdgs": []}
    assert proposal.content == {"text": "Zwei Gärten.", "sdgs": [{"key": 4, "name": "Ziel 4"}]}
    assert saved()["Garten"].text == "Ein Garten an jeder Schule."
    assert HistoryRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": "Neu."}, "Bitte begründen Sie den Vorschlag"),
        ({"text": "Ein Garten an jeder Schule.", "reason": "So"}, "Sie haben nichts geändert."),
        ({"text": "Neu 😀", "reason": "So"}, "Zeichen 5"),
    ],
)
def test_incomplete_proposal_is_refused_and_nothing_typed_is_lost(nodes, proposer, data, sentence: str):
    address = f"/verwaltung/knoten/{nodes['Garten'].uid}/vorschlagen/"

    page = (
        browser_of(proposer).post(address, {"title": "Garten", "opened_version": 1, **data}).content.decode()
    )

    assert sentence in page
    assert data["text"] in page
    assert Proposal.objects.count() == 0


def test_proposal_for_a_node_that_is_gone_shows_what_was_typed(nodes, proposer):
    address = f"/verwaltung/knoten/{nodes['Garten'].uid}/vorschlagen/"
    node_actions.delete(nodes["Garten"])

    response = browser_of(proposer).post(address, {"text": "Mein Text.", "reason": "Mein Grund"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Mein Text." in page and "Mein Grund" in page
    assert Proposal.objects.count() == 0
    assert browser_of(proposer).get(address).status_code == 404


def test_accepted_proposal_is_applied_at_once_with_both_names(nodes, proposer, decider):
    proposal = propose(nodes["Garten"], proposer, text="Zwei Gärten.")

    browser_of(decider).post(f"/verwaltung/vorschlaege/{proposal.pk}/", {"accept": "1"})

    record = HistoryRecord.objects.get()
    proposal.refresh_from_db()
    assert saved()["Garten"].text == "Zwei Gärten."
    assert (record.by, record.proposed_by, record.reason) == (decider, proposer, "Weil es so besser ist")
    assert (proposal.state, proposal.decided_by) == ("accepted", decider)
    assert saved()["Garten"].review == "open"


def test_old_and_new_stand_side_by_side_with_the_words_marked(nodes, proposer, decider):
    proposal = propose(nodes["Garten"], proposer, text="Zwei Gärten an jeder Schule.")

    page = browser_of(decider).get(f"/verwaltung/vorschlaege/{proposal.pk}/").content.decode()

    assert "<del>Ein Garten</del>" in page.replace(" </del>", "</del>")
    assert "<ins>Zwei Gärten</ins>" in page.replace(" </ins>", "</ins>")


def test_declining_needs_a_reason_and_changes_nothing(nodes, proposer, decider):
    proposal = propose(nodes["Garten"], proposer, text="Neu.")
    client, address = browser_of(decider), f"/verwaltung/vorschlaege/{proposal.pk}/"

    page = client.post(address, {"decline": "1", "answer": ""}).content.decode()
    state_then = Proposal.objects.get().state
    client.post(address, {"decline": "1", "answer": "Kein Platz."})

    assert "Bitte begründen Sie, warum der Vorschlag abgelehnt wird." in page
    assert state_then == "open"
    assert (Proposal.objects.get().state, Proposal.objects.get().answer) == ("declined", "Kein Platz.")
    assert saved()["Garten"].text == "Ein Garten an jeder Schule."


def test_proposal_whose_node_changed_meanwhile_shows_the_conflict(nodes, proposer, decider):
    proposal = propose(nodes["Garten"], proposer, text="Zwei Gärten.", title="Gärten")
    node_actions.change(nodes["Garten"], content={"text": "Drei Gärten."})
    client, address = browser_of(decider), f"/verwaltung/vorschlaege/{proposal.pk}/"

    page = client.get(address).content.decode()
    refused = client.post(address, {"accept": "1"}).content.decode()
    text_then = saved()["Garten"].text
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    client.post(address, {"accept": "1", "seen": seen, "wahl-text": "nehmen"})

    assert "Seit dem Vorschlag hat jemand dieselbe Angabe geändert." in page
    assert "Drei Gärten." in re.sub(r'<span class="visually-hidden">[^<]*</span>|</?(?:ins|del)>', "", page)
    assert "Bitte wählen Sie: Jemand hat inzwischen dieselbe Angabe geändert." in refused
    assert text_then == "Drei Gärten."
    assert (saved()["Gärten"].text, Proposal.objects.get().state) == ("Zwei Gärten.", "accepted")


def test_change_of_another_field_is_no_conflict(nodes, proposer, decider):
    proposal = propose(nodes["Garten"], proposer, text="Zwei Gärten.")
    node_actions.change(nodes["Garten"], content={"title": "Gärten"})

    proposal_actions.accept(proposal, by=decider)

    assert (saved()["Gärten"].text, saved()["Gärten"].title) == ("Zwei Gärten.", "Gärten")


def test_same_change_made_by_somebody_else_is_no_conflict(nodes, proposer, decider):
    proposal = propose(nodes["Garten"], proposer, text="Zwei Gärten.")
    node_actions.change(nodes["Garten"], content={"text": "Zwei Gärten."})

    proposal_actions.accept(proposal, by=decider)

    assert Proposal.objects.get().state == "accepted"


def test_proposal_for_a_deleted_node_can_only_be_declined(nodes, proposer, decider):
    proposal = propose(nodes["Garten"], proposer, text="Neu.")
    node_actions.delete(nodes["Garten"])
    client, address = browser_of(decider), f"/verwaltung/vorschlaege/{proposal.pk}/"

    page = client.get(address).content.decode()
    client.post(address, {"accept": "1"})
    state_then = Proposal.objects.get().state
    client.post(address, {"decline": "1", "answer": "Gibt es nicht mehr."})

    assert "Der Eintrag wurde inzwischen gelöscht." in page
    assert 'name="accept"' not in page
    assert (state_then, Proposal.objects.get().state) == ("open", "declined")


def test_decided_proposal_is_decided_once(nodes, proposer, decider):
    proposal = propose(nodes["Garten"], proposer, text="Neu.")
    proposal_actions.accept(proposal, by=decider)

    with pytest.raises(ValidationError, match="schon entschieden"):
        proposal_actions.decline(proposal, by=decider, answer="Doch nicht")

    assert Proposal.objects.get().state == "accepted"


def test_own_proposal_can_be_withdrawn_by_nobody_else(nodes, proposer):
    proposal = propose(nodes["Garten"], proposer, text="Neu.")
    address = f"/verwaltung/vorschlaege/{proposal.pk}/"

    other = browser_of(person("Fachbereich")).post(address, {"withdraw": "1"})
    state_then = Proposal.objects.get().state
    browser_of(proposer).post(address, {"withdraw": "1"})

    assert (other.status_code, state_then, Proposal.objects.get().state) == (403, "open", "withdrawn")


@pytest.mark.parametrize(("theme", "status", "state"), [("Bildung", 302, "accepted"), ("Klima", 403, "open")])
def test_theme_editors_decide_in_their_own_themes(nodes, proposer, theme: str, status: int, state: str):
    proposal = propose(nodes["Garten"], proposer, text="Neu.")
    editor: Client = browser_of(person("Themenfeld-Redaktion", themes=[nodes[theme]]))

    response = editor.post(f"/verwaltung/vorschlaege/{proposal.pk}/", {"accept": "1"})

    assert (response.status_code, Proposal.objects.get().state) == (status, state)


def test_accepting_that_fails_half_way_leaves_everything_as_it_was(nodes, proposer, decider, monkeypatch):
    proposal = propose(nodes["Garten"], proposer, text="Neu.")

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(proposal_actions, "_decide", broken)
    with pytest.raises(RuntimeError):
        proposal_actions.accept(proposal, by=decider)

    assert saved()["Garten"].text == "Ein Garten an jeder Schule."
    assert (HistoryRecord.objects.count(), Proposal.objects.get().state) == (0, "open")


@pytest.mark.parametrize(
    "values",
    [
        {"state": "accepted"},
        {"state": "declined", "decided_at": "2026-01-01T00:00Z", "answer": ""},
        {"action": "move"},
        {"parent": "1ff68fdb-c970-4340-90d3-3169408fdcc6"},
    ],
    ids=["decided by nobody", "declined without an answer", "a move to nowhere", "a change with a place"],
)
def test_database_refuses_half_a_proposal(nodes, proposer, values):
    proposal = propose(nodes["Garten"], proposer, text="Neu.")
    if values.get("state") == "declined":
        values = {**values, "decided_by": proposer}

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**values)
