"""Adding many new nodes at once: the same tree as node by node, and the same refusals."""

import pytest
from treebeard.exceptions import InvalidPosition

from goals.models import OperationalGoal, StrategicGoal
from measures.models import Measure
from strategy.editions.working_tree import problems
from strategy.tree.models import Node
from strategy.tree.subtrees import Subtree
from themes.models import Chapter, Guideline, Theme

pytestmark = pytest.mark.django_db


def theme(title: str, *goals: Subtree) -> Subtree:
    return Subtree(Theme(title=title), [Subtree(Guideline(title=f"Leitlinie {title}"), goals)])


def goal(title: str, *children: Subtree) -> Subtree:
    return Subtree(StrategicGoal(title=title, horizon=2030), children)


def measure(title: str = "Dach", **values: object) -> Subtree:
    return Subtree(Measure(title=title, **values))


def outline() -> list[str]:
    return [f"{'  ' * (node.depth - 1)}{node.title}" for node in Node.objects.all()]


def test_subtrees_become_the_last_children_and_the_tree_is_whole():
    Node.objects.add_subtrees(None, [theme("Energie", goal("A"))])
    parent = Node.objects.get(title="A")

    Node.objects.add_subtrees(None, [theme("Wasser", goal("B", measure(start_year=2025)))])
    Node.objects.add_subtrees(parent, [measure("Eins"), measure("Zwei")])

    assert outline() == [
        "Energie",
        "  Leitlinie Energie",
        "    A",
        "      Eins",
        "      Zwei",
        "Wasser",
        "  Leitlinie Wasser",
        "    B",
        "      Dach",
    ]
    assert problems() == []
    assert parent.numchild == 2
    assert Measure.objects.get(title="Dach").start_year == 2025


def test_tree_goes_on_to_take_single_nodes():
    Node.objects.add_subtrees(None, [theme("Energie", goal("A", measure("Eins")))])

    added = Node.objects.add_child(Node.objects.get(title="A"), instance=Measure(title="Zwei"))
    Node.objects.move(added, Node.objects.get(title="Eins"), "left")

    assert outline()[-2:] == ["      Zwei", "      Eins"]
    assert problems() == []


def test_addresses_are_made_from_titles_and_never_twice():
    Node.objects.add_root(instance=Theme(title="Äpfel"))

    Node.objects.add_subtrees(
        None, [theme("Äpfel", goal("Äpfel", measure("Äpfel"), measure("Äpfel", slug="aepfel-3")))]
    )

    assert [node.slug for node in Node.objects.order_by("pk")] == [
        "aepfel",
        "aepfel-2",
        "leitlinie-aepfel",
        "aepfel-4",
        "aepfel-5",
        "aepfel-3",
    ]


@pytest.mark.parametrize(
    "trees",
    [
        [Subtree(Guideline(title="X"))],
        [theme("X", Subtree(Measure(title="Y")))],
        [theme("X", goal("Y", Subtree(OperationalGoal(title="Z")), measure()))],
        [Subtree(Chapter(title="X")), theme("Y")],
    ],
)
def test_what_the_levels_do_not_admit_is_refused_and_nothing_is_added(trees):
    Node.objects.add_subtrees(None, [theme("Energie"), Subtree(Chapter(title="Schluss"))])
    before = outline()

    with pytest.raises(InvalidPosition):
        Node.objects.add_subtrees(None, trees)

    assert outline() == before


def test_queries_do_not_grow_with_the_siblings(django_assert_num_queries):
    Node.objects.add_subtrees(
        None, [theme("Energie", goal("A", measure()), goal("B", *[measure() for _ in range(30)]))]
    )
    few, many = Node.objects.get(title="A"), Node.objects.get(title="B")

    for parent in (few, many):
        with django_assert_num_queries(10):
            Node.objects.add_subtrees(parent, [measure(), measure()])
