"""Where mistakes of a form are said: in the summary with a link to the field, and beside the field."""

import pytest
from django.test import Client

from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
"""


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle", name="Karla"))


def sent(client: Client, address: str, **typed: str):
    form = client.get(address).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return client.post(address, {**{k: v for k, v in values.items() if v not in (None, "", False)}, **typed})


def garden() -> str:
    return f"/verwaltung/measures/measure/{plant(TREE)['Garten'].pk}/change/"


@pytest.mark.parametrize(
    ("typed", "name", "sentence"),
    [
        (
            {"start_year": "2030", "end_year": "2026"},
            "end_year",
            "Die Maßnahme würde enden, bevor sie beginnt.",
        ),
        ({"end_year": "2030", "is_ongoing": "on"}, "is_ongoing", "Eine fortlaufende Maßnahme hat kein Ende."),
        (
            {"participation": "none"},
            "participation_note",
            "Bitte begründen Sie, warum es keine Beteiligung gibt.",
        ),
    ],
)
def test_what_concerns_several_fields_stands_beside_the_last_and_leads_there(
    office: Client, typed, name, sentence
):
    response = sent(office, garden(), **typed)

    page = response.content.decode()
    assert list(response.context["adminform"].form.errors) == [name]
    assert response.context["adminform"].form.errors[name] == [sentence]
    summary = page.partition('id="fehler"')[2].partition("</div>")[0]
    assert f'<a href="#id_{name}">' in summary and sentence in summary
    assert page.partition('id="fehler"')[2].count(sentence) == 2  # there, and beside the field


def test_summary_takes_the_focus_and_counts(office: Client):
    page = sent(office, garden(), title="", cost_once="viel").content.decode()

    assert 'id="fehler" tabindex="-1" autofocus role="alert"' in page
    assert "Es gibt 2 Fehler. Ihre Eingaben sind noch da." in page
    assert [each in page for each in ('<a href="#id_title">Titel</a>', '<a href="#id_cost_once">')] == [
        True,
        True,
    ]


def test_form_without_a_mistake_has_no_summary_and_takes_no_focus(office: Client):
    page = (
        office.get(garden()).content.decode()
        + office.get("/verwaltung/measures/measure/add/").content.decode()
    )

    assert 'id="fehler"' not in page
    assert "autofocus" not in page and "change_form.js" not in page


def test_mistake_in_a_row_below_names_the_row_and_leads_there(office: Client):
    department = DepartmentFactory()
    data = {
        "reference": "2026/0100",
        "name": "Strategie",
        "consultations-TOTAL_FORMS": "1",
        "consultations-INITIAL_FORMS": "0",
        "consultations-0-held_on": "kein Tag",
        "consultations-0-role": "decision",
        "paper_measures-TOTAL_FORMS": "0",
        "paper_measures-INITIAL_FORMS": "0",
        "measures-TOTAL_FORMS": "0",
        "measures-INITIAL_FORMS": "0",
    }

    page = office.post("/verwaltung/council/paper/add/", data).content.decode()

    assert department.pk
    assert '<a href="#id_consultations-0-held_on">Beratung 1: ' in page


def test_pages_of_the_editors_have_the_same_summary(office: Client):
    plant(TREE)

    page = office.post(
        "/verwaltung/massnahmen-aendern/", {"start_year": "x", "vorschau": "1"}
    ).content.decode()

    assert '<a href="#id_start_year">' in page.partition('id="fehler"')[2]
    assert "Es gibt" in text_of(page)
