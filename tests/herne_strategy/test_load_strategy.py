"""Loading a strategy file: what is written, what is left alone, and that nothing is half done."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from council.freezing import freeze_with_paper
from council.models import Paper
from goals.models import StrategicGoal
from measures.models import Department, Measure
from strategy.models import Edition, Node, PublicState
from strategy.working_tree import problems, read
from themes.models import Guideline, Theme

pytestmark = pytest.mark.django_db


def uid(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


TREE = f"""\
format: 1
strategy: {{title: Strategie, city: Herne}}
edition: {{slug: erste, title: Erste Fassung}}
departments:
  - {{key: umwelt, name: Umwelt, email: umwelt@example.org}}
nodes:
  - kind: theme
    uid: {uid(1)}
    title: Energie
    children:
      - kind: guideline
        uid: {uid(2)}
        title: Leitlinie Energie
        children:
          - kind: strategic_goal
            uid: {uid(3)}
            title: Ziel A
            slug: ziel-a
            children:
              - {{kind: measure, uid: {uid(5)}, title: Eins, lead: umwelt, start_year: 2025}}
              - {{kind: measure, uid: {uid(6)}, title: Zwei}}
              - {{kind: measure, uid: {uid(7)}, title: Drei}}
          - kind: strategic_goal
            uid: {uid(4)}
            title: Ziel B
"""


@pytest.fixture
def load(tmp_path):
    """Loads a text as a strategy file; returns what the command printed."""

    def loaded(text: str, *options: str) -> str:
        path = tmp_path / "datei.yaml"
        path.write_text(text, encoding="utf-8")
        out = StringIO()
        try:
            call_command("load_strategy", str(path), *options, stdout=out)
        except CommandError as error:
            error.printed = out.getvalue()
            raise
        return out.getvalue()

    return loaded


def outline() -> list[str]:
    return [f"{'  ' * (node.depth - 1)}{node.title}" for node in Node.objects.all()]


def titles(parent: int) -> list[str]:
    return [node.title for node in Node.objects.get_children(Node.objects.get(uid=uid(parent)))]


def counts(printed: str) -> str:
    return printed.strip().splitlines()[-1]


def test_first_load_creates_and_second_changes_nothing(load):
    first = load(TREE)
    before = read()
    second = load(TREE)

    assert counts(first) == "Knoten: 7 neu, 0 geändert, 0 unverändert."
    assert "Fachbereich „umwelt“: neu" in first
    assert second == "Knoten: 0 neu, 0 geändert, 7 unverändert.\n"
    assert read() == before
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
    before = read()
    text = TREE.replace("title: Zwei", "title: Neuer Titel")

    dry = load(text, "--dry-run")
    after = read()
    real = load(text)

    assert after == before
    assert "Probelauf, nichts wurde geschrieben:" in dry
    assert counts(dry) == counts(real) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert titles(3) == ["Eins", "Neuer Titel", "Drei"]


def test_error_in_the_last_node_leaves_everything_as_it_was(load):
    load(TREE)
    before = read()
    text = TREE.replace("title: Eins", "title: Anders").replace("name: Umwelt", "name: Klima")

    with pytest.raises(CommandError) as caught:
        load(text + "            horizon: bald\n")

    assert str(caught.value) == (
        "datei.yaml, Zeile 26: horizon: „bald“ ist keine ganze Zahl.\nNichts wurde geladen."
    )
    assert read() == before
    assert Department.objects.get().name == "Umwelt"


def test_missing_file_is_a_sentence():
    with pytest.raises(CommandError, match=r"gibt-es-nicht\.yaml: Diese Datei gibt es nicht\."):
        call_command("load_strategy", "gibt-es-nicht.yaml")


def test_changed_file_is_taken_where_no_editor_touched_the_node(load):
    load(TREE)
    text = TREE.replace("lead: umwelt, start_year: 2025", "start_year: 2026, funding: Haushalt")

    printed = load(text)

    measure = Measure.objects.get(uid=uid(5))
    assert counts(printed) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert (measure.lead, measure.start_year, measure.funding) == (None, 2026, "Haushalt")


def test_node_that_an_editor_changed_is_reported_and_left_alone_while_the_rest_is_loaded(load):
    load(TREE)
    node = Measure.objects.get(uid=uid(5))
    node.title = "Vom Rathaus"
    node.save()
    text = TREE.replace("title: Eins", "title: Aus der Datei").replace("title: Zwei", "title: Zwei neu")

    with pytest.raises(CommandError) as caught:
        load(text)

    assert str(caught.value) == (
        "datei.yaml, Zeile 20: „Vom Rathaus“ wurde in der Datenbank geändert und bleibt, wie sie ist "
        "(abweichend: title); --overwrite übernimmt die Datei."
    )
    assert counts(caught.value.printed) == "Knoten: 0 neu, 1 geändert, 5 unverändert."
    assert titles(3) == ["Vom Rathaus", "Zwei neu", "Drei"]


def test_editor_change_is_reported_even_where_the_file_did_not_change(load):
    load(TREE)
    node = Measure.objects.get(uid=uid(5))
    node.start_year, node.text = 2027, "Neu."
    node.save()

    with pytest.raises(CommandError, match=r"abweichend: text, start_year"):
        load(TREE)

    assert Measure.objects.get(uid=uid(5)).start_year == 2027


def test_overwrite_takes_the_file(load):
    load(TREE)
    node = Measure.objects.get(uid=uid(5))
    node.title, node.start_year = "Vom Rathaus", 2027
    node.save()

    printed = load(TREE, "--overwrite")

    assert counts(printed) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert titles(3) == ["Eins", "Zwei", "Drei"]
    assert Measure.objects.get(uid=uid(5)).start_year == 2025
    assert counts(load(TREE)) == "Knoten: 0 neu, 0 geändert, 7 unverändert."


def test_file_that_catches_up_with_the_editor_becomes_the_new_baseline(load):
    load(TREE)
    node = Measure.objects.get(uid=uid(6))
    node.title = "Zwei b"
    node.save()

    caught_up = load(TREE.replace("title: Zwei", "title: Zwei b"))
    later = load(TREE.replace("title: Zwei", "title: Zwei c"))

    assert counts(caught_up) == "Knoten: 0 neu, 0 geändert, 7 unverändert."
    assert counts(later) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert titles(3) == ["Eins", "Zwei c", "Drei"]


def test_node_that_an_editor_made_with_this_uid_is_left_alone(load):
    Node.objects.add_root(instance=Theme(uid=uid(1), title="Schon da"))

    with pytest.raises(CommandError, match="„Schon da“ wurde in der Datenbank geändert"):
        load(TREE)

    assert outline()[:2] == ["Schon da", "  Leitlinie Energie"]


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
    before = read()
    text = TREE.replace("kind: measure, uid: " + uid(7), "kind: operational_goal, uid: " + uid(7))

    with pytest.raises(CommandError, match="die Ebene bleibt immer gleich"):
        load(text)

    assert read() == before


def test_node_moved_by_the_file_is_moved_and_by_an_editor_is_left(load):
    load(TREE)
    two = f"              - {{kind: measure, uid: {uid(6)}, title: Zwei}}\n"
    moved = TREE.replace(two, "") + "            children:\n" + two

    printed = load(moved)
    Node.objects.move(Node.objects.get(uid=uid(7)), Node.objects.get(uid=uid(4)), "last-child")
    with pytest.raises(CommandError, match=r"„Drei“ wurde .* \(abweichend: Platz im Baum\)"):
        load(moved)

    assert counts(printed) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert (titles(3), titles(4)) == (["Eins"], ["Zwei", "Drei"])
    assert problems() == []


def test_overwrite_moves_back(load):
    load(TREE)
    Node.objects.move(Node.objects.get(uid=uid(5)), Node.objects.get(uid=uid(4)), "last-child")

    load(TREE, "--overwrite")

    assert (titles(3), titles(4)) == (["Eins", "Zwei", "Drei"], [])
    assert problems() == []


def test_other_order_is_reported_and_restored_only_by_overwrite(load):
    load(TREE)
    own = Node.objects.add_child(Node.objects.get(uid=uid(3)), instance=Measure(title="Eigene"))
    Node.objects.move(own, Node.objects.get(uid=uid(5)), "right")
    Node.objects.move(Node.objects.get(uid=uid(7)), Node.objects.get(uid=uid(5)), "left")

    with pytest.raises(CommandError) as caught:
        load(TREE)
    kept = titles(3)
    load(TREE, "--overwrite")

    assert str(caught.value) == (
        "datei.yaml, Zeile 15: Die Reihenfolge unter „Ziel A“ ist in der Datenbank anders und bleibt, wie sie ist; "
        "--overwrite übernimmt die Datei."
    )
    assert kept == ["Drei", "Eins", "Eigene", "Zwei"]
    assert titles(3) == ["Eins", "Zwei", "Eigene", "Drei"]
    assert problems() == []


def test_new_nodes_come_to_their_place_among_their_siblings(load):
    load(TREE)
    Node.objects.add_child(Node.objects.get(uid=uid(3)), instance=Measure(title="Eigene"))
    new = "              - {kind: measure, uid: %s, title: %s}\n"
    text = TREE.replace(
        "            children:\n              - ",
        f"            children:\n{new % (uid(8), 'Nullte')}              - ",
    )
    text = text.replace("title: Zwei}\n", f"title: Zwei}}\n{new % (uid(9), 'Zweieinhalb')}")

    printed = load(text)

    assert counts(printed) == "Knoten: 2 neu, 0 geändert, 7 unverändert."
    assert titles(3) == ["Nullte", "Eins", "Zwei", "Zweieinhalb", "Drei", "Eigene"]
    assert problems() == []


def test_new_operational_goal_goes_behind_measures_of_the_editors(load):
    load(TREE)
    Node.objects.add_child(Node.objects.get(uid=uid(3)), instance=Measure(title="Eigene"))
    goal = f"              - {{kind: operational_goal, uid: {uid(8)}, title: Ausbau}}\n"

    load(TREE.replace("title: Drei}\n", f"title: Drei}}\n{goal}"))

    assert titles(3) == ["Eins", "Zwei", "Drei", "Eigene", "Ausbau"]
    assert problems() == []


def test_guideline_beside_one_of_the_editors_finds_no_place(load):
    theme = Node.objects.add_root(instance=Theme(uid=uid(1), title="Energie"))
    Node.objects.add_child(theme, instance=Guideline(title="Von Hand"))
    before = read()

    with pytest.raises(
        CommandError, match="Zeile 11: „Leitlinie Energie“ findet unter „Energie“ keinen Platz"
    ):
        load(TREE)

    assert read() == before
    assert not Department.objects.exists()


def test_two_themes_exchange_their_guidelines(load):
    theme = (
        "  - {{kind: theme, uid: {0}, title: {1}, children: [{{kind: guideline, uid: {2}, title: {3}}}]}}\n"
    )
    first = theme.format(uid(1), "A", uid(11), "LA") + theme.format(uid(2), "B", uid(12), "LB")
    second = theme.format(uid(1), "A", uid(12), "LB") + theme.format(uid(2), "B", uid(11), "LA")
    load(f"format: 1\nnodes:\n{first}")

    load(f"format: 1\nnodes:\n{second}")

    assert outline() == ["A", "  LB", "B", "  LA"]
    assert problems() == []


def test_nodes_that_are_not_in_the_file_stay(load):
    load(TREE)
    own = Node.objects.add_root(instance=Theme(title="Eigenes"))

    printed = load(TREE)

    assert counts(printed) == "Knoten: 0 neu, 0 geändert, 7 unverändert."
    assert Node.objects.filter(pk=own.pk).exists()


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
    assert (after, PublicState.objects.get().revision) == (before + 1, before + 1)


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
