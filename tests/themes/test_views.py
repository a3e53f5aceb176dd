"""The pages of themes and chapters."""

import pytest
from django.test import Client

from measures.progress import Progress
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db


def test_theme_shows_guideline_goals_and_measures_by_state(client: Client) -> None:
    publish()
    theme, guideline, goal, measure = (
        nodes(kind)[0] for kind in ("theme", "guideline", "strategic_goal", "measure")
    )
    Progress.objects.create(uid=measure["uid"], state="done", note="Fertig.", reported_on="2026-01-01")

    page = client.get(f"/themenfelder/{theme['slug']}/").content.decode()

    assert guideline["text"][:40] in page
    assert goal["title"] in page
    assert "Abgeschlossen (1)" in page
    assert "Noch nichts gemeldet (1)" in page


def test_theme_without_reports_counts_what_is_not_reported(client: Client) -> None:
    publish()

    page = client.get(f"/themenfelder/{nodes('theme')[0]['slug']}/").content.decode()

    assert "Noch nichts gemeldet (2)" in page
    assert "Abgeschlossen" not in page


def test_cards_of_the_overview_say_what_stands_below(client: Client) -> None:
    publish()

    page = client.get("/").content.decode()

    assert page.count('<p class="theme-card__counts">1 strategisches Ziel, 2 Maßnahmen</p>') == 6


def test_card_without_measures_names_none(client: Client) -> None:
    publish(without=nodes("operational_goal")[0]["slug"])

    page = client.get("/").content.decode()

    assert page.count('<p class="theme-card__counts">1 strategisches Ziel</p>') == 1
