"""Small proposals are accepted on “Was bei mir liegt”, several at once, after their differences were seen there."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editing.exchange import proposal_actions
from editing.exchange.quick_decisions import waiting_proposals
from editing.models import Proposal
from strategy.history import node_actions
from tests.editing.exchange.proposal_pages import TREE, propose
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

DESK, ACCEPT = "/verwaltung/", "/verwaltung/vorschlaege/annehmen/"


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"text": "Ein Garten an jeder Schule."})


@pytest.fixture
def paula():
    return person("Fachbereich", name="Paula")


@pytest.fixture
def dora():
    return person("Steuerungsgruppe", name="Dora")


def boxes(page: str) -> list[str]:
    return re.findall(r'name="vorschlag" id="[^"]+" value="([^"]+)"', page)


def test_several_are_accepted_at_once_after_their_differences_were_seen(nodes, paula, dora):
    propose(nodes["Garten"], paula, text="Zwei Gärten an jeder Schule.")
    propose(nodes["Kitas"], paula, title="Kindertagesstätten")
    page = browser_of(dora).get(DESK).content.decode()

    response = browser_of(dora).post(ACCEPT, {"vorschlag": boxes(page)}, follow=True)

    assert "<ins>Zwei Gärten</ins>" in page.replace(" </ins>", "</ins>")
    assert "2 Vorschläge sind angenommen: Garten; Kitas." in text_of(response.content.decode())
    assert {each.state for each in Proposal.objects.all()} == {"accepted"}
    assert saved()["Garten"].text == "Zwei Gärten an jeder Schule."


def test_one_that_changed_meanwhile_stays_open_and_the_others_are_accepted(nodes, paula, dora):
    changed = propose(nodes["Garten"], paula, text="Zwei Gärten.")
    other = propose(nodes["Kitas"], paula, title="Kindertagesstätten")
    ticked = boxes(browser_of(dora).get(DESK).content.decode())
    node_actions.change(nodes["Garten"], content={"text": "Inzwischen anders."})

    page = text_of(browser_of(dora).post(ACCEPT, {"vorschlag": ticked}, follow=True).content.decode())

    states = {each.pk: each.state for each in Proposal.objects.all()}
    assert states == {changed.pk: "open", other.pk: "accepted"}
    assert "Nicht angenommen: Garten: „Garten“ wurde geändert, seit Sie diese Seite geöffnet haben" in page
    assert saved()["Garten"].text == "Inzwischen anders."


def test_what_is_large_or_no_change_or_conflicts_is_decided_on_its_page(nodes, paula, dora):
    propose(nodes["Garten"], paula, text="Ein Satz. " * 200)
    proposal_actions.propose_deletion(nodes["Garten"], by=paula, reason="Doppelt")
    move = {"parent": nodes["Kitas"], "by": paula, "reason": "Passt besser"}
    proposal_actions.propose_move(nodes["Höfe"], **move)
    new = {"kind": "measure", "content": {"title": "Neu"}, "parent": nodes["Höfe"]}
    proposal_actions.propose_new(**new, by=paula, reason="Fehlt")
    propose(nodes["Schulen"], paula, text="Vorgeschlagen.")
    node_actions.change(nodes["Schulen"], content={"text": "Inzwischen."})
    propose(nodes["Energie"], paula, text="Anders.")
    node_actions.delete(nodes["Energie"])

    page = browser_of(dora).get(DESK).content.decode()

    assert boxes(page) == []
    assert all(f"/vorschlaege/{each.pk}/" in page for each in Proposal.objects.all())
    assert "Angekreuzte annehmen" not in page


def test_nothing_ticked_and_nonsense_are_said(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, text="Zwei Gärten.")

    for sent in ([], ["x", "9" * 30, "²:1"]):
        page = browser_of(dora).post(ACCEPT, {"vorschlag": sent}, follow=True).content.decode()
        assert "Bitte kreuzen Sie mindestens einen Vorschlag an." in page
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_whoever_may_not_decide_on_one_of_them_accepts_none(nodes, paula):
    editor = person("Themenfeld-Redaktion", themes=[nodes["Bildung"]])
    proposals = [propose(nodes[title], paula, text="Neu.") for title in ("Garten", "Energie")]
    ticked = [f"{each.proposal.pk}:{each.basis}" for each in waiting_proposals(proposals)]

    response = browser_of(editor).post(ACCEPT, {"vorschlag": ticked})

    assert response.status_code == 403
    assert {each.state for each in Proposal.objects.all()} == {"open"}


def test_same_number_of_queries_for_one_and_three(nodes, paula, dora):
    client, counts = browser_of(dora), []
    for title in ("Erste", "Zweite", "Dritte"):
        node = node_actions.add(kind="measure", content={"title": title}, parent=nodes["Höfe"])
        propose(node, paula, text="Neu.")
        client.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            client.get(DESK)
        counts.append(len(queries))

    assert counts[0] == counts[2]
