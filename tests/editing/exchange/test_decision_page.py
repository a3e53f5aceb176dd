"""A proposal is accepted field by field, or with changes; whoever proposed it hears what became of it."""

import pytest
from django.test import Client

from editing.exchange import proposal_actions
from editing.exchange.proposal_effects import Taken
from editing.models import Proposal
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from tests.editing.exchange.proposal_pages import TREE, address_of, decide, page_of, propose
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, SDGFactory
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes():
    return plant(TREE, Garten={"text": "Ein Garten an jeder Schule.", "target_group": "Kinder"})


@pytest.fixture
def paula():
    return person("Fachbereich", name="Paula")


@pytest.fixture
def dora():
    return person("Steuerungsgruppe", name="Dora")


def test_one_field_is_taken_another_changed_a_third_left(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, title="Gärten", text="Zwei Gärten.", target_group="alle")

    decide(
        proposal,
        dora,
        accept="1",
        wahl__title="nehmen",
        wahl__text="aendern",
        neu__text="Drei Gärten.",
        wahl__target_group="lassen",
        neu__target_group="niemand",
        answer="Für alle wäre zu viel.",
    )

    garden, proposal = saved()["Gärten"], Proposal.objects.get()
    assert (garden.text, garden.target_group) == ("Drei Gärten.", "Kinder")
    assert (proposal.state, proposal.verdict) == ("accepted", "teilweise angenommen")
    assert proposal.content["text"] == "Zwei Gärten."
    assert proposal.outcome == {"content": {"title": "Gärten", "text": "Drei Gärten."}}


def test_whoever_proposed_reads_what_became_of_each_field(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, title="Gärten", text="Zwei Gärten.", target_group="alle")
    decide(
        proposal,
        dora,
        accept="1",
        wahl__text="aendern",
        neu__text="Drei Gärten.",
        wahl__target_group="lassen",
        answer="Zu viel.",
    )

    desk = text_of(browser_of(paula).get("/verwaltung/").content.decode())
    page = text_of(page_of(proposal, paula))

    words = "Übernommen: Titel. Geändert übernommen: Text. Nicht übernommen: für wen."
    assert "Garten : teilweise angenommen Dora" in desk and words in desk and "Zu viel." in desk
    assert words in page and "Antwort: Zu viel." in page
    assert "Text: geändert übernommen" in page and "Drei" in page


def test_what_is_left_out_needs_an_answer_and_nothing_typed_is_lost(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, title="Gärten", text="Zwei Gärten.")

    response = decide(
        proposal, dora, accept="1", wahl__title="lassen", wahl__text="aendern", neu__text="Drei Gärten."
    )

    page = response.content.decode()
    assert "Bitte schreiben Sie in die Antwort, warum nicht alles übernommen wird" in page
    assert "Drei Gärten." in page
    assert 'value="lassen" id="id_wahl-title_1" checked' in page
    assert (saved()["Garten"].text, Proposal.objects.get().state) == ("Ein Garten an jeder Schule.", "open")
    assert HistoryRecord.objects.count() == 0


def test_nothing_taken_is_no_acceptance(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, title="Gärten")

    response = decide(proposal, dora, accept="1", wahl__title="lassen", answer="Nein")

    assert "Von diesem Vorschlag wird nichts übernommen." in response.content.decode()
    assert Proposal.objects.get().state == "open"


@pytest.mark.parametrize(
    ("edited", "sentence"),
    [({"neu__text": "Neu 😀"}, "Zeichen 5"), ({"neu__title": ""}, "Dieses Feld ist zwingend erforderlich.")],
)
def test_what_is_changed_is_checked_as_in_the_form(nodes, paula, dora, edited, sentence):
    proposal = propose(nodes["Garten"], paula, title="Gärten", text="Zwei Gärten.")
    choices = {"wahl__title": "aendern", "wahl__text": "aendern", "neu__title": "A", "neu__text": "B"}

    page = decide(proposal, dora, accept="1", **{**choices, **edited}).content.decode()

    assert sentence in page
    assert Proposal.objects.get().state == "open"


def test_field_that_is_not_to_be_changed_is_not_read(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, text="Zwei Gärten.")

    decide(proposal, dora, accept="1", wahl__text="nehmen", neu__text="Neu 😀")

    assert saved()["Garten"].text == "Zwei Gärten."


def test_rule_of_two_fields_speaks_where_only_one_is_taken(nodes, paula, dora):
    node_actions.change(nodes["Garten"], content={"end_year": 2027})
    proposal = propose(nodes["Garten"], paula, start_year=2028, end_year=2030)

    page = decide(
        proposal, dora, accept="1", wahl__start_year="nehmen", wahl__end_year="lassen", answer="Zu spät"
    ).content.decode()

    assert "id_wahl-end_year_0" in page or "id_wahl-start_year_0" in page
    assert Proposal.objects.get().state == "open"
    assert saved()["Garten"].start_year is None


def test_lists_and_references_are_changed_with_their_own_widgets(nodes, paula, dora):
    four, five, parks = SDGFactory(number=4), SDGFactory(number=5), DepartmentFactory(name="Grün")
    lead = {"key": parks.key, "name": parks.name}
    sdgs = [{"key": 4, "name": four.title}]
    proposal = propose(nodes["Garten"], paula, sdgs=sdgs, lead=lead)
    page = page_of(proposal, dora)

    decide(proposal, dora, accept="1", wahl__sdgs="aendern", neu__sdgs=str(five.pk))

    assert f'value="{four.pk}" id="id_neu-sdgs_0" checked' in page.replace(
        'aria-describedby="id_neu-sdgs_helptext" ', ""
    )
    assert f'<option value="{parks.pk}" selected>' in page
    garden = saved()["Garten"]
    assert ([sdg.number for sdg in garden.sdgs.all()], garden.lead) == ([5], parks)


def test_decision_rests_on_what_the_page_showed(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, text="Zwei Gärten.")
    client, seen = browser_of(dora), page_of(proposal, dora).split('name="seen" value="')[1].split('"')[0]
    node_actions.change(nodes["Garten"], content={"text": "Inzwischen anders."})

    page = client.post(
        address_of(proposal), {"accept": "1", "seen": seen, "wahl-text": "nehmen"}
    ).content.decode()

    assert "wurde geändert, seit Sie diese Seite geöffnet haben; es wurde nichts geschrieben." in page
    assert saved()["Garten"].text == "Inzwischen anders."


def test_reason_is_asked_for_where_the_council_has_adopted_and_can_be_reworded(nodes, paula, dora):
    adopt()
    proposal = propose(nodes["Garten"], paula, text="Zwei Gärten.")

    page = page_of(proposal, dora)
    decide(proposal, dora, accept="1", reason="Klarer gesagt")

    assert "Das hat der Rat beschlossen." in page
    assert HistoryRecord.objects.get().reason == "Klarer gesagt"
    assert Proposal.objects.get().reason == "Weil es so besser ist"


def test_action_takes_no_field_that_was_not_proposed(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, text="Zwei Gärten.")

    proposal_actions.accept(proposal, by=dora, taken=Taken({"text": "Drei.", "title": "Anders"}))

    assert saved()["Garten"].text == "Drei."


@pytest.mark.parametrize("happens", ["decided", "deleted"])
def test_two_who_decide_at_once_write_once_and_lose_nothing(nodes, paula, dora, happens: str):
    proposal = propose(nodes["Garten"], paula, text="Zwei Gärten.")
    data = {"accept": "1", "wahl-text": "aendern", "neu-text": "Drei Gärten.", "answer": "Drei sind besser."}
    if happens == "decided":
        proposal_actions.withdraw(proposal, by=paula)
    else:
        node_actions.delete(nodes["Garten"])

    page = browser_of(dora).post(address_of(proposal), data).content.decode()

    sentence = {"decided": "schon entschieden: zurückgezogen", "deleted": "„Garten“ wurde gelöscht."}[happens]
    assert all(text in page for text in (sentence, "Drei Gärten.", "Drei sind besser."))
    assert "Was Sie getippt haben, steht hier" in page
    assert Proposal.objects.get().outcome is None


def test_decided_one_leads_to_the_next_that_waits(nodes, paula, dora):
    first, second = propose(nodes["Garten"], paula, text="A"), propose(nodes["Kitas"], paula, text="B")

    decide(first, dora, accept="1")

    assert f'href="{address_of(second)}">Nächster offener Vorschlag: Kitas' in page_of(first, dora)
    assert "Nächster offener Vorschlag" not in page_of(first, paula)


def test_login_that_has_ended_loses_nothing(nodes, paula, dora):
    proposal = propose(nodes["Garten"], paula, text="Zwei Gärten.")
    client = Client(enforce_csrf_checks=True)

    response = client.post(
        address_of(proposal),
        {"accept": "1", "wahl-text": "aendern", "neu-text": "Drei Gärten."},
        headers={"origin": "http://testserver"},
    )

    page = response.content.decode()
    assert response.status_code == 403
    assert 'name="wahl-text"' in page and "Drei Gärten." in page
    assert Proposal.objects.get().state == "open"
