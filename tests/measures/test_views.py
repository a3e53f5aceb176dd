"""The sheet of a measure."""

import re

import pytest
from django.test import Client

from measures.models import Department
from measures.progress import Progress
from tests.editing.pages import text_of
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db


def page_of(client: Client, measure: dict) -> str:
    return client.get(f"/massnahmen/{measure['slug']}/").content.decode()


def test_sheet_lists_every_fact_that_is_there(client: Client) -> None:
    publish()

    page = page_of(client, nodes("measure")[0])

    for label in (
        "Geplanter Zeitraum",
        "Wo",
        "Für wen",
        "Federführung",
        "Beteiligte",
        "Beteiligung",
        "Personal",
    ):
        assert f"<dt>{label}</dt>" in page
    assert "0,5 Stellen" in page


def test_empty_facts_are_left_out(client: Client) -> None:
    measure = nodes("measure")[0]
    values = {**measure["values"], "staff": "", "cost_once": None, "partners": [], "lead": None}
    publish(**{measure["slug"].replace("-", "_"): {"values": values}})

    page = page_of(client, measure)

    for label in ("Personal", "Einmalige Kosten", "Beteiligte", "Federführung"):
        assert f"<dt>{label}</dt>" not in page
    assert "<dt>Wo</dt>" in page


def test_proposal_says_what_that_means(client: Client) -> None:
    publish()

    page = page_of(client, nodes("measure")[0])

    assert "Vorschlag unter Vorbehalt" in page
    assert "entscheiden die Gremien der Stadt jeweils eigens" in page


def test_next_step_is_read_under_what_was_reported(client: Client) -> None:
    measure = nodes("measure")[0]
    said = {"state": "running", "reported_on": "2026-10-01", "note": "Läuft.", "next_step": "Ausbau & Fest"}
    Progress.objects.create(uid=measure["uid"], **said)
    publish()

    assert "Läuft. Nächster Schritt: Ausbau & Fest Stand: 1. Oktober 2026" in text_of(
        page_of(client, measure)
    )


def test_obstacle_and_decision_needed_are_not_for_readers(client: Client) -> None:
    measure = nodes("measure")[0]
    said = {"note": "Läuft.", "obstacle": "Hürde beim Land", "decision_needed": "Stelle beschließen"}
    Progress.objects.create(uid=measure["uid"], state="running", reported_on="2026-10-01", **said)
    publish()

    page = page_of(client, measure)

    assert "Läuft." in page
    assert "Hürde" not in page and "Stelle beschließen" not in page


def test_what_was_decided_is_listed_with_its_paper(client: Client) -> None:
    measure = nodes("measure")[0]
    decision = {
        "matter": "Umsetzung",
        "body": "Rat <der> Stadt",
        "held_on": "2026-03-17",
        "result": "beschlossen",
        "reference": "2026/0100",
        "name": "Gärten",
        "url": "https://ris.example.de/1",
    }
    Progress.objects.create(uid=measure["uid"], decision="decided", resolutions=[decision])
    publish()

    page = page_of(client, measure)

    assert "Eigener Beschluss" in page
    assert "17. März 2026, Rat &lt;der&gt; Stadt: <strong>beschlossen</strong> (Umsetzung)" in page
    assert '<a href="https://ris.example.de/1">Vorlage 2026/0100</a>: Gärten' in page
    assert "jeweils eigens" not in page


def test_decision_unfolds_to_wording_votes_and_way(client: Client) -> None:
    measure = nodes("measure")[0]
    step = {"body": "Rat", "role": "Entscheidung", "held_on": "2026-03-17", "result": "beschlossen"}
    resolution = {
        "text": "Wird <b>umgesetzt</b>.\nSofort.",
        "vote_note": "mit Mehrheit",
        "votes": {"for": 31, "against": 7, "abstaining": 1},
        "groups": [{"name": "Fraktion <A>", "for": 9, "against": 0, "abstaining": 0}],
    }
    hearing = {"body": "Beirat", "role": "Anhörung", "held_on": "", "result": "", "is_authoritative": False}
    decision = {
        **{"matter": "Umsetzung", "body": "Rat", "held_on": "2026-03-17", "result": "beschlossen"},
        **{"reference": "2026/0200", "name": "Gärten", "url": ""},
        "consultations": [
            {**hearing, "resolution": None},
            {**step, "is_authoritative": True, "resolution": resolution},
        ],
    }
    Progress.objects.create(uid=measure["uid"], decision="decided", resolutions=[decision])
    publish()

    page = page_of(client, measure)

    (folded,) = re.findall(
        r"<details><summary>Wortlaut, Stimmen und Beratungsfolge</summary>(.*?)</details>", page, re.S
    )
    assert text_of(folded).strip() == (
        "Beirat (Anhörung) Tag noch offen: offen Rat (Entscheidung) 17. März 2026: beschlossen "
        "Wird <b>umgesetzt</b>. Sofort. 31 Ja-Stimmen, 7 Nein-Stimmen, 1 Enthaltung Mit Mehrheit "
        "Fraktion <A> : 9 Ja-Stimmen, 0 Nein-Stimmen, 0 Enthaltungen"
    )
    assert "Vorlage 2026/0200: Gärten" in text_of(page)


def test_decision_is_laid_over_the_shown_edition_only(client: Client) -> None:
    measure = nodes("measure")[0]
    decision = {
        **{"matter": "Umsetzung", "body": "Rat", "held_on": "2026-03-17", "result": "beschlossen"},
        **{"reference": "2026/0200", "name": "Gärten", "url": "", "consultations": []},
    }
    Progress.objects.create(uid=measure["uid"], decision="decided", resolutions=[decision])
    publish("eins")
    publish("zwei")

    page = client.get(f"/fassungen/eins/massnahmen/{measure['slug']}/").content.decode()

    assert "2026/0200" in page_of(client, measure)
    assert "2026/0200" not in page


def test_contact_is_the_lead_departments_successor_today(client: Client) -> None:
    measure = nodes("measure")[0]
    new = Department.objects.create(key="neu", name="Fachbereich Neu", email="neu@beispiel.invalid")
    Department.objects.create(
        key=measure["values"]["lead"]["key"], name="Alt", email="alt@beispiel.invalid", successor=new
    )
    publish()

    page = page_of(client, measure)

    assert "neu@beispiel.invalid" in page
    assert "alt@beispiel.invalid" not in page


def test_override_of_the_contact_wins(client: Client) -> None:
    measure = nodes("measure")[0]
    Department.objects.create(key=measure["values"]["lead"]["key"], name="Amt", email="amt@beispiel.invalid")
    Progress.objects.create(uid=measure["uid"], contact_email="projekt@beispiel.invalid")
    publish()

    page = page_of(client, measure)

    assert "projekt@beispiel.invalid" in page
    assert "amt@beispiel.invalid" not in page


def test_all_measures_are_listed_by_theme(client: Client) -> None:
    publish()

    page = client.get("/massnahmen/").content.decode()

    assert page.count('class="measure-row"') == 12
    assert [page.index(node["code"]) for node in nodes("measure")] == sorted(
        page.index(node["code"]) for node in nodes("measure")
    )
