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

    assert "von 12,5 (2020) auf 40 %" in page


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


def test_sdg_lists_goals_before_measures(client: Client) -> None:
    theme, measure = nodes("theme")[0], nodes("measure")[0]
    sdgs = [{"key": 4, "name": "Bildung"}]
    publish(**{measure["slug"].replace("-", "_"): {"values": {**measure["values"], "sdgs": sdgs}}})

    page = client.get("/sdg/4/").content.decode()

    section = page[page.index(f'<section class="tf-{theme["slug"]}"') :]
    section = section[: section.index("</section>")]
    goals, measures = section.index("<h3>Ziele</h3>"), section.index("<h3>Maßnahmen</h3>")
    last_goal, first_measure = section.rindex('href="/ziele/'), section.index('href="/massnahmen/')
    assert goals < last_goal < measures < first_measure


def test_sub_target_names_the_goal_that_it_belongs_to(client: Client) -> None:
    goal = nodes("operational_goal")[0]
    values = {**goal["values"], "sdg_targets": ["4.7", "99.1"]}
    publish(**{goal["slug"].replace("-", "_"): {"values": values}})

    page = client.get(f"/ziele/{goal['slug']}/").content.decode()

    assert '<li>4.7, <a href="/sdg/4/">gehört zu UN-Ziel 4: ' in page
    assert "<li>99.1</li>" in page


def test_goals_lead_to_their_neighbours(client: Client) -> None:
    publish(measures=400)
    goals = nodes("strategic_goal", measures=400)
    first, second, third = [each for each in goals if each["parent"] == goals[0]["parent"]][:3]

    pages = [client.get(f"/ziele/{each['slug']}/").content.decode() for each in (first, second)]

    assert 'rel="prev"' not in pages[0]
    assert f'<a rel="next" href="/ziele/{second["slug"]}/"><span>Nächstes Ziel</span>' in pages[0]
    assert f'<a rel="prev" href="/ziele/{first["slug"]}/"><span>Voriges Ziel</span>' in pages[1]
    assert f'<a rel="next" href="/ziele/{third["slug"]}/"' in pages[1]


def test_goal_without_neighbours_has_no_pager(client: Client) -> None:
    publish()

    assert 'class="pager"' not in client.get(f"/ziele/{nodes('strategic_goal')[0]['slug']}/").content.decode()
