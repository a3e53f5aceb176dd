"""Reading the working tree, and finding what is wrong with it. Both in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from goals.models import SDG, OperationalGoal
from measures.models import Department, District, Measure, Progress
from strategy.kinds import Kind
from strategy.models import Node, Strategy
from strategy.working_tree import preview, problems, read
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


def grow(number: int) -> None:
    """A tree in which each level occurs that many times, and every field is in use."""
    Strategy(city="Herne", title="Strategie").save()
    sdgs = [
        SDG.objects.create(number=n, title=f"SDG {n}", long_title="x", colour="#123456") for n in range(1, 4)
    ]
    district = District.objects.create(key="mitte", name="Mitte")
    for n in range(number):
        nodes = plant(
            f"""
            theme T{n}
              guideline L{n}
                strategic_goal S{n}
                  measure D{n}
                  operational_goal O{n}
                    measure M{n}
            """
        )
        goal, measure = nodes[f"S{n}"], nodes[f"M{n}"]
        goal.sdgs.set(sdgs)
        goal.also_serves.set([nodes["T0"]])
        measure.sdgs.set(sdgs[:2])
        measure.districts.set([district])
        measure.lead = Department.objects.create(key=f"fb-{n}", name=f"Fachbereich {n}")
        measure.save()
        Progress.objects.create(uid=measure.uid, decision="decided")


def queries(function) -> int:
    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)


@pytest.mark.parametrize("number", [1, 6])
def test_reading_and_checking_take_as_many_queries_for_any_tree(number: int):
    grow(number)

    counted = {"problems": queries(problems), "read": queries(read)}

    assert Node.objects.count() == 6 * number
    assert counted == {"problems": 1 + len(Kind), "read": 9}


def test_read_holds_all_that_a_measure_says():
    grow(1)
    Measure.objects.filter(title="M0").update(
        text="Text",
        easy_text="Leicht",
        start_year=2025,
        partners="Schule\n\n Verein ",
        participation="formal",
        cost_once=12_000,
        slug="mass",
    )
    measure = Measure.objects.get(title="M0")

    data = read()

    assert data["nodes"][-1] == {
        "uid": str(measure.uid),
        "parent": str(OperationalGoal.objects.get().uid),
        "kind": "measure",
        "code": "1.1.1.1",
        "title": "M0",
        "slug": "mass",
        "text": "Text",
        "easy_text": "Leicht",
        "is_sample": False,
        "values": {
            "decision": {"key": "decided", "name": str(Progress.Decision.DECIDED.label)},
            "start_year": 2025,
            "end_year": None,
            "is_ongoing": False,
            "districts": [{"key": "mitte", "name": "Mitte"}],
            "target_group": "",
            "lead": {"key": "fb-0", "name": "Fachbereich 0"},
            "partners": ["Schule", "Verein"],
            "committees": [],
            "participation": {"key": "formal", "name": str(Measure.Participation.FORMAL.label)},
            "participation_note": "",
            "novelty": None,
            "staff": "",
            "cost_once": 12_000,
            "cost_yearly": None,
            "cost_note": "",
            "funding": "",
            "sdgs": [{"key": 1, "name": "SDG 1"}, {"key": 2, "name": "SDG 2"}],
        },
    }


def test_read_holds_the_title_page_and_what_the_apps_add():
    grow(1)
    Strategy(
        city="Herne",
        title="Strategie",
        subtitle="Ziele",
        edition_title="Erste",
        edition_remark="Nur ein Teil.",
    ).save()
    basis = {"reference": "2021/0734"}

    meta = read(basis=basis)["meta"]

    assert {**meta, "sdgs": [sdg["number"] for sdg in meta["sdgs"]]} == {
        "city": "Herne",
        "title": "Strategie",
        "subtitle": "Ziele",
        "edition": {"title": "Erste", "remark": "Nur ein Teil."},
        "basis": basis,
        "has_sample": False,
        "sdgs": [1, 2, 3],
    }


def test_one_sample_node_makes_the_whole_a_sample():
    plant("theme Bildung\ntheme Beispiel: Klima", **{"Beispiel: Klima": {"is_sample": True}})

    assert read()["meta"]["has_sample"] is True


def test_codes_have_no_gaps_after_deleting_and_moving():
    nodes = plant(TREE)
    Node.objects.get(title="Vorwort").delete()
    Node.objects.get(title="Kurse").delete()
    Node.objects.move(Node.objects.get(title="Klima"), Node.objects.get(title="Bildung"), "left")

    assert {node["title"]: node["code"] for node in read()["nodes"]} == {
        "Klima": "1",
        "Wärme": "",
        "Bildung": "2",
        "Lernen": "",
        "Schulen": "2.1",
        "Garten": "2.1.0.1",
        "Zertifikate": "2.1.1",
        "Feste": "2.1.1.1",
    }
    assert nodes["Feste"].path != Node.objects.get(title="Feste").path


def test_preview_is_the_tree_as_a_document():
    plant(TREE)

    document = preview()

    assert document.by_code["1.1.1.2"].title == "Feste"
    assert [entry.title for entry in document.by_code["1.1.1.2"].ancestors] == [
        "Bildung",
        "Lernen",
        "Schulen",
        "Zertifikate",
    ]
