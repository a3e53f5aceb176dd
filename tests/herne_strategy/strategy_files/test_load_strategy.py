"""Loading a strategy file: what is written, what is refused, and that nothing is half done."""

import pytest
from django.core.management import CommandError, call_command

from council.freeze_actions import freeze_with_paper
from council.papers import Paper
from goals.models import StrategicGoal
from measures.models import Department, Measure
from strategy.editions.models import Edition, PublicState
from strategy.editions.working_tree import edition_data, problems
from strategy.tree.models import Node
from tests.herne_strategy.strategy_files.tree_file import TREE, counts, outline, titles, uid

pytestmark = pytest.mark.django_db


def test_first_load_creates_and_second_changes_nothing(load):
    first = load(TREE)
    before = edition_data()
    second = load(TREE)

    assert counts(first) == "Knoten: 7 neu, 0 geändert, 0 unverändert."
    assert "Fachbereich „umwelt“: neu" in first
    assert second == "Knoten: 0 neu, 0 geändert, 7 unverändert.\n"
    assert edition_data() == before
    assert problems() == []
    assert outline() == [
        "Energie",
        "  Leitlinie Energie",
        "    Ziel A",
        "      Eins",
        "      Zwei",
        "      Drei",
        "    Ziel B",
    ]


def test_dry_run_prints_the_same_and_writes_nothing(load):
    load(TREE)
    before = edition_data()
    text = TREE.replace("title: Zwei", "title: Neuer Titel")

    dry = load(text, "--dry-run")
    after = edition_data()
    real = load(text)

    assert after == before
    assert "Probelauf, nichts wurde geschrieben:" in dry
    assert counts(dry) == counts(real) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert titles(3) == ["Eins", "Neuer Titel", "Drei"]


def test_error_in_the_last_node_leaves_everything_as_it_was(load):
    load(TREE)
    before = edition_data()
    text = TREE.replace("title: Eins", "title: Anders").replace("name: Umwelt", "name: Klima")

    with pytest.raises(CommandError) as caught:
        load(text + "            horizon: bald\n")

    assert str(caught.value) == (
        "datei.yaml, Zeile 26: horizon: „bald“ ist keine ganze Zahl.\nNichts wurde geladen."
    )
    assert edition_data() == before
    assert Department.objects.get().name == "Umwelt"


def test_missing_file_is_a_sentence():
    with pytest.raises(CommandError, match=r"gibt-es-nicht\.yaml: Diese Datei gibt es nicht\."):
        call_command("load_strategy", "gibt-es-nicht.yaml")


def test_address_given_by_the_portal_stays_and_an_address_in_the_file_is_taken(load):
    load(TREE)

    load(TREE.replace("title: Zwei", "title: Ganz anders").replace("slug: ziel-a", "slug: ziel-neu"))

    assert Node.objects.get(uid=uid(6)).slug == "zwei"
    assert Node.objects.get(uid=uid(3)).slug == "ziel-neu"


def test_address_that_another_node_has_is_refused(load):
    load(TREE)

    with pytest.raises(CommandError, match=r"Zeile 23: slug: „eins“ hat in der Datenbank schon „Eins“"):
        load(
            TREE.replace("title: Ziel B", "title: Ziel B\n            slug: eins").replace("Zwei}", "Zwei b}")
        )

    assert titles(3) == ["Eins", "Zwei", "Drei"]


def test_level_of_an_existing_node_never_changes(load):
    load(TREE)
    before = edition_data()
    text = TREE.replace("kind: measure, uid: " + uid(7), "kind: operational_goal, uid: " + uid(7))

    with pytest.raises(CommandError, match="die Ebene bleibt immer gleich"):
        load(text)

    assert edition_data() == before


def test_sample_node_stays_sample(load):
    text = f'format: 1\nnodes:\n  - {{kind: theme, uid: {uid(1)}, title: "Beispiel: Energie"}}\n'
    load(text)
    Node.objects.update(is_sample=True)

    load(text.replace("Energie", "Wasser"))

    assert [(node.title, node.is_sample) for node in Node.objects.all()] == [("Beispiel: Wasser", True)]


def test_sample_node_keeps_its_name_as_sample(load):
    text = f'format: 1\nnodes:\n  - {{kind: theme, uid: {uid(1)}, title: "Beispiel: Energie"}}\n'
    load(text)
    Node.objects.update(is_sample=True)

    with pytest.raises(CommandError, match="Zeile 3: title: „Energie“ ist in der Datenbank ein Beispiel"):
        load(text.replace("Beispiel: ", ""))

    assert outline() == ["Beispiel: Energie"]


def test_renamed_department_touches_no_measure_but_the_public_sees_it(load):
    load(TREE)
    before = PublicState.objects.get().revision

    printed = load(TREE.replace("name: Umwelt,", "name: Umwelt und Klima,"), "--overwrite")
    after = PublicState.objects.get().revision
    load(TREE.replace("name: Umwelt,", "name: Umwelt und Klima,"))

    assert printed.splitlines() == [
        "Fachbereich „umwelt“: geändert (name)",
        "Knoten: 0 neu, 0 geändert, 7 unverändert.",
    ]
    assert before != after == PublicState.objects.get().revision


def test_references_follow_the_file(load):
    sdg = "{number: %s, title: T, long_title: L, colour: '#000000', text_colour: white}"
    lists = f"sdgs: [{sdg % 4}, {sdg % 11}]\ndistricts: [{{key: wanne, name: Wanne}}, {{key: eickel, name: Eickel}}]\n"
    text = lists + TREE.replace("title: Zwei}", "title: Zwei, sdgs: [11, 4], districts: [eickel, wanne]}")
    text += f"            also_serves: [{uid(9)}]\n  - {{kind: theme, uid: {uid(9)}, title: Wasser}}\n"

    load(text)
    first = Measure.objects.get(uid=uid(6))
    found = ([each.number for each in first.sdgs.all()], [each.key for each in first.districts.all()])
    unchanged = load(text)
    load(text.replace("sdgs: [11, 4], districts: [eickel, wanne]", "sdgs: [4]"))

    assert found == ([4, 11], ["wanne", "eickel"])
    assert counts(unchanged) == "Knoten: 0 neu, 0 geändert, 8 unverändert."
    assert [theme.title for theme in StrategicGoal.objects.get(uid=uid(4)).also_serves.all()] == ["Wasser"]
    assert [each.number for each in first.sdgs.all()] == [4]
    assert not first.districts.exists()


def test_consultations_of_a_paper_are_replaced_by_overwrite(load):
    bodies = "bodies: [{key: rat, name: Rat, kind: council}, {key: a, name: Ausschuss, kind: committee}]\n"
    paper = bodies + "papers:\n  - reference: 2021/0734\n    name: Vorlage\n    consultations: [%s]\n"
    first, second = "{body: rat, held_on: 2021-10-05}", "{body: a, held_on: 2021-08-19}"

    load(paper % f"{first}, {second}" + TREE)
    unchanged = load(paper % f"{second}, {first}" + TREE)
    changed = load(paper % second + TREE, "--overwrite")

    assert "Vorlage" not in unchanged
    assert "Vorlage „2021/0734“: geändert (consultations)" in changed
    assert [each.body.name for each in Paper.objects.get().consultations.all()] == ["Ausschuss"]


def test_a_load_changes_no_edition_and_nothing_that_is_shown(load):
    load(TREE)
    edition = freeze_with_paper()
    frozen = edition.content.data

    load(TREE.replace("title: Zwei", "title: Zwei neu"))

    assert edition.slug == "erste"
    assert Edition.objects.get().content.data == frozen
    assert PublicState.objects.get().shown is None
