"""Other places for many nodes at once: the tree of the lists that were asked for, or none of it."""

from random import Random

import pytest
from treebeard.exceptions import InvalidPosition

from measures.models import Measure
from strategy.editions.working_tree import problems
from strategy.tree.models import Node
from strategy.tree.placement import Parent
from tests.strategy.outline import outline, plant, tidy
from themes.models import Guideline, Theme

pytestmark = pytest.mark.django_db

TREE = """
    chapter Vorwort
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
          measure Mensa
          operational_goal Zertifikate
            measure Kurse
            measure Preis
        strategic_goal Kitas
    theme Klima
      guideline Schützen
        strategic_goal Strom
          operational_goal Dächer
            measure Schule
"""


def uids(nodes: dict[str, Node], *titles: str) -> list[str]:
    return [str(nodes[title].uid) for title in titles]


def children() -> dict[Parent, list[str]]:
    """The children of every node, by uid."""
    by_path = {node.path: str(node.uid) for node in Node.objects.all()}
    lists: dict[Parent, list[str]] = {None: [], **{uid: [] for uid in by_path.values()}}
    for path, uid in sorted(by_path.items()):
        lists[by_path.get(path[: -Node.steplen])].append(uid)
    return lists


def paths() -> dict[str, str]:
    return dict(Node.objects.values_list("title", "path"))


def test_nodes_move_change_their_order_and_are_added_in_one_go():
    nodes = plant(TREE)
    new = [Measure(title="Fest"), Measure(title="Lauf")]
    school, certificates, kitas = uids(nodes, "Schulen", "Zertifikate", "Kitas")

    Node.objects.arrange(
        {
            str(nodes["Lernen"].uid): [kitas, school],
            kitas: [str(new[0].uid), *uids(nodes, "Preis", "Mensa"), certificates],
            certificates: uids(nodes, "Kurse", "Garten"),
            str(nodes["Dächer"].uid): [str(new[1].uid), *uids(nodes, "Schule")],
            school: [],
        },
        new,
    )

    assert outline() == tidy("""
        chapter Vorwort
        theme Bildung
          guideline Lernen
            strategic_goal Kitas
              measure Fest
              measure Preis
              measure Mensa
              operational_goal Zertifikate
                measure Kurse
                measure Garten
            strategic_goal Schulen
        theme Klima
          guideline Schützen
            strategic_goal Strom
              operational_goal Dächer
                measure Lauf
                measure Schule
    """)
    assert problems() == []


def test_themes_exchange_their_guidelines():
    nodes = plant(TREE)

    Node.objects.arrange(
        {
            str(nodes["Bildung"].uid): uids(nodes, "Schützen"),
            str(nodes["Klima"].uid): uids(nodes, "Lernen"),
        }
    )

    assert [
        Node.objects.get_parent(Node.objects.get(title=title)).title for title in ("Lernen", "Schützen")
    ] == [
        "Klima",
        "Bildung",
    ]
    assert problems() == []


def test_only_what_goes_elsewhere_gets_another_path():
    nodes = plant(TREE)
    before = paths()

    Node.objects.arrange({str(nodes["Schulen"].uid): uids(nodes, "Mensa", "Garten", "Zertifikate")})

    assert {title for title, path in paths().items() if path != before[title]} in (
        {"Mensa", "Garten"},
        {"Garten", "Zertifikate", "Kurse", "Preis"},
    )


@pytest.mark.parametrize("seed", range(12))
def test_any_tree_becomes_any_other(seed: int):
    rng = Random(seed)
    plant(TREE)
    plant(TREE.replace("chapter Vorwort", ""))
    lists, kinds = children(), {str(node.uid): node.kind for node in Node.objects.all()}
    goals = [uid for uid, kind in kinds.items() if kind == "strategic_goal"]
    wanted: dict[Parent, list[str]] = {uid: [] for uid, kind in kinds.items() if kind in PARENTS}
    for uid in rng.sample(sorted(kinds), len(kinds)):
        if kinds[uid] == "measure":
            wanted[
                rng.choice([*goals, *(each for each in kinds if kinds[each] == "operational_goal")])
            ].append(uid)
        elif kinds[uid] == "operational_goal":
            wanted[rng.choice(goals)].append(uid)
        elif kinds[uid] == "strategic_goal":
            wanted[rng.choice([each for each in kinds if kinds[each] == "guideline"])].append(uid)
    wanted = {uid: sorted(below, key=lambda each: kinds[each] != "measure") for uid, below in wanted.items()}
    wanted[None] = sorted(lists[None], key=lambda each: (kinds[each] != "theme", each))

    Node.objects.arrange(wanted)

    assert {uid: below for uid, below in children().items() if uid in wanted} == wanted
    assert problems() == []


PARENTS = ("guideline", "strategic_goal", "operational_goal")


@pytest.mark.parametrize(
    ("refusal", "parent", "titles"),
    [
        (InvalidPosition, "Schulen", ["Zertifikate", "Garten", "Mensa"]),
        (InvalidPosition, "Bildung", ["Lernen", "Schützen"]),
        (InvalidPosition, "Lernen", ["Schulen", "Kitas", "Klima"]),
        (ValueError, "Schulen", ["Garten", "Zertifikate"]),
        (ValueError, "Schulen", ["Garten", "Mensa", "Mensa", "Zertifikate"]),
    ],
)
def test_lists_that_cannot_be_are_refused(refusal: type[Exception], parent: str, titles: list[str]):
    nodes = plant(TREE)
    before = paths()

    with pytest.raises(refusal):
        Node.objects.arrange({str(nodes[parent].uid): uids(nodes, *titles)})

    assert paths() == before


def test_deleted_node_is_refused():
    nodes = plant(TREE)
    Node.objects.get(title="Kitas").delete()

    for orders in (
        {str(nodes["Kitas"].uid): []},
        {str(nodes["Lernen"].uid): uids(nodes, "Schulen", "Kitas")},
    ):
        with pytest.raises(Node.DoesNotExist):
            Node.objects.arrange(orders)


def test_new_nodes_bring_what_stands_below_them():
    theme, guideline = Theme(title="Wasser"), Guideline(title="Sparen")
    nodes = plant(TREE)

    Node.objects.arrange(
        {
            None: [*uids(nodes, "Vorwort"), str(theme.uid), *uids(nodes, "Bildung", "Klima")],
            str(theme.uid): [str(guideline.uid)],
            str(guideline.uid): uids(nodes, "Kitas"),
            str(nodes["Lernen"].uid): uids(nodes, "Schulen"),
        },
        [theme, guideline],
    )

    assert outline().splitlines()[:5] == [
        "chapter Vorwort",
        "theme Wasser",
        "  guideline Sparen",
        "    strategic_goal Kitas",
        "theme Bildung",
    ]
    assert problems() == []
