"""Adding to the tree. Moving: test_tree_moves.py. Saving and deleting: test_nodes.py."""

import pytest
from django.db import transaction
from django.utils.translation import gettext as _
from treebeard.exceptions import InvalidPosition, NodeAlreadySaved

from measures.models import Measure
from strategy.editions.working_tree import problems
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of
from strategy.tree.models import Node, TreeLock, locked_tree
from strategy.tree.subtrees import Subtree
from tests.strategy.outline import outline, plant, saved, tidy
from themes.models import Chapter, Guideline, Theme

pytestmark = pytest.mark.django_db

WHOLE = """
    chapter Vorwort
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
          operational_goal Zertifikate
            measure Kurse
    theme Klima
    chapter Umsetzung
"""
# A node of each level, below which another may be tried.
PARENTS = ["Vorwort", "Klima", "Lernen", "Schulen", "Zertifikate", "Kurse"]

ALLOWED_BELOW = {
    ("theme", "guideline"),
    ("guideline", "strategic_goal"),
    ("strategic_goal", "operational_goal"),
    ("strategic_goal", "measure"),
    ("operational_goal", "measure"),
}


def new(kind: str, title: str = "Neu", **values: object) -> Node:
    return level_of(kind).model(title=title, **values)


def is_admitted(add, *args, **kwargs) -> bool:
    """Whether the manager does it. Nothing remains either way."""
    before = outline()
    try:
        with transaction.atomic():
            add(*args, **kwargs)
            assert problems() == []
            transaction.set_rollback(True)
    except InvalidPosition:
        assert outline() == before
        return False
    return True


def test_add_child_admits_exactly_the_levels_that_belong_there():
    nodes = plant(WHOLE)

    admitted = {
        (nodes[title].kind, kind.value)
        for title in PARENTS
        for kind in Kind
        if is_admitted(Node.objects.add_child, nodes[title], instance=new(kind))
    }

    assert admitted == ALLOWED_BELOW


def test_add_subtrees_admits_exactly_the_levels_that_belong_there():
    nodes = plant(WHOLE)

    admitted = {
        (nodes[title].kind, kind.value)
        for title in [*PARENTS[:3], "Zertifikate", "Kurse"]
        for kind in Kind
        if is_admitted(Node.objects.add_subtrees, nodes[title], [Subtree(new(kind))])
    }

    assert admitted == ALLOWED_BELOW - {("strategic_goal", "operational_goal"), ("strategic_goal", "measure")}


def test_add_root_admits_chapters_and_themes_only():
    plant(WHOLE)

    admitted = {kind.value for kind in Kind if is_admitted(Node.objects.add_root, instance=new(kind))}

    assert admitted == {"chapter", "theme"}


def test_add_sibling_admits_exactly_the_places_that_keep_the_order():
    nodes = plant(WHOLE)

    admitted = {
        (title, pos, kind.value)
        for title in ["Vorwort", "Klima", "Umsetzung", "Lernen", "Garten", "Zertifikate", "Kurse"]
        for pos in ["first-sibling", "left", "right", "last-sibling"]
        for kind in Kind
        if is_admitted(Node.objects.add_sibling, nodes[title], pos, instance=new(kind))
    }

    every = ["first-sibling", "left", "right", "last-sibling"]
    ends = [
        (title, pos, "chapter") for title in ("Vorwort", "Klima", "Umsetzung") for pos in (every[0], every[3])
    ]
    assert admitted == {
        *ends,
        ("Vorwort", "left", "chapter"),
        ("Vorwort", "right", "chapter"),
        ("Vorwort", "right", "theme"),
        ("Klima", "left", "theme"),
        ("Klima", "right", "theme"),
        ("Klima", "right", "chapter"),
        ("Umsetzung", "left", "theme"),
        ("Umsetzung", "left", "chapter"),
        ("Umsetzung", "right", "chapter"),
        ("Garten", "first-sibling", "measure"),
        ("Garten", "left", "measure"),
        ("Garten", "right", "measure"),
        ("Garten", "right", "operational_goal"),
        ("Garten", "last-sibling", "operational_goal"),
        ("Zertifikate", "first-sibling", "measure"),
        ("Zertifikate", "left", "measure"),
        ("Zertifikate", "left", "operational_goal"),
        ("Zertifikate", "right", "operational_goal"),
        ("Zertifikate", "last-sibling", "operational_goal"),
        *(("Kurse", pos, "measure") for pos in every),
    }


def test_unknown_position_is_refused():
    nodes = plant(WHOLE)

    for pos in ("middle", "first-child"):
        with pytest.raises(InvalidPosition):
            Node.objects.add_sibling(nodes["Klima"], pos, instance=new("theme"))

    assert outline() == tidy(WHOLE)


def test_add_root_takes_the_last_place_that_the_level_may_have():
    plant(WHOLE)

    Node.objects.add_root(instance=new("theme", "Verwaltung"))
    Node.objects.add_root(instance=new("chapter", "Quellen"))

    assert outline() == tidy(WHOLE).replace(
        "theme Klima\nchapter Umsetzung\n",
        "theme Klima\ntheme Verwaltung\nchapter Umsetzung\nchapter Quellen\n",
    )
    assert problems() == []


def test_add_child_takes_the_last_place_that_the_level_may_have():
    nodes = plant(WHOLE)

    Node.objects.add_child(nodes["Schulen"], instance=new("measure", "Mensa"))
    Node.objects.add_child(nodes["Schulen"], instance=new("operational_goal", "Abschlüsse"))

    assert outline() == tidy(WHOLE).replace(
        "      measure Garten\n      operational_goal Zertifikate\n        measure Kurse\n",
        "      measure Garten\n      measure Mensa\n      operational_goal Zertifikate\n"
        "        measure Kurse\n      operational_goal Abschlüsse\n",
    )
    assert nodes["Schulen"].numchild == 4
    assert problems() == []


def test_first_node_of_an_empty_tree_is_a_root():
    Theme.objects.add_root({"title": "Bildung"})

    assert outline() == "theme Bildung\n"
    assert problems() == []


def test_theme_has_one_guideline():
    nodes = plant(WHOLE)

    with pytest.raises(InvalidPosition) as caught:
        Node.objects.add_child(nodes["Bildung"], instance=Guideline(title="Zweite"))

    assert str(caught.value) == _("This place is not possible for a %(kind)s below “%(parent)s”.") % {
        "kind": Kind.GUIDELINE.label,
        "parent": Kind.THEME.label,
    }
    assert outline() == tidy(WHOLE)


def test_refused_place_is_named_in_words():
    nodes = plant(WHOLE)

    with pytest.raises(InvalidPosition) as below:
        Node.objects.add_child(nodes["Bildung"], instance=Measure(title="Radweg"))
    with pytest.raises(InvalidPosition) as between:
        Node.objects.add_sibling(nodes["Klima"], "left", instance=Chapter(title="Mitten"))

    assert str(below.value) == _("A %(kind)s cannot stand directly below “%(parent)s”.") % {
        "kind": Kind.MEASURE.label,
        "parent": Kind.THEME.label,
    }
    assert str(between.value) == _("This place is not possible for a %(kind)s below “%(parent)s”.") % {
        "kind": Kind.CHAPTER.label,
        "parent": _("the strategy itself"),
    }


def test_add_uses_the_place_that_the_target_has_now():
    nodes = plant(WHOLE)
    stale = Node.objects.get(title="Klima")
    Node.objects.add_sibling(nodes["Bildung"], "left", instance=Theme(title="Davor"))

    Node.objects.add_child(stale, instance=Guideline(title="Wärme"))

    assert "theme Klima\n  guideline Wärme\n" in outline()
    assert problems() == []


def test_add_to_a_deleted_node_is_refused():
    nodes = plant(WHOLE)
    Node.objects.get(title="Klima").delete()

    with pytest.raises(Node.DoesNotExist):
        Node.objects.add_child(nodes["Klima"], instance=Guideline(title="Wärme"))
    with pytest.raises(Node.DoesNotExist):
        Node.objects.add_sibling(nodes["Klima"], "left", instance=Theme(title="Davor"))

    assert outline() == tidy(WHOLE).replace("theme Klima\n", "")
    assert problems() == []


def test_node_is_added_once():
    nodes = plant(WHOLE)

    with pytest.raises(NodeAlreadySaved):
        Node.objects.add_child(nodes["Zertifikate"], instance=nodes["Garten"])

    assert outline() == tidy(WHOLE)


def test_subtrees_join_what_is_there():
    nodes = plant(WHOLE)

    Node.objects.add_subtrees(
        nodes["Lernen"],
        [
            Subtree(
                new("strategic_goal", "Kitas"),
                [Subtree(new("measure", "Wald")), Subtree(new("measure", "Bach"))],
            )
        ],
    )

    assert "    strategic_goal Kitas\n      measure Wald\n      measure Bach\ntheme Klima\n" in outline()
    assert problems() == []
    assert saved()["Bach"].start_year is None  # a row of its own level is there


def test_tree_lock_is_one_row():
    with locked_tree(), locked_tree():
        plant("theme Bildung")

    assert TreeLock.objects.count() == 1
