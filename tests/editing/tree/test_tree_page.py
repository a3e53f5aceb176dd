"""The tree page: what it shows, and what can be found."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editing.models import Proposal, Remark
from measures.models import Measure
from strategy.tree.models import Node
from strategy.tree.review import Review
from strategy.tree.subtrees import Subtree
from tests.editing.people import browser_of, person
from tests.editing.tree.tree_pages import get, titles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_themes_and_goals_are_open_at_first(editor: Client, nodes):
    assert titles(get(editor)) == [
        "Vorwort",
        "1 Bildung",
        "Lernen",
        "1.1 Schulen",
        "1.2 Kitas",
        "2 Ökologie",
        "Grün",
        "2.1 Bäume",
    ]


def test_branch_opens_and_closes_without_a_script(editor: Client, nodes):
    opened = get(editor, f"?um={nodes['Schulen'].pk}")
    closed = get(editor, f"?um={nodes['Bildung'].pk}")

    assert titles(opened)[3:8] == [
        "1.1 Schulen",
        "1.1.0.1 Garten",
        "1.1.0.2 Kurse",
        "1.1.1 Räume",
        "1.2 Kitas",
    ]
    assert titles(closed)[:3] == ["Vorwort", "1 Bildung", "2 Ökologie"]


def test_whole_branch_opens_at_once(editor: Client, nodes):
    page = get(editor, f"?auf=&alle={nodes['Bildung'].pk}")

    assert titles(page) == [
        "Vorwort",
        "1 Bildung",
        "Lernen",
        "1.1 Schulen",
        "1.1.0.1 Garten",
        "1.1.0.2 Kurse",
        "1.1.1 Räume",
        "1.1.1.1 Umbau",
        "1.2 Kitas",
        "2 Ökologie",
    ]


def test_way_to_a_node_is_opened(editor: Client, nodes):
    page = get(editor, f"?auf=&zeige={nodes['Umbau'].pk}")

    assert "1.1.1.1 Umbau" in titles(page)
    assert "2.1 Bäume" not in titles(page)


@pytest.mark.parametrize(
    "query", ["?auf=x.y", "?um=99999999", "?zeige=-1", "?alle=1e9", "?auf=²", "?um=1.1.1"]
)
def test_addresses_that_make_no_sense_do_no_harm(editor: Client, nodes, query: str):
    assert "1 Bildung" in titles(get(editor, query))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ökologie", ["2 Ökologie"]),
        ("q=OEKOLOGIE", ["2 Ökologie"]),
        ("q=1.1.1", ["1.1.1 Räume", "1.1.1.1 Umbau"]),
        ("q=beete+garten", ["1.1.0.1 Garten"]),
        ("ebene=operational_goal", ["1.1.1 Räume"]),
        ("stand=open", ["1.1.0.2 Kurse"]),
        ("vorschlaege=on", ["2.1 Bäume"]),
        ("q=gibtesnicht", []),
    ],
)
def test_search_and_filters(editor: Client, nodes, query: str, found: list[str]):
    Node.objects.filter(title="Garten").update(text="Große Beete")
    Node.objects.filter(title="Kurse").update(review=Review.OPEN)
    Proposal.objects.create(
        uid=nodes["Bäume"].uid, kind="strategic_goal", title="Bäume", base={}, content={}, by=UserFactory()
    )

    page = get(editor, f"?{query}")

    assert titles(page) == found
    assert f"{len(found)} Knoten gefunden." in page


def test_every_node_says_how_far_it_is_agreed(editor: Client, nodes):
    Node.objects.filter(title="Kitas").update(review=Review.OPEN)
    Node.objects.filter(title="Lernen").update(review=Review.DRAFT)

    page = get(editor)

    states = re.findall(r'<span class="review review--(\w+)">([^<]+)</span>', page)
    assert states == [
        ("agreed", "abgestimmt"),
        ("agreed", "abgestimmt"),
        ("draft", "Entwurf"),
        ("agreed", "abgestimmt"),
        ("open", "zur Abstimmung"),
        *[("agreed", "abgestimmt")] * 3,
    ]


def test_match_says_where_it_stands(editor: Client, nodes):
    assert "1 Bildung › Lernen › 1.1 Schulen › 1.1.1 Räume" in get(editor, "?q=Umbau")


def test_open_proposals_and_remarks_are_counted(editor: Client, nodes):
    user = UserFactory()
    uid = nodes["Schulen"].uid
    for state in ("open", "open", "withdrawn"):
        decided = {} if state == "open" else {"decided_by": user, "decided_at": "2026-01-01T00:00Z"}
        Proposal.objects.create(
            uid=uid, kind="strategic_goal", title="x", base={}, content={}, by=user, state=state, **decided
        )
    remark = Remark.objects.create(uid=uid, title="x", text="Frage", by=user)
    Remark.objects.create(uid=uid, title="x", text="Antwort", by=user, answers=remark)

    page = get(editor)

    assert page.count("2 Vorschläge") == 1
    assert page.count("1 Anmerkung<") == 1


def test_what_may_stand_below_is_offered(editor: Client, nodes):
    page = get(editor, f"?auf=&alle={nodes['Bildung'].pk}")

    offered = re.findall(r'<a class="node__add" href="([^"]+)"', page)
    goal, operational = nodes["Schulen"].pk, nodes["Räume"].pk
    assert f"/verwaltung/goals/operationalgoal/add/?parent={goal}" in offered
    assert f"/verwaltung/measures/measure/add/?parent={goal}" in offered
    assert f"/verwaltung/measures/measure/add/?parent={operational}" in offered
    assert f"/verwaltung/goals/operationalgoal/add/?parent={operational}" not in offered
    assert not [each for each in offered if "guideline" in each]
    assert f"/verwaltung/goals/strategicgoal/add/?parent={nodes['Lernen'].pk}" in offered


def test_number_of_queries_does_not_grow_with_the_tree(nodes):
    user = User.objects.get(username=person("Steuerungsgruppe", name="zaehlt").username)
    counts = []
    for more in (1, 30):
        goal = Node.objects.get(title="Kitas")
        for number in range(more):
            Node.objects.add_child(goal, instance=_measure(f"Mehr {more} {number}"))
        client = browser_of(user)
        with CaptureQueriesContext(connection) as queries:
            get(client, f"?alle={nodes['Bildung'].pk}")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def _measure(title: str) -> Node:
    from measures.models import Measure

    return Measure(title=title)


def test_page_of_1500_measures_stays_small(nodes, editor: Client):
    from measures.models import Measure
    from strategy.tree.subtrees import Subtree
    from themes.models import Guideline, Theme

    trees = [
        Subtree(
            Theme(title=f"Themenfeld {theme}"),
            [
                Subtree(
                    Guideline(title=f"Leitlinie {theme}"), [_goal(theme, goal, Measure) for goal in range(10)]
                )
            ],
        )
        for theme in range(5)
    ]
    Node.objects.add_subtrees(None, [Subtree(tree.node, tree.children) for tree in trees])
    theme = Node.objects.get(title="Themenfeld 3")

    first, opened = get(editor), get(editor, f"?alle={theme.pk}")

    assert Node.objects.filter(kind="measure").count() > 1500
    assert len(first.encode()) < 100_000
    assert len(opened.encode()) <= 300_000
    assert "Maßnahme 3 9 29 mit einem Titel" in opened


def test_long_list_is_read_in_pages(nodes, editor: Client):
    Node.objects.add_subtrees(
        nodes["Kitas"],
        [Subtree(Measure(title=f"Halle {number:03} mit einem Titel"), []) for number in range(250)],
    )

    first, second, beyond = (
        get(editor, f"?q=halle&ebene=measure{more}") for more in ("", "&seite=2", "&seite=9")
    )

    assert "250 Knoten gefunden." in first and "250 Knoten gefunden." in second
    assert (len(titles(first)), len(titles(second))) == (200, 50)
    assert titles(beyond) == titles(second)
    assert 'href="?q=halle&amp;ebene=measure&amp;seite=2"' in first
    assert len(first.encode()) <= 300_000


def _goal(theme: int, goal: int, measure) -> "object":
    from goals.models import StrategicGoal
    from strategy.tree.subtrees import Subtree

    title = "mit einem Titel, wie ihn Maßnahmen in einer Stadt oft haben"
    return Subtree(
        StrategicGoal(title=f"Ziel {theme} {goal}"),
        [Subtree(measure(title=f"Maßnahme {theme} {goal} {n} {title}"), []) for n in range(30)],
    )
