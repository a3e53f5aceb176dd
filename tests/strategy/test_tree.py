"""Adding to the tree, saving and deleting in it. Moving: test_tree_moves.py."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from treebeard.exceptions import InvalidPosition, NodeAlreadySaved

from measures.models import Measure
from strategy.kinds import Kind
from strategy.levels import level_of
from strategy.models import Node, TreeLock
from strategy.tree import Subtree, locked_tree
from strategy.working_tree import problems
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


@pytest.mark.parametrize("title", ["Vorwort", "Bildung", "Lernen", "Schulen", "Zertifikate", "Kurse"])
def test_stale_save_writes_the_content_and_never_undoes_a_move(title: str):
    stale = plant(WHOLE)[title]
    for other in ("A", "B"):
        Node.objects.add_sibling(Node.objects.get(title="Vorwort"), "left", instance=Chapter(title=other))
    Node.objects.add_child(Node.objects.get(title="Klima"), instance=Guideline(title="Wärme"))
    if title == "Schulen":
        Node.objects.move(Node.objects.get(title=title), Node.objects.get(title="Wärme"), "first-child")
    moved = outline()

    stale.text = "Ein neuer Text."
    stale.save()

    assert outline() == moved
    assert problems() == []
    assert Node.objects.get(title=title).text == "Ein neuer Text."


def test_save_cannot_be_made_to_write_the_place():
    node = plant(WHOLE)["Klima"]
    node.path, node.depth, node.numchild = "0009", 7, 5

    node.save(update_fields=["path", "depth", "numchild", "title"])

    assert outline() == tidy(WHOLE)
    assert problems() == []


def test_save_of_no_fields_writes_nothing():
    node = plant(WHOLE)["Klima"]
    node.title = "Anders"

    node.save(update_fields=[])

    assert outline() == tidy(WHOLE)


@pytest.mark.parametrize("title", ["Vorwort", "Bildung", "Lernen", "Schulen", "Zertifikate", "Kurse"])
def test_saving_a_deleted_node_is_refused_and_brings_nothing_back(title: str):
    stale = plant(WHOLE)[title]
    Node.objects.get(title=title).delete()
    left = outline()

    with pytest.raises(Node.DoesNotExist) as caught:
        stale.save()

    assert str(caught.value) == _("This node has been deleted meanwhile.")
    assert outline() == left  # the transaction around this test still works
    assert type(stale).objects.filter(title=title).count() == 0
    assert problems() == []


def test_saving_a_deleted_node_as_its_base_is_refused():
    plant(WHOLE)
    stale = Node.objects.get(title="Kurse")
    Measure.objects.get(title="Kurse").delete()

    with pytest.raises(Node.DoesNotExist):
        stale.save()

    assert "Kurse" not in outline()


def test_slug_is_made_from_the_title_in_ascii():
    nodes = plant("theme Öffentliche Räume für Ältere & Weiße Straße\ntheme !?\ntheme " + "ä" * 90)

    assert [node.slug for node in nodes.values()] == [
        "oeffentliche-raeume-fuer-aeltere-weisse-strasse",
        "knoten",
        "ae" * 35,
    ]


def test_slug_is_unique_over_the_whole_tree():
    Theme.objects.add_root({"title": "Klima"})
    theme = Theme.objects.add_root({"title": "Klima!"})
    guideline = Guideline.objects.add_child(theme, {"title": "klima"})
    Node.objects.add_subtrees(None, [Subtree(new("chapter", "Klima")), Subtree(new("chapter", "Klima"))])

    assert list(Node.objects.values_list("slug", flat=True)) == [
        "klima",
        "klima-2",
        "klima-3",
        "klima-4",
        "klima-5",
    ]
    assert guideline.slug == "klima-3"


def test_slug_that_is_taken_is_refused():
    nodes = plant(WHOLE)
    nodes["Klima"].slug = nodes["Garten"].slug

    with pytest.raises(IntegrityError):
        nodes["Klima"].save()

    assert Node.objects.get(title="Klima").slug == "klima"


def test_slug_is_kept_when_the_title_changes():
    node = plant(WHOLE)["Klima"]
    node.title = "Klimaschutz"

    node.save()

    assert Node.objects.get(title="Klimaschutz").slug == "klima"


def test_slug_outside_ascii_is_refused_by_the_form():
    with pytest.raises(ValidationError) as caught:
        Theme(title="Klima", slug="räume").clean()

    assert caught.value.message_dict == {"slug": [_("The address may hold only a–z, 0–9 and hyphens.")]}


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Kurse", ["Vorwort", "Bildung", "Lernen", "Schulen", "Garten", "Zertifikate", "Klima", "Umsetzung"]),
        ("Schulen", ["Vorwort", "Bildung", "Lernen", "Klima", "Umsetzung"]),
        ("Bildung", ["Vorwort", "Klima", "Umsetzung"]),
    ],
)
def test_deleting_takes_all_below(title: str, left: list[str]):
    node = plant(WHOLE)[title]

    node.delete()

    assert list(saved()) == left
    assert problems() == []


def test_deleting_a_queryset_takes_all_below_and_counts_the_children_that_are_left():
    plant(WHOLE)

    Node.objects.filter(title__in=["Zertifikate", "Kurse", "Garten", "Vorwort"]).delete()

    assert outline() == tidy("""
        theme Bildung
          guideline Lernen
            strategic_goal Schulen
        theme Klima
        chapter Umsetzung
    """)
    assert problems() == []


def test_deleting_a_level_takes_all_of_it():
    plant(WHOLE)

    Measure.objects.all().delete()

    assert list(saved()) == ["Vorwort", "Bildung", "Lernen", "Schulen", "Zertifikate", "Klima", "Umsetzung"]
    assert problems() == []


def test_deleting_everything_leaves_nothing():
    plant(WHOLE)

    Node.objects.all().delete()

    assert outline() == ""
    assert Measure.objects.count() == Theme.objects.count() == 0
    assert problems() == []


@pytest.mark.parametrize(
    ("title", "depth", "is_allowed"),
    [("Klima", 1, True), ("Klima", 2, False), ("Kurse", 4, True), ("Kurse", 5, True), ("Kurse", 3, False)],
)
def test_database_knows_which_depth_a_level_may_have(title: str, depth: int, is_allowed: bool):
    node = plant(WHOLE)[title]

    assert _is_kept(node, depth=depth) == is_allowed


@pytest.mark.parametrize(("kind", "is_allowed"), [("chapter", True), ("measure", False), ("section", False)])
def test_database_knows_the_levels(kind: str, is_allowed: bool):
    node = plant(WHOLE)["Klima"]

    assert _is_kept(node, kind=kind) == is_allowed


@pytest.mark.parametrize(("slug", "is_allowed"), [("waerme", True), ("", False), ("bildung", False)])
def test_database_wants_an_address_of_its_own(slug: str, is_allowed: bool):
    node = plant(WHOLE)["Klima"]

    assert _is_kept(node, slug=slug) == is_allowed


@pytest.mark.parametrize(
    ("title", "name", "is_allowed"),
    [
        ("Klima", "Beispiel: Klima", True),
        ("Klima", "Klima", False),
        ("Klima", "Mein Beispiel: Klima", False),
        ("Lernen", "Lernen", True),  # a guideline's title is shown nowhere
    ],
)
def test_database_wants_sample_data_to_be_named(title: str, name: str, is_allowed: bool):
    node = plant(WHOLE)[title]

    assert _is_kept(node, title=name, is_sample=True) == is_allowed


def _is_kept(node: Node, **values: object) -> bool:
    try:
        with transaction.atomic():
            Node.objects.filter(pk=node.pk).update(**values)
    except IntegrityError:
        return False
    return True
