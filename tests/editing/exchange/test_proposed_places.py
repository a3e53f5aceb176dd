"""Proposed new nodes, deletions and other places."""

import pytest
from django.core.exceptions import ValidationError

from editing.exchange import proposal_actions
from editing.models import Proposal
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.editing.exchange.proposal_pages import TREE, address_of, decide, page_of, seen_on
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import outline, plant, saved, tidy

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes():
    return plant(TREE)


@pytest.fixture
def paula():
    return person("Fachbereich", name="Paula")


@pytest.fixture
def dora():
    return person("Steuerungsgruppe", name="Dora")


def propose_new(below: Node, by, **content) -> Proposal:
    content = {"title": "Bäume", "target_group": "alle", **content}
    return proposal_actions.propose_new(
        kind="measure", content=content, parent=below, by=by, reason="Fehlt noch"
    )


def test_new_measure_is_proposed_from_the_tree_in_the_form_of_measures(nodes, paula):
    tree = browser_of(paula).get(f"/verwaltung/baum/?zeige={nodes['Höfe'].pk}").content.decode()
    address = f"/verwaltung/vorschlaege/neu/measure/?unter={nodes['Höfe'].pk}"
    form = browser_of(paula).get(address).content.decode()

    data = {"parent": nodes["Höfe"].pk, "title": "Bäume", "target_group": "alle", "reason": "Fehlt noch"}
    response = browser_of(paula).post(address, data)

    proposal = Proposal.objects.get()
    assert address in tree and "+ Maßnahme vorschlagen" in tree and "/massnahme/add/" not in tree
    assert f'<option value="{nodes["Höfe"].pk}" selected>' in form
    assert "fieldset-heading" in form
    assert response.url == address_of(proposal)
    assert (proposal.action, proposal.says) == ("add", "Bäume (neu unter „Höfe“)")
    assert proposal.content == {"title": "Bäume", "target_group": "alle"}
    assert "Bäume" not in saved()


def test_accepted_new_measure_stands_at_its_place_with_both_names(nodes, paula, dora):
    proposal = propose_new(nodes["Höfe"], paula)

    decide(proposal, dora, accept="1", wahl__target_group="aendern", neu__target_group="Kinder")

    record, node = HistoryRecord.objects.get(), saved()["Bäume"]
    assert (record.action, record.by, record.proposed_by, record.reason) == (
        "added",
        dora,
        paula,
        "Fehlt noch",
    )
    assert (node.target_group, Node.objects.get_parent(node).title) == ("Kinder", "Höfe")
    assert (Proposal.objects.get().verdict, Proposal.objects.get().node.title) == (
        "mit Änderungen angenommen",
        "Bäume",
    )


def test_new_measure_without_a_title_or_a_place_is_refused_and_nothing_is_lost(nodes, paula):
    data = {"parent": "", "title": "", "target_group": "alle", "reason": ""}

    page = browser_of(paula).post("/verwaltung/vorschlaege/neu/measure/", data).content.decode()

    assert 'value="alle"' in page
    assert page.count("Dieses Feld ist zwingend erforderlich.") >= 2
    assert Proposal.objects.count() == 0


def test_new_entries_stand_below_their_place_until_they_are_decided(nodes, paula, dora):
    proposal = propose_new(nodes["Höfe"], paula)
    address = f"/verwaltung/baum/?zeige={nodes['Garten'].pk}"

    tree = text_of(browser_of(dora).get(address).content.decode())
    form = text_of(
        browser_of(dora).get(f"/verwaltung/goals/operationalgoal/{nodes['Höfe'].pk}/change/").content.decode()
    )
    proposal_actions.decline(proposal, by=dora, answer="Nein")
    later = text_of(browser_of(dora).get(address).content.decode())
    listed = (
        browser_of(dora).get(f"/verwaltung/vorschlaege/?alle=1&knoten={nodes['Höfe'].uid}").content.decode()
    )

    assert "vorgeschlagen Bäume Maßnahme" in tree and "1 Vorschlag" in tree
    assert "Neu Bäume (neu unter „Höfe“) Paula" in form
    assert "Bäume" not in later
    assert "Bäume (neu unter „Höfe“)" in listed and "abgelehnt" in listed


def test_new_measure_whose_place_is_gone_is_taken_at_another_one(nodes, paula, dora):
    proposal = propose_new(nodes["Höfe"], paula)
    node_actions.delete(nodes["Höfe"])

    page = page_of(proposal, dora)
    refused = decide(proposal, dora, accept="1").content.decode()
    state_then = Proposal.objects.get().state
    decide(proposal, dora, accept="1", parent=str(nodes["Kitas"].pk))

    assert "„Höfe“, worunter der Eintrag stehen soll, wurde inzwischen gelöscht." in page
    assert "Bitte wählen Sie einen anderen Platz" in refused
    assert state_then == "open"
    assert Node.objects.get_parent(saved()["Bäume"]).title == "Kitas"
    assert "Steht stattdessen unter „Kitas“." in page_of(proposal, paula)


def test_levels_hold_when_it_is_proposed_and_when_it_is_accepted(nodes, paula, dora):
    theme = plant("theme Leer")["Leer"]
    proposal = proposal_actions.propose_new(
        kind="guideline", content={"title": "Neu"}, parent=theme, by=paula, reason="Fehlt"
    )
    node_actions.add(kind="guideline", content={"title": "Inzwischen"}, parent=theme)

    refused = decide(proposal, dora, accept="1").content.decode()

    with pytest.raises(ValidationError, match="ist kein Platz dafür"):
        propose_new(nodes["Bildung"], paula)
    assert "Dieser Platz ist nicht möglich (Ebene „Leitlinie“ unter „Themenfeld“)." in refused
    assert Proposal.objects.get().state == "open"


def test_proposed_deletion_shows_what_goes_along_and_deletes_it(nodes, paula, dora):
    address = f"/verwaltung/knoten/{nodes['Schulen'].uid}/loeschung-vorschlagen/"
    shown = browser_of(paula).get(address).content.decode()
    browser_of(paula).post(address, {"reason": "Doppelt"})
    proposal = Proposal.objects.get()

    page = page_of(proposal, dora)
    decide(proposal, dora, accept="1")

    records = HistoryRecord.objects.all()
    assert all(
        each in text for text in (shown, page) for each in ("Maßnahme: Garten", "Operatives Ziel: Höfe")
    )
    assert {each.title for each in records} == {"Schulen", "Garten", "Höfe"}
    assert {(each.by, each.proposed_by, each.reason) for each in records} == {(dora, paula, "Doppelt")}
    assert Proposal.objects.get().state == "accepted"


def test_deletion_rests_on_what_the_page_showed(nodes, paula, dora):
    proposal = proposal_actions.propose_deletion(nodes["Schulen"], by=paula, reason="Doppelt")
    seen = seen_on(page_of(proposal, dora))
    node_actions.add(kind="measure", content={"title": "Inzwischen"}, parent=nodes["Höfe"])

    answers = [
        browser_of(dora).post(address_of(proposal), {"accept": "1", **sent}).content.decode()
        for sent in ({"seen": seen}, {})
    ]

    assert all("es wurde nichts gelöscht" in page for page in answers)
    assert "Schulen" in saved()


def test_proposed_move_is_written_with_both_names(nodes, paula, dora):
    address = f"/verwaltung/knoten/{nodes['Garten'].uid}/platz-vorschlagen/"
    page = browser_of(paula).get(address).content.decode()
    browser_of(paula).post(address, {"parent": nodes["Kitas"].pk, "reason": "Passt besser"})
    proposal = Proposal.objects.get()

    decide(proposal, dora, accept="1")

    record = HistoryRecord.objects.get()
    assert "Kitas" in page and f'<option value="{nodes["Schulen"].pk}">' not in page
    assert proposal.says == "Garten (verschieben nach „Kitas“)"
    assert (record.action, record.by, record.proposed_by) == ("moved", dora, paula)
    assert "    strategic_goal Kitas\n      measure Garten\n" in outline()


def test_node_that_was_moved_meanwhile_is_not_moved_unseen(nodes, paula, dora):
    move = {"parent": nodes["Kitas"], "by": paula, "reason": "Passt besser"}
    proposal = proposal_actions.propose_move(nodes["Garten"], **move)
    node_actions.move(nodes["Garten"], target=nodes["Energie"], pos="last-child")

    with pytest.raises(ValidationError, match="nach diesem Vorschlag geändert"):
        proposal_actions.accept(proposal, by=dora)
    page = page_of(proposal, dora)
    decide(proposal, dora, accept="1")

    assert "Der Eintrag wurde inzwischen verschoben" in page
    assert Node.objects.get_parent(saved()["Garten"]).title == "Kitas"


@pytest.mark.parametrize("deleted", ["Garten", "Kitas"])
def test_move_of_which_an_end_is_gone_can_be_declined_or_withdrawn(nodes, paula, dora, deleted):
    for _twice in range(2):
        move = {"parent": nodes["Kitas"], "by": paula, "reason": "Passt besser"}
        proposal_actions.propose_move(nodes["Garten"], **move)
    node_actions.delete(nodes[deleted])
    first, second = Proposal.objects.order_by("pk")

    sentence = text_of(page_of(first, dora))
    browser_of(dora).post(address_of(first), {"decline": "1", "answer": "Gibt es nicht mehr."})
    browser_of(paula).post(address_of(second), {"withdraw": "1"})

    assert "wurde inzwischen gelöscht" in sentence
    assert {each.state for each in Proposal.objects.all()} == {"declined", "withdrawn"}


def test_place_where_it_stands_or_cannot_stand_is_refused(nodes, paula):
    before = outline()

    for title, sentence in [
        ("Schulen", "Dort steht der Eintrag schon."),
        ("Bildung", "ist kein Platz dafür"),
    ]:
        with pytest.raises(ValidationError, match=sentence):
            proposal_actions.propose_move(nodes["Garten"], parent=nodes[title], by=paula, reason="So")

    assert (Proposal.objects.count(), outline()) == (0, tidy(before))


def test_theme_editors_decide_where_they_may_do_it_themselves(nodes, paula):
    own = person("Themenfeld-Redaktion", themes=[nodes["Bildung"]])
    move = {"by": paula, "reason": "So"}
    inside = proposal_actions.propose_move(nodes["Garten"], parent=nodes["Kitas"], **move)
    outside = proposal_actions.propose_move(nodes["Garten"], parent=nodes["Energie"], **move)
    theme = proposal_actions.propose_deletion(nodes["Bildung"], **move)
    new = propose_new(nodes["Höfe"], paula)
    top = proposal_actions.propose_new(kind="theme", content={"title": "Neu"}, parent=None, **move)

    declining = {"decline": "1", "answer": "Nein"}
    proposals = (inside, outside, theme, new, top)
    may = [browser_of(own).post(address_of(each), declining).status_code for each in proposals]

    assert may == [302, 403, 403, 302, 403]
