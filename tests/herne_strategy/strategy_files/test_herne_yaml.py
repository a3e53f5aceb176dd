"""The real strategy: its official wording, and an edition that is the same on every machine."""

from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from council.bodies import Body
from council.freeze_actions import freeze_with_paper
from council.papers import Paper
from goals.models import SDG, StrategicGoal
from measures.models import Department, District
from strategy.editions.models import Strategy
from strategy.editions.working_tree import edition_data
from strategy.tree.models import Node
from themes.models import Guideline, Theme

pytestmark = pytest.mark.django_db

HERNE = settings.BASE_DIR / "fixtures" / "herne.yaml"
WORDING = settings.BASE_DIR.parent / "shared" / "domain" / "strategy.yaml"
DIGEST = "60fd461de5095da6a44ad950145fcd4763affa4e8e114b1ea046d180e9ac565a"


@pytest.fixture
def herne(db):
    """The real strategy, loaded."""
    out = StringIO()
    call_command("load_strategy", str(HERNE), stdout=out)
    return out.getvalue()


def test_real_strategy_is_loaded_in_its_official_wording(herne):
    if not WORDING.exists():
        pytest.skip("the file with the official wording is not at hand")
    wording = yaml.safe_load(WORDING.read_text(encoding="utf-8"))["themenfelder"]

    loaded = [
        (theme.title, guideline.text, [goal.title for goal in Node.objects.get_children(guideline)])
        for theme in Theme.objects.all()
        for guideline in Node.objects.get_children(theme)
    ]

    assert loaded == [
        (theme["name"], theme["leitlinie"]["text"], [goal["text"] for goal in theme["strategische_ziele"]])
        for theme in wording
    ]
    assert (Theme.objects.count(), Guideline.objects.count(), StrategicGoal.objects.count()) == (6, 6, 20)


def test_real_strategy_says_which_assignments_are_inferred(herne):
    if not WORDING.exists():
        pytest.skip("the file with the official wording is not at hand")
    wording = yaml.safe_load(WORDING.read_text(encoding="utf-8"))["themenfelder"]
    inferred = {
        goal["text"]
        for theme in wording
        for goal in theme["strategische_ziele"]
        if goal["certainty"] == "inferred"
    }

    unconfirmed = StrategicGoal.objects.filter(assignment_confirmed=False)

    assert {goal.title for goal in unconfirmed} == inferred
    assert len(inferred) == 11


def test_second_load_of_the_real_strategy_changes_nothing(herne):
    before = edition_data()
    out = StringIO()

    call_command("load_strategy", str(HERNE), stdout=out)

    assert herne.splitlines()[-1] == "Knoten: 34 neu, 0 geändert, 0 unverändert."
    assert out.getvalue() == "Knoten: 0 neu, 0 geändert, 34 unverändert.\n"
    assert edition_data() == before
    assert (SDG.objects.count(), District.objects.count(), Strategy.objects.get().edition_slug) == (
        17,
        5,
        "plakat",
    )


def test_digest_of_the_real_strategy_is_the_same_everywhere(herne):
    first = freeze_with_paper(slug="erste").digest
    Node.objects.all().delete()
    for model in (Paper, Body, Department, District, SDG, Strategy):
        model.objects.all().delete()
    call_command("load_strategy", str(HERNE), stdout=StringIO())

    second = freeze_with_paper(slug="zweite").digest

    assert first == second == DIGEST
