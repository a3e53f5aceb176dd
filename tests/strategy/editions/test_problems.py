"""Finding what is wrong with the tree: every kind of damage, made behind the manager's back."""

import pytest
from django.db import connection
from django.utils.translation import gettext as _

from strategy.editions.working_tree import problems
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
    chapter Vorwort
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
          operational_goal Zertifikate
            measure Kurse
            measure Feste
    theme Klima
      guideline Wärme
"""


def change(title: str, **values: object) -> None:
    """Change a row behind the manager's back."""
    assert Node.objects.filter(title=title).update(**values) == 1


def path(title: str) -> str:
    return Node.objects.get(title=title).path


def sentence(msgid: str, title: str, **values: object) -> str:
    node = Node.objects.get(title=title)
    given = {"path": node.path, "depth": node.depth, "numchild": node.numchild, "kind": Kind(node.kind).label}
    return _(msgid) % {**given, "node": f"{title} ({node.uid})", **values}


def wrong_count(title: str, count: int) -> str:
    msgid = "%(node)s: the number of children is %(numchild)s, but there are %(count)s."
    return sentence(msgid, title, count=count)


def wrong_children(title: str, *kinds: Kind) -> str:
    msgid = "%(node)s: these children cannot stand here in this order: %(kinds)s."
    return sentence(msgid, title, kinds=", ".join(str(kind.label) for kind in kinds))


def test_whole_tree_has_no_problems():
    plant(TREE)

    assert problems() == []


def test_empty_tree_has_no_problems():
    assert problems() == []


def test_orphan_is_found():
    plant(TREE)
    change("Kurse", path=path("Schulen") + "0099" + "0001")

    assert problems() == [
        sentence("%(node)s: the parent is missing (orphan).", "Kurse"),
        wrong_count("Zertifikate", 1),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_wrong_number_of_children_is_found(number: int):
    plant(TREE)
    change("Zertifikate", numchild=number)

    assert problems() == [wrong_count("Zertifikate", 2)]


def test_wrong_depth_is_found():
    plant(TREE)
    change("Kurse", depth=4)

    assert problems() == [sentence("%(node)s: the depth %(depth)s is wrong.", "Kurse")]


def test_malformed_path_is_found():
    plant(TREE)
    change("Vorwort", path="00-1")

    assert problems() == [sentence("%(node)s: the path %(path)s is malformed.", "Vorwort")]


def test_path_of_the_wrong_length_is_found():
    plant(TREE)
    change("Feste", path=path("Feste") + "00")

    assert problems() == [
        sentence("%(node)s: the path %(path)s is malformed.", "Feste"),
        sentence("%(node)s: the parent is missing (orphan).", "Feste"),
        wrong_count("Zertifikate", 1),
    ]


def test_wrong_parent_is_found():
    plant(TREE)
    change("Wärme", path=path("Vorwort") + "0001")
    change("Vorwort", numchild=1)
    change("Klima", numchild=0)

    assert problems() == [wrong_children("Vorwort", Kind.GUIDELINE)]


def test_second_guideline_is_found():
    plant(TREE)
    change("Wärme", path=path("Bildung") + "0002")
    change("Bildung", numchild=2)
    change("Klima", numchild=0)

    assert problems() == [wrong_children("Bildung", Kind.GUIDELINE, Kind.GUIDELINE)]


def test_measure_behind_an_operational_goal_is_found():
    plant(TREE)
    change("Garten", path=path("Schulen") + "000Z")

    assert problems() == [wrong_children("Schulen", Kind.OPERATIONAL_GOAL, Kind.MEASURE)]


def test_chapter_between_themes_is_found():
    plant("chapter Vorwort\ntheme Bildung\ntheme Klima")
    change("Bildung", path="0000")

    kinds = ", ".join(str(kind.label) for kind in (Kind.THEME, Kind.CHAPTER, Kind.THEME))
    assert problems() == [
        _("%(node)s: these children cannot stand here in this order: %(kinds)s.")
        % {"node": _("the root"), "kinds": kinds}
    ]


def test_missing_row_of_a_level_is_found():
    nodes = plant(TREE)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM measures_measure WHERE node_ptr_id = %s", [nodes["Kurse"].pk])

    assert problems() == [sentence("%(node)s: the level %(kind)s does not fit its table.", "Kurse")]


def test_row_of_another_level_is_found():
    nodes = plant(TREE)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO themes_chapter (node_ptr_id) VALUES (%s)", [nodes["Klima"].pk])

    assert problems() == [sentence("%(node)s: the level %(kind)s does not fit its table.", "Klima")]
