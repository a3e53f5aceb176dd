"""The pages of goals and SDGs."""

import pytest
from django.test import Client

from tests.published import nodes, publish

pytestmark = pytest.mark.django_db


def test_unconfirmed_assignment_is_said_on_the_page(client: Client) -> None:
    goal = nodes("strategic_goal")[0]
    values = {**goal["values"], "assignment_confirmed": False, "assignment_note": "Nur **erschlossen**."}
    publish(**{goal["slug"].replace("-", "_"): {"values": values}})

    page = client.get(f"/ziele/{goal['slug']}/").content.decode()

    assert "Die Zuordnung zu diesem Themenfeld ist nicht bestätigt." in page
    assert "<strong>erschlossen</strong>" in page


def test_confirmed_assignment_is_not_mentioned(client: Client) -> None:
    publish()

    page = client.get(f"/ziele/{nodes('strategic_goal')[0]['slug']}/").content.decode()

    assert "Zuordnung" not in page


def test_operational_goal_shows_base_and_target_value(client: Client) -> None:
    publish()

    page = client.get(f"/ziele/{nodes('operational_goal')[0]['slug']}/").content.decode()

    assert "von 12,5 % (2020) auf 40 %" in page


def test_sdg_lists_exactly_what_names_it_or_one_of_its_targets(client: Client) -> None:
    publish()
    serving = {
        node["slug"]
        for kind in ("strategic_goal", "operational_goal", "measure")
        for node in nodes(kind)
        if 4 in [sdg["key"] for sdg in node["values"].get("sdgs", [])] or node["values"].get("sdg_targets")
    }

    page = client.get("/sdg/4/").content.decode()

    shown = {
        node["slug"] for kind in ("strategic_goal", "operational_goal", "measure") for node in nodes(kind)
    }
    assert {slug for slug in shown if f"/{slug}/" in page} == serving


def test_sdg_that_nothing_serves_says_so(client: Client) -> None:
    emptied = {
        node["slug"].replace("-", "_"): {"values": {**node["values"], "sdgs": [], "sdg_targets": []}}
        for kind in ("strategic_goal", "operational_goal", "measure")
        for node in nodes(kind)
    }
    publish(**emptied)

    page = client.get("/sdg/4/").content.decode()

    assert "Diesem Ziel ist in dieser Fassung bisher kein Ziel und keine Maßnahme zugeordnet." in page


@pytest.mark.parametrize("number", [0, 18])
def test_there_are_seventeen(client: Client, number: int) -> None:
    publish()

    assert client.get(f"/sdg/{number}/").status_code == 404
