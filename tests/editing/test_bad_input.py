"""Nonsense that is sent to the editors' pages: a sentence or an error of the sender, never one of ours."""

import datetime
import itertools
import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from editing.exchange import proposal_actions
from editing.models import Remark
from measures.models import Measure
from measures.progress import Report
from measures.reporting_rounds import ReportDraft, ReportingRound, RoundMeasure
from strategy.editions import actions
from strategy.editions.working_tree import problems
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.factories import DepartmentFactory, UserFactory
from tests.strategy.outline import outline, plant, tidy

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
"""
NONSENSE = ["", "x", "-1", "0", "9" * 30, "1e9", "²", "\x00", "😀", "../..", "' OR 1=1 --", "a" * 3000]
FIELDS = re.findall(
    r"[\w-]+",
    """
    hoch runter knoten ziel stelle auf stand parent reason text answers asked accept decline withdraw answer
    despite_conflict seen freeze title slug remark paper may_leave opened_version q ebene vorschlaege um alle
    zeige seite mit wahl-x department successor measures which lead scope format file
    speichern rest meldung note key_on due_on codes themes departments is_published_at_once correction_note datei
    m1-state m1-note m1-next_step_month m1-is_unchanged initial-m1-state initial-m1-note next_step_month state
    """,
)


def editing_names() -> list[str]:
    """The names of all addresses of the editing app."""
    resolver = next(
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and each.namespace == "editing"
    )
    return [
        pattern.name for pattern in resolver.url_patterns if isinstance(pattern, URLPattern) and pattern.name
    ]


@pytest.fixture
def world(client: Client):
    user = UserFactory(is_staff=True, is_superuser=True)
    nodes = plant(TREE)
    garden = nodes["Garten"]
    actions.publish(actions.freeze(slug="eins", title="Eins"))
    node_actions.change(garden, content={"text": "Neu."}, by=user)
    proposal = proposal_actions.propose(garden, content={"text": "Anders."}, by=user, reason="So")
    remark = Remark.objects.create(uid=garden.uid, title="Garten", text="?", by=user)
    keys = {
        "uid": str(garden.uid),
        "pk": {
            "proposal": proposal.pk,
            "remark_done": remark.pk,
            "restore": HistoryRecord.objects.get().pk,
            **_asked(garden),
        },
        "node": garden.pk,
        "slug": "eins",
    }
    client.force_login(user)
    client.raise_request_exception = False
    return keys


def _asked(garden: Node) -> dict[str, int]:
    """A reporting round at the address “eins” that asks for this measure, with a draft, and a report before it."""
    department = DepartmentFactory(key="amt")
    Measure.objects.filter(pk=garden.pk).update(lead=department)
    day = datetime.date(2026, 10, 1)
    asked = ReportingRound.objects.create(title="Eins", slug="eins", key_on=day, due_on=day)
    RoundMeasure.objects.create(pk=1, round=asked, uid=garden.uid, department=department)
    said = {"uid": garden.uid, "state": "running", "reported_on": day}
    draft = ReportDraft.objects.create(round=asked, handed_in_at=timezone.now(), **said)
    return {"return_report": draft.pk, "correct_report": Report.objects.create(**said).pk}


def addresses(name: str, keys) -> list[str]:
    from django.urls import reverse

    return [
        reverse(f"editing:{name}", kwargs=kwargs)
        for kwargs in (
            {},
            {"uid": keys["uid"]},
            {"pk": keys["pk"].get(name, keys["node"])},
            {"pk": 10**9},
            {"slug": keys["slug"]},
            {"slug": "gibt-es-nicht"},
            {"slug": keys["slug"], "key": "amt"},
            {"slug": keys["slug"], "key": "gibt-es-nicht"},
            {"slug": keys["slug"], "pk": keys["pk"].get(name, keys["node"])},
            {"uid": keys["uid"], "pk": keys["pk"].get(name, keys["node"])},
            {"uid": keys["uid"], "pk": 10**9},
        )
        if _fits(name, kwargs)
    ]


def _fits(name: str, kwargs) -> bool:
    from django.urls import NoReverseMatch, reverse

    try:
        reverse(f"editing:{name}", kwargs=kwargs)
    except NoReverseMatch:
        return False
    return True


@pytest.mark.parametrize("name", editing_names())
def test_nonsense_is_never_an_error_of_ours(client: Client, world, name: str):
    answers: list[tuple[str, str, int]] = []
    for address in addresses(name, world):
        for value, method in itertools.product(NONSENSE, ("get", "post")):
            response = getattr(client, method)(address, dict.fromkeys(FIELDS, value))
            answers.append((method, value[:20], response.status_code))

    assert [each for each in answers if each[2] >= 500] == []
    assert answers
    assert problems() == []
    assert outline() == tidy(TREE)
    assert Node.objects.get(title="Garten").text in ("Neu.", "", "Anders.")
