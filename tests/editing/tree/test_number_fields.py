"""Numbers in the forms of nodes and of proposals: read and shown in German."""

from decimal import Decimal

import pytest
from django.test import Client

from editing.models import Proposal
from goals.levels import target
from strategy.editions import actions
from strategy.editions.library import library
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      operational_goal Räume
"""
WHOLE = "ist keine ganze Zahl in deutscher Schreibweise. Bitte schreiben Sie zum Beispiel 70000 oder 70.000."


@pytest.fixture
def nodes():
    return plant(
        TREE,
        Garten={"cost_yearly": 68000, "start_year": 2026},
        Räume={"target_value": Decimal(75), "base_value": Decimal("1500.5")},
    )


def garden(nodes) -> str:
    return f"/verwaltung/measures/measure/{nodes['Garten'].pk}/change/"


def rooms(nodes) -> str:
    return f"/verwaltung/goals/operationalgoal/{nodes['Räume'].pk}/change/"


def form_of(client: Client, address: str) -> dict:
    """What a browser would send of the form as it opens."""
    response = client.get(address)
    form = response.context["adminform"].form if "adminform" in response.context else response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


@pytest.mark.parametrize(
    ("typed", "cost"),
    [("70.000", 70000), ("71000", 71000), ("1.234.567", 1234567), ("250.000,00 €", 250000), ("", None)],
)
def test_costs_are_read_as_the_portal_shows_them(editor: Client, nodes, typed: str, cost):
    editor.post(garden(nodes), {**form_of(editor, garden(nodes)), "cost_yearly": typed})

    assert saved()["Garten"].cost_yearly == cost


@pytest.mark.parametrize("typed", ["70.00", "70,5", "siebzig"])
def test_costs_that_cannot_be_read_are_refused_and_stay_in_the_form(editor: Client, nodes, typed: str):
    response = editor.post(garden(nodes), {**form_of(editor, garden(nodes)), "cost_yearly": typed})

    page = response.content.decode()
    assert response.context["adminform"].form.errors == {"cost_yearly": [f"„{typed}“ {WHOLE}"]}
    assert f'value="{typed}"' in page
    assert saved()["Garten"].cost_yearly == 68000


@pytest.mark.parametrize("name", ["cost_once", "cost_yearly"])
def test_what_is_said_beside_a_cost_stays_in_the_form_with_where_it_belongs(editor: Client, nodes, name: str):
    data = {**form_of(editor, garden(nodes)), name: "ca. 15.000"}

    response = editor.post(garden(nodes), data)

    assert response.context["adminform"].form.errors[name] == [
        "„ca. 15.000“ ist mehr als eine Zahl. Bitte schreiben Sie hier die Zahl allein, zum Beispiel 70.000. "
        "Was dazu noch zu sagen ist, gehört in das Feld „Hinweis zu den Kosten“ oder in den Text."
    ]
    assert 'value="ca. 15.000"' in response.content.decode()
    assert HistoryRecord.objects.count() == 0


def test_years_are_read_as_people_say_them(editor: Client, nodes):
    editor.post(
        garden(nodes), {**form_of(editor, garden(nodes)), "start_year": "ab 2027", "end_year": "bis 2030"}
    )
    editor.post(rooms(nodes), {**form_of(editor, rooms(nodes)), "due_year": "bis 2035"})

    assert (saved()["Garten"].start_year, saved()["Garten"].end_year) == (2027, 2030)
    assert saved()["Räume"].due_year == 2035


def test_unit_typed_beside_a_target_value_is_sent_to_its_field(editor: Client, nodes):
    response = editor.post(rooms(nodes), {**form_of(editor, rooms(nodes)), "target_value": "75 %"})

    assert "gehört in das Feld „Einheit“ oder in den Text." in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "number"), [("1.500", 1500), ("1.500,5", Decimal("1500.5")), ("0,25", Decimal("0.25"))]
)
def test_target_value_is_read_in_german(editor: Client, nodes, typed: str, number):
    editor.post(rooms(nodes), {**form_of(editor, rooms(nodes)), "target_value": typed})

    assert saved()["Räume"].target_value == number


@pytest.mark.parametrize("typed", ["70.00", "1,5.0", "12.5"])
def test_target_value_that_could_be_read_in_two_ways_is_refused(editor: Client, nodes, typed: str):
    response = editor.post(rooms(nodes), {**form_of(editor, rooms(nodes)), "target_value": typed})

    assert response.context["adminform"].form.errors == {
        "target_value": [
            f"„{typed}“ ist keine Zahl in deutscher Schreibweise. "
            "Bitte schreiben Sie zum Beispiel 70000, 70.000 oder 1.500,5."
        ]
    }
    assert saved()["Räume"].target_value == 75


def test_stored_numbers_are_shown_in_german_and_sent_back_unchanged(editor: Client, nodes):
    measure, goal = form_of(editor, garden(nodes)), form_of(editor, rooms(nodes))

    editor.post(garden(nodes), measure)
    editor.post(rooms(nodes), goal)

    assert (measure["cost_yearly"], measure["start_year"]) == ("68.000", "2026")
    assert (goal["target_value"], goal["base_value"]) == ("75", "1.500,5")
    assert HistoryRecord.objects.count() == 0


def test_zero_at_the_end_is_kept_shown_and_frozen_as_it_was_typed(editor: Client, nodes):
    editor.post(rooms(nodes), {**form_of(editor, rooms(nodes)), "target_value": "1.076,0"})
    goal = form_of(editor, rooms(nodes))
    editor.post(rooms(nodes), goal)

    assert goal["target_value"] == "1.076,0"
    assert HistoryRecord.objects.count() == 1
    frozen = actions.freeze(slug="eins", title="Eins")
    values = library.document(frozen).by_uid[str(nodes["Räume"].uid)].values
    assert (values["target_value"], target(values)) == ("1076.0", ["von 1.500,5 auf 1.076,0"])


def test_zero_that_is_typed_to_what_is_there_is_a_change(editor: Client, nodes):
    editor.post(rooms(nodes), {**form_of(editor, rooms(nodes)), "target_value": "75,0"})

    assert f"{saved()['Räume'].target_value}" == "75.0"
    assert HistoryRecord.objects.get().before["content"]["target_value"] == "75"


def test_numbers_are_lines_of_text(editor: Client, nodes):
    page = editor.get(garden(nodes)).content.decode() + editor.get(rooms(nodes)).content.decode()

    assert 'type="number"' not in page
    assert page.count('inputmode="decimal"') == 2
    assert page.count('inputmode="numeric"') == 6  # years and costs of the measure, years of the goal


def test_numbers_of_somebody_else_are_shown_in_german_after_a_conflict(editor: Client, nodes):
    mine = form_of(editor, rooms(nodes))
    node_actions.change(nodes["Räume"], content={"text": "Ottos.", "target_value": "1234.5"})

    response = editor.post(rooms(nodes), {**mine, "text": "Meiner."})
    form = response.context["adminform"].form
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
    editor.post(rooms(nodes), again)

    assert again["target_value"] == "1.234,5"
    assert (saved()["Räume"].target_value, saved()["Räume"].text) == (Decimal("1234.5"), "Meiner.")


def test_proposed_costs_are_read_in_german(nodes):
    client = browser_of(person("Fachbereich", name="Fiona"))
    address = f"/verwaltung/knoten/{nodes['Garten'].uid}/vorschlagen/"
    data = {**form_of(client, address), "reason": "Teurer"}

    refused = client.post(address, {**data, "cost_yearly": "71.00"})
    client.post(address, {**data, "cost_yearly": "71.000"})

    assert data["cost_yearly"] == "68.000"
    assert refused.context["form"].errors == {"cost_yearly": [f"„71.00“ {WHOLE}"]}
    assert Proposal.objects.get().content == {"cost_yearly": 71000}


def test_year_of_many_measures_is_read_strictly(editor: Client, nodes):
    data = {"m": nodes["Garten"].pk, "start_year": "2.0", "end_year": "bis Ende 2030", "vorschau": "1"}

    page = editor.post("/verwaltung/massnahmen-aendern/", data).content.decode()

    assert "„2.0“ ist keine Jahreszahl. Bitte schreiben Sie zum Beispiel 2030." in page
    assert "„bis Ende 2030“ ist mehr als eine Zahl." in page
    assert 'type="number"' not in page


def test_changed_node_that_was_agreed_says_that_it_no_longer_is(editor: Client, nodes):
    node_actions.set_review(nodes["Garten"], "agreed")
    data = form_of(editor, garden(nodes))

    same = editor.post(garden(nodes), data, follow=True).content.decode()
    corrected = {**data, "cost_yearly": "69.000", "is_correction": "on"}
    correction = editor.post(garden(nodes), corrected, follow=True).content.decode()
    data = form_of(editor, garden(nodes))
    changed = editor.post(garden(nodes), {**data, "cost_yearly": "70.000"}, follow=True).content.decode()

    sentence = "„Garten“ war abgestimmt und ist damit wieder zur Abstimmung."
    assert [sentence in page for page in (same, correction, changed)] == [False, False, True]


def test_accepted_proposal_for_an_agreed_node_says_that_it_no_longer_is(editor: Client, nodes):
    from editing.exchange import proposal_actions

    node_actions.set_review(nodes["Garten"], "agreed")
    fiona = person("Fachbereich", name="Fiona")
    found = proposal_actions.propose(nodes["Garten"], content={"text": "Neu."}, by=fiona, reason="So")

    page = editor.post(f"/verwaltung/vorschlaege/{found.pk}/", {"accept": "1"}, follow=True).content.decode()

    assert "„Garten“ war abgestimmt und ist damit wieder zur Abstimmung." in page
