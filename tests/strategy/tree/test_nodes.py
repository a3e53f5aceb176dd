"""Saving and deleting nodes, their addresses, and what the database refuses. Adding: test_tree.py."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from measures.models import Measure
from strategy.editions.working_tree import problems
from strategy.tree.models import Node
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
LEVELS = ["Vorwort", "Bildung", "Lernen", "Schulen", "Zertifikate", "Kurse"]


@pytest.mark.parametrize("title", LEVELS)
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


@pytest.mark.parametrize("title", LEVELS)
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
    Node.objects.add_subtrees(None, [Subtree(Chapter(title="Klima")), Subtree(Chapter(title="Klima"))])

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
