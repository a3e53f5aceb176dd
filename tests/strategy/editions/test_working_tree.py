"""Reading the working tree: what goes into an edition, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council.consultations import Consultation
from council.papers import PaperMeasure
from goals.models import OperationalGoal
from measures.models import Measure
from measures.progress import Progress
from strategy.editions.models import Strategy
from strategy.editions.working_tree import edition_data, preview, problems, rows
from strategy.tree.fields import Choice, Snapshot
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of, levels
from strategy.tree.models import Node
from tests.factories import DepartmentFactory, DistrictFactory, ProgressFactory, SDGFactory, StrategyFactory
from tests.strategy.outline import plant
from themes.models import Theme

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


def grow(number: int) -> None:
    """Trees in which each level occurs that many times, and every field is in use."""
    StrategyFactory()
    sdgs = [SDGFactory(number=n, title=f"SDG {n}") for n in (1, 2, 3)]
    district = DistrictFactory(key="mitte", name="Mitte")
    there = Theme.objects.count()
    for n in range(there, there + number):
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
        measure.lead = DepartmentFactory(key=f"fb-{n}", name=f"Fachbereich {n}")
        measure.save()
        ProgressFactory(measure=measure, decision="decided")


def queries(function) -> int:
    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)


def test_reading_and_checking_take_as_many_queries_for_any_tree():
    grow(1)
    few = {"problems": queries(problems), "read": queries(edition_data)}

    grow(6)

    assert Node.objects.count() == 6 + 6 * 6
    assert {"problems": queries(problems), "read": queries(edition_data)} == few
    assert few["problems"] == 1 + len(Kind)  # the nodes, and a table a level


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

    data = edition_data()

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
        "lines": {
            "decision": ["eigener Beschluss"],
            "start_year": ["2025"],
            "is_ongoing": ["nein"],
            "period": ["ab 2025"],
            "districts": ["Mitte"],
            "lead": ["Fachbereich 0"],
            "participation": ["formelle Beteiligung"],
            "cost_once": ["12.000\u00a0€"],
            "sdgs": ["SDG 1", "SDG 2"],
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

    meta = edition_data(basis=basis)["meta"]

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

    assert edition_data()["meta"]["has_sample"] is True


def test_codes_have_no_gaps_after_deleting_and_moving():
    nodes = plant(TREE)
    Node.objects.get(title="Vorwort").delete()
    Node.objects.get(title="Kurse").delete()
    Node.objects.move(Node.objects.get(title="Klima"), Node.objects.get(title="Bildung"), "left")

    assert {node["title"]: node["code"] for node in edition_data()["nodes"]} == {
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


def test_words_of_choices_come_from_their_keys_also_in_what_the_history_kept():
    """A first `make run` once kept English words in the history; a label may change at any time."""
    plant(TREE, Garten={"novelty": "new"})

    old = {"key": "new", "name": "new measure"}
    kept = [
        {**row, "values": {**row["values"], "novelty": old}} if row["title"] == "Garten" else row
        for row in rows()
    ]

    nodes = edition_data(kept)["nodes"]

    garden = next(node for node in nodes if node["title"] == "Garten")
    assert garden["values"]["novelty"] == {"key": "new", "name": "neue Maßnahme"}


def test_word_of_a_key_that_is_gone_stays():
    novelty = level_of("measure").by_name["novelty"]

    assert novelty.in_todays_words({"key": "old", "name": "alt"}, Measure) == {"key": "old", "name": "alt"}
    assert novelty.in_todays_words(None, Measure) is None


def test_what_is_frozen_asks_no_catalogue():
    """Labels of what goes into an edition are plain text; a lazy one would depend on a compiled catalogue."""
    frozen = [
        (level.model, field.name)
        for level in levels()
        for field in level.fields
        if isinstance(field, Choice) and not isinstance(field, Snapshot)
    ]
    choices = [model._meta.get_field(name).choices for model, name in frozen]
    choices += [Progress.Decision.choices, Consultation.Result.choices, Consultation.Role.choices]
    choices += [PaperMeasure.Matter.choices]

    words = [label for each in choices for _key, label in each if label]

    assert [word for word in words if type(word) is not str] == []
    assert "Steuerungsgruppe" in words
