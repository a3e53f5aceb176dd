"""What goes into an edition when not every node is agreed."""

import pytest

from strategy.editions.edition_selection import AS_AGREED, AS_IT_IS, LEFT_OUT, arrange
from strategy.editions.working_tree import rows
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.strategy.outline import plant, saved, tidy

pytestmark = pytest.mark.django_db

TREE = """
chapter Vorwort
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Labor
      operational_goal Räume
        measure Umbau
    strategic_goal Kitas
theme Klima
"""


@pytest.fixture
def nodes():
    plant(TREE)
    Node.objects.update(review=Review.AGREED)
    return saved()


def arranged(**choices: str) -> str:
    """The edition to be, as an outline; choices by title."""
    working = list(rows())
    titles = {row["title"]: row["uid"] for row in working}
    reviews = {str(uid): review for uid, review in Node.objects.values_list("uid", "review")}
    found = arrange(
        working,
        reviews,
        HistoryRecord.objects.last_agreed(),
        {titles[title]: choice for title, choice in choices.items()},
    ).rows
    depths: dict[str | None, int] = {None: -1}
    lines = []
    for row in found:
        depths[row["uid"]] = depths[row["parent"]] + 1
        lines.append(f"{'  ' * depths[row['uid']]}{row['kind']} {row['title']}\n")
    return "".join(lines)


def test_agreed_tree_goes_in_as_it_is(nodes):
    assert arranged() == tidy(TREE)


def test_new_draft_stays_out_with_what_stands_below_it(nodes):
    draft = node_actions.add(kind="operational_goal", content={"title": "Neu"}, parent=nodes["Kitas"])
    below = node_actions.add(kind="measure", content={"title": "Darunter"}, parent=draft)
    node_actions.set_review(below, Review.AGREED)

    assert arranged() == tidy(TREE)


def test_draft_goes_in_where_somebody_decides_so(nodes):
    node_actions.add(kind="operational_goal", content={"title": "Neu"}, parent=nodes["Kitas"])

    assert "strategic_goal Kitas\n      operational_goal Neu\n" in arranged(Neu=AS_IT_IS)


def test_changed_node_goes_in_as_it_was_agreed(nodes):
    node_actions.change(nodes["Kurse"], content={"title": "Andere Kurse"})

    assert arranged() == tidy(TREE)
    assert arranged(**{"Andere Kurse": AS_IT_IS}) == tidy(TREE).replace("Kurse", "Andere Kurse")
    assert "Kurse" not in arranged(**{"Andere Kurse": LEFT_OUT})


def test_moved_node_goes_in_at_its_old_place(nodes):
    node_actions.move(nodes["Kurse"], target=nodes["Kitas"], pos="last-child")

    assert arranged() == tidy(TREE)
    assert "strategic_goal Kitas\n      measure Kurse\n" in arranged(Kurse=AS_IT_IS)


@pytest.mark.parametrize("direction", ["up", "down"])
def test_reordered_node_goes_in_at_its_old_position(nodes, direction: str):
    node_actions.step(nodes["Kurse"], direction)

    assert arranged() == tidy(TREE)
    assert arranged(Kurse=AS_IT_IS) != tidy(TREE)


def test_moved_branch_takes_everything_below_it_along(nodes):
    node_actions.move(nodes["Räume"], target=nodes["Kitas"], pos="last-child")

    assert arranged() == tidy(TREE)


def test_node_whose_old_parent_is_gone_stays_out(nodes):
    node_actions.move(nodes["Umbau"], target=nodes["Kitas"], pos="last-child")
    node_actions.delete(nodes["Räume"])

    assert "Umbau" not in arranged()
    assert "strategic_goal Kitas\n      measure Umbau\n" in arranged(Umbau=AS_IT_IS)


def test_old_position_that_the_level_rules_forbid_today_becomes_the_nearest(nodes):
    node_actions.move(nodes["Labor"], target=nodes["Kitas"], pos="last-child")
    node_actions.delete(nodes["Garten"])
    node_actions.delete(nodes["Kurse"])

    goal = arranged().split("strategic_goal Schulen\n")[1]
    assert goal.startswith("      measure Labor\n      operational_goal Räume\n")


def test_two_moves_and_a_change_come_back_together(nodes):
    node_actions.move(nodes["Garten"], target=nodes["Labor"], pos="right")
    node_actions.move(nodes["Kurse"], target=nodes["Räume"], pos="first-child")
    node_actions.change(nodes["Kitas"], content={"text": "Neu."})

    assert arranged() == tidy(TREE)


def test_what_is_agreed_again_goes_in_as_it_is(nodes):
    node_actions.move(nodes["Kurse"], target=nodes["Kitas"], pos="last-child")
    node_actions.set_review(nodes["Kurse"], Review.AGREED)

    assert "strategic_goal Kitas\n      measure Kurse\n" in arranged()


def test_node_without_an_agreed_state_is_left_out_even_where_one_asks_for_it(nodes):
    working = list(rows())
    uid = str(nodes["Klima"].uid)
    reviews = {row["uid"]: "draft" if row["uid"] == uid else "agreed" for row in working}

    found = arrange(working, reviews, {}, {})

    assert found.open == {uid: LEFT_OUT}
    assert uid not in [row["uid"] for row in found.rows]
    assert AS_AGREED not in found.open.values()
