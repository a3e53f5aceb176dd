"""The council's paper on the sheets of an edition: the way that it went, its resolution and votes."""

import datetime

import pytest
from django.template.loader import render_to_string

from strategy.editions import actions
from strategy.editions.models import Edition
from tests.factories import BodyFactory, ConsultationFactory, PaperFactory
from tests.printing.printed_pages import get, say
from tests.printing.sample import store

pytestmark = pytest.mark.django_db

PAPER = {
    "reference": "2021/0734",
    "name": "Strategie der Stadt",
    "paper_type": "öffentliche Beschlussvorlage",
    "under_direction_of": "FB 51",
    "url": "",
    "proviso": "Unter Vorbehalt.",
    "consultations": [
        {"body": "Ausschuss", "held_on": "2021-08-25", "result": "beschlossen", "is_authoritative": False},
        {"body": "Rat der Stadt", "held_on": "2021-10-05", "result": "beschlossen", "is_authoritative": True},
    ],
}


def test_edition_that_only_refers_to_a_paper_says_so_with_its_way():
    store(meta={"basis": PAPER})

    said = say(get("/druck/").partition('<section class="paper-record">')[2].partition("</section>")[0])

    assert said == (
        "Bezieht sich auf Vorlage 2021/0734 Öffentliche Beschlussvorlage: Strategie der Stadt, Federführung: FB 51 "
        "Diese Fassung selbst ist nicht beschlossen. "
        "Sie bezieht sich auf eine Vorlage, über die die Gremien so beraten haben: "
        "Beratungsfolge der Vorlage 2021/0734 Gremium Datum Ergebnis Ausschuss 25.08.2021 beschlossen "
        "Rat der Stadt 05.10.2021 beschlossen Unter Vorbehalt."
    )


@pytest.mark.parametrize("path", ["/druck/", "/"])
def test_edition_that_is_decided_is_not_called_undecided(path: str):
    edition = store(meta={"basis": PAPER})
    seal = {"decided_by": "Rat", "decided_on": datetime.date(2026, 5, 1), "result": "beschlossen"}
    before = get(path)
    actions.set_state(edition, Edition.State.CONSULTATION, paper_number="2026/0001")
    actions.set_state(edition, Edition.State.ADOPTED, paper_number="2026/0001", **seal)

    after = get(path)

    assert "Diese Fassung selbst ist nicht beschlossen." in before
    assert "Vorlage 2021/0734" in after
    assert "Diese Fassung selbst ist nicht beschlossen." not in after


def test_edition_before_the_council_names_its_own_paper_with_its_way():
    edition = store(meta={"basis": PAPER})
    paper = PaperFactory(reference="2026/0001", name="Neue Strategie", edition=edition)
    committee = BodyFactory(key="umwelt", name="Umweltausschuss", kind="committee")
    held_on = datetime.date(2026, 2, 3)
    ConsultationFactory(paper=paper, body=committee, held_on=held_on, role="hearing", result="noted")
    ConsultationFactory(paper=paper, held_on=datetime.date(2026, 3, 17), role="decision")
    planned = say(get("/druck/"))
    actions.set_state(edition, Edition.State.CONSULTATION, paper_number="2026/0001")

    laid_before = say(get("/druck/"))

    assert "Bezieht sich auf Vorlage 2021/0734" in planned
    assert "Vorlage 2026/0001" not in planned
    assert "Bezieht sich auf" not in laid_before
    assert (
        "Beratungsfolge der Vorlage 2026/0001 Gremium Datum Rolle Ergebnis "
        "Umweltausschuss 03.02.2026 Anhörung zur Kenntnis genommen Rat der Stadt 17.03.2026 Entscheidung –"
        in laid_before
    )


def test_excerpt_names_its_papers_alone():
    edition = store(meta={"basis": PAPER})
    paper = PaperFactory(reference="2026/0001", name="Neue Strategie", edition=edition)
    ConsultationFactory(paper=paper, role="decision")
    referred = say(get("/massnahmen/labor/druck/"))
    actions.set_state(edition, Edition.State.CONSULTATION, paper_number="2026/0001")

    laid_before = say(get("/massnahmen/labor/druck/"))

    assert "Bezieht sich auf Vorlage 2021/0734, Strategie der Stadt" in referred
    assert "Vorlage 2026/0001, Neue Strategie" in laid_before
    assert "Bezieht sich auf" not in laid_before
    assert "Beratungsfolge" not in referred + laid_before


def test_paper_of_the_council_has_its_resolution_with_votes():
    votes = {"for": 30, "against": 12, "abstaining": 0}
    paper = {
        **PAPER,
        "dated_on": "2021-06-01",
        "proposal": "Der Rat beschließt die Strategie.",
        "financial_impact": "Keine.",
        "consultations": [
            {
                "body": "Rat der Stadt",
                "held_on": "",
                "role": "Entscheidung",
                "result": "geändert beschlossen",
                "is_authoritative": True,
                "resolution": {
                    "text": "Mit zwei Änderungen.",
                    "vote_note": "namentlich",
                    "votes": votes,
                    "groups": [{"name": "Gruppe A", "for": 30, "against": 0, "abstaining": 1}],
                },
            }
        ],
    }

    context = {"paper": paper, "is_basis": False, "has_roles": True}
    said = say(render_to_string("printing/_print_paper.html", context))

    assert said == (
        "Vorlage 2021/0734 Öffentliche Beschlussvorlage: Strategie der Stadt, 1. Juni 2021, Federführung: FB 51 "
        "Beschlussvorschlag: Der Rat beschließt die Strategie. Finanzielle Auswirkungen: Keine. "
        "Beratungsfolge der Vorlage 2021/0734 Gremium Datum Rolle Ergebnis "
        "Rat der Stadt – Entscheidung geändert beschlossen Beschluss: Rat der Stadt Mit zwei Änderungen. "
        "30 Ja-Stimmen, 12 Nein-Stimmen, 0 Enthaltungen (namentlich) "
        "Gruppe A: 30 Ja-Stimmen, 0 Nein-Stimmen, 1 Enthaltung Unter Vorbehalt."
    )


def test_resolution_stands_below_the_table_of_the_bodies():
    resolution = {"text": "So beschlossen.", "vote_note": "", "votes": None, "groups": []}
    body = {"held_on": "2026-03-17", "role": "", "result": "beschlossen", "is_authoritative": True}
    ways = [
        {**body, "body": "Rat", "resolution": resolution},
        {**body, "body": "Ausschuss", "resolution": None},
    ]

    html = render_to_string("printing/_print_paper.html", {"paper": {**PAPER, "consultations": ways}})

    table, _end, below = html.partition("</table>")
    assert "So beschlossen." not in table
    assert say(below) == "Beschluss: Rat, 17.03.2026 So beschlossen. Unter Vorbehalt."
