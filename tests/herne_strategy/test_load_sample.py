"""Loading the sample data and removing them, so that nothing real changes and nothing of them is left."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from council.freezing import freeze_with_paper
from measures.models import Department, Measure, Progress
from strategy import node_actions
from strategy.actions import freeze, publish
from strategy.library import library
from strategy.models import Edition, HistoryRecord, Node, Origin, Publication, PublicState, Strategy
from strategy.origin_actions import set_origins
from strategy.said import said_between
from strategy.working_tree import problems, read
from themes.models import Guideline, Theme

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"


def uid(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


REAL = f"""\
format: 1
strategy: {{title: Strategie, city: Herne}}
edition: {{slug: echt, title: Echte Fassung}}
nodes:
  - kind: theme
    uid: {uid(1)}
    title: Energie
    children:
      - kind: guideline
        uid: {uid(2)}
        title: Leitlinie
        children: [{{kind: strategic_goal, uid: {uid(3)}, title: Ziel, slug: ziel}}]
  - {{kind: chapter, uid: {uid(4)}, title: Schluss}}
"""

SAMPLE = f"""\
format: 1
departments:
  - {{key: beispiel-a, name: "Beispiel: Amt A", successor: beispiel-b}}
  - {{key: beispiel-b, name: "Beispiel: Amt B"}}
nodes:
  - {{kind: theme, uid: {uid(11)}, title: "Beispiel: Wasser"}}
  - below: ziel
    children:
      - kind: operational_goal
        uid: {uid(12)}
        title: "Beispiel: Ausbau"
        children:
          - {{kind: measure, uid: {uid(13)}, title: "Beispiel: Eins", lead: beispiel-a}}
          - {{kind: measure, uid: {uid(14)}, title: "Beispiel: Zwei", slug: zwei}}
progress:
  - {{measure: {uid(13)}, state: running, reported_on: 2026-01-31, note: "Läuft."}}
editions:
  - {{slug: beispiel-1, title: Beispielfassung 1}}
  - slug: beispiel-2
    title: Beispielfassung 2
    remark: Anders.
    changes:
      - set: {{node: zwei, title: "Beispiel: Zwei b", lead: beispiel-b}}
      - move: {{node: {uid(14)}, before: {uid(13)}}}
      - add: {{below: {uid(3)}, children: [{{kind: measure, uid: {uid(15)}, title: "Beispiel: Drei"}}]}}
      - add: {{after: zwei, children: [{{kind: measure, uid: {uid(16)}, title: "Beispiel: Vier"}}]}}
      - origin: {{node: zwei, from: [{uid(13)}]}}
      - remove: {{node: {uid(13)}}}
"""


@pytest.fixture
def real(tmp_path):
    """A real strategy, frozen and published."""
    path = tmp_path / "echt.yaml"
    path.write_text(REAL, encoding="utf-8")
    call_command("load_strategy", str(path), stdout=StringIO())
    edition = freeze_with_paper()
    publish(edition)
    return edition


@pytest.fixture
def load(tmp_path, real):
    def loaded(text: str = SAMPLE) -> str:
        path = tmp_path / "probe.yaml"
        path.write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("load_sample", "--file", str(path), stdout=out)
        return out.getvalue()

    return loaded


def remove() -> str:
    out = StringIO()
    call_command("load_sample", "--remove", stdout=out)
    return out.getvalue()


def outline() -> list[str]:
    return [f"{'  ' * (node.depth - 1)}{node.title}" for node in Node.objects.all()]


def refused(load, text: str) -> list[str]:
    before = read()
    with pytest.raises(CommandError) as caught:
        load(text)
    assert read() == before
    assert not Department.objects.exists()
    assert not Progress.objects.exists()
    assert [edition.slug for edition in Edition.objects.all()] == ["echt"]
    return str(caught.value).splitlines()


def shown() -> str | None:
    edition = PublicState.objects.get().shown
    return edition.slug if edition else None


def test_sample_stands_beside_and_below_what_is_real(load):
    load()

    assert outline() == [
        "Energie",
        "  Leitlinie",
        "    Ziel",
        "      Beispiel: Drei",
        "      Beispiel: Ausbau",
        "        Beispiel: Zwei b",
        "        Beispiel: Vier",
        "Beispiel: Wasser",
        "Schluss",
    ]
    assert [node.title for node in Node.objects.filter(is_sample=False)] == [
        "Energie",
        "Leitlinie",
        "Ziel",
        "Schluss",
    ]
    assert problems() == []


def test_editions_hold_the_state_before_and_after_the_changes_and_are_public(load):
    printed = load()

    first, second = Edition.objects.filter(has_sample=True).order_by("pk")
    assert (first.slug, second.slug, second.title) == ("beispiel-1", "beispiel-2", "Beispielfassung 2")
    assert "Beispiel: Eins" in first.content.data
    assert "Beispiel: Vier" not in first.content.data
    assert "Beispiel: Eins" not in second.content.data
    assert "Beispiel: Amt B" in second.content.data
    assert {first.is_public, second.is_public} == {True}
    assert shown() == "beispiel-2"
    assert f"Fassung beispiel-2, SHA-256 {second.digest}" in printed


def test_progress_and_departments_are_marked_as_sample(load):
    load()

    assert [(each.note, each.is_sample) for each in Progress.objects.all()] == [("Läuft.", True)]
    assert {(each.key, each.is_sample) for each in Department.objects.all()} == {
        ("beispiel-a", True),
        ("beispiel-b", True),
    }
    assert Department.objects.get(key="beispiel-a").successor.key == "beispiel-b"


def test_second_load_says_so_and_changes_nothing(load):
    load()
    before, revision = read(), PublicState.objects.get().revision

    printed = load()

    assert printed == "Die Beispieldaten sind schon geladen; nichts wurde geändert.\n"
    assert (read(), PublicState.objects.get().revision) == (before, revision)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"Beispiel: Wasser"',
            "Wasser",
            "Zeile 6: „Wasser“: Der Name von Beispieldaten beginnt mit „Beispiel:“.",
        ),
        (
            '"Beispiel: Amt B"',
            "Amt B",
            "Zeile 4: „Amt B“: Der Name von Beispieldaten beginnt mit „Beispiel:“.",
        ),
        (
            '"Beispiel: Zwei b"',
            "Zwei b",
            "Zeile 23: „Zwei b“: Der Name von Beispieldaten beginnt mit „Beispiel:“.",
        ),
        (
            "node: zwei",
            "node: ziel",
            "Zeile 23: „ziel“ ist kein Knoten dieser Datei; nur solche darf sie ändern.",
        ),
        ("node: zwei", "node: fehlt", "Zeile 23: Einen Knoten „fehlt“ gibt es nicht."),
        ("below: ziel", "below: fehlt", "Zeile 7: Einen Knoten „fehlt“ gibt es nicht."),
        ("slug: beispiel-1", "slug: echt", "Zeile 18: Fassung: „echt“ gibt es schon."),
        ("slug: beispiel-1", "slug: beispiel-2", "Zeile 19: Fassung: „beispiel-2“ steht schon in Zeile 18."),
        (
            "key: beispiel-b, n",
            "kei: beispiel-b, n",
            "Zeile 4: Fachbereich: Den Schlüssel „kei“ gibt es hier nicht",
        ),
        (uid(11), uid(1), f"Zeile 6: uid: „{uid(1)}“ gibt es schon."),
        ("slug: zwei", "slug: ziel", "Zeile 14: slug: „ziel“ gibt es schon."),
        ("state: running", "state: bald", "Zeile 16: state: „bald“ gibt es hier nicht; möglich ist: "),
        (
            f"measure: {uid(13)}",
            f"measure: {uid(12)}",
            f"Zeile 16: measure: „{uid(12)}“ ist keine Maßnahme dieser",
        ),
        (
            f"node: zwei, from: [{uid(13)}]",
            f"node: zwei, from: [{uid(3)}]",
            f"Zeile 27: „{uid(3)}“ ist kein Knoten dieser Datei; nur solche darf sie ändern.",
        ),
        (
            f"node: zwei, from: [{uid(13)}]",
            "node: zwei, from: [zwei]",
            "Zeile 27: origin: Ein Knoten kann nicht aus sich selbst hervorgehen.",
        ),
        (f"zwei, from: [{uid(13)}]", "zwei", "Zeile 27: origin: "),
        ("- remove:", "- delete:", "Zeile 28: changes: Den Schlüssel „delete“ gibt es hier nicht"),
        (
            "lead: beispiel-b}",
            "leed: beispiel-b}",
            "Zeile 23: set: Den Schlüssel „leed“ gibt es hier nicht; mein",
        ),
        (
            f"before: {uid(13)}",
            f"inside: {uid(13)}",
            "Zeile 24: Hier wird genau einer dieser Schlüssel erwartet:",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_loaded(load, old, new, message):
    assert SAMPLE.count(old) >= 1

    messages = refused(load, SAMPLE.replace(old, new, 1))

    assert any(each.startswith(f"probe.yaml, {message}") for each in messages), messages
    assert messages[-1] == "Nichts wurde geladen."


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (f"move: {{node: {uid(12)}, below: {uid(1)}}}", 29),
        (f"move: {{node: {uid(13)}, below: {uid(14)}}}", 29),
        ("set: {node: zwei, end_year: 2020, start_year: 2021}", 29),
        (
            f"add: {{before: {uid(1)}, children: [{{kind: measure, uid: {uid(20)}, title: 'Beispiel: X'}}]}}",
            29,
        ),
        (f"origin: {{node: zwei, from: [{uid(16)}]}}", 29),
    ],
)
def test_change_that_cannot_be_made_stops_with_its_line(load, change, line):
    text = SAMPLE.replace(f"      - remove: {{node: {uid(13)}}}\n", f"      - remove: {{node: {uid(16)}}}\n")

    messages = refused(load, f"{text}      - {change}\n")

    assert len(messages) == 2
    assert messages[0].startswith(f"probe.yaml, Zeile {line}: ")


def test_removing_leaves_nothing_and_shows_the_real_edition_again(load, real):
    before = read()
    load()

    printed = remove()

    assert printed == (
        "Entfernt: 5 Knoten, 1 Umsetzungsstände, 2 Fachbereiche, 2 Fassungen.\n"
        "Gezeigte Fassung: „Echte Fassung“\n"
    )
    assert read() == before
    assert problems() == []
    assert not Department.objects.exists()
    assert not Progress.objects.exists()
    assert not Measure.objects.exists()
    assert [edition.slug for edition in Edition.objects.all()] == ["echt"]
    assert [each.edition.slug for each in Publication.objects.all()] == ["echt"]
    assert shown() == "echt"


def test_sample_names_origins_that_the_second_edition_was_frozen_with(load):
    load()
    first, second = Edition.objects.filter(has_sample=True).order_by("pk")

    assert [(str(each.uid), each.origin_title) for each in Origin.objects.all()] == [
        (uid(14), "Beispiel: Eins")
    ]
    assert said_between(first, library.document(first), second).origins == {uid(14): {uid(13)}}


def test_removing_leaves_no_origin_of_or_from_sample_data(load):
    load()
    node_actions.add(kind="theme", content={"title": "Echt und neu"})
    wind = Node.objects.get(title="Echt und neu")
    energy, sample, gone = uid(1), uid(14), uid(13)
    set_origins(wind, origins=[energy, sample], reason="Beides")
    set_origins(wind, origins=[energy], reason="Doch nicht")
    set_origins(Node.objects.get(uid=uid(1)), origins=[gone], reason="Aus dem Beispiel")
    set_origins(Node.objects.get(uid=sample), origins=[gone, energy])

    remove()

    assert [(each.uid, str(each.origin_uid)) for each in Origin.objects.all()] == [(wind.uid, energy)]
    records = HistoryRecord.objects.filter(action="origins")
    assert [(each.uid, each.reason) for each in records] == [(wind.uid, "Beides")]
    assert [each["title"] for each in records[0].after["origins"]] == ["Energie"]


def test_removing_twice_changes_nothing_the_second_time(load):
    load()
    remove()
    revision = PublicState.objects.get().revision

    printed = remove()

    assert printed.startswith("Entfernt: 0 Knoten, 0 Umsetzungsstände, 0 Fachbereiche, 0 Fassungen.")
    assert PublicState.objects.get().revision == revision


def test_sample_can_be_loaded_again_after_removal(load):
    load()
    first = read()
    remove()

    load()

    assert read() == first


def test_removing_also_takes_editions_that_an_editor_froze_with_sample(load):
    load()
    publish(freeze(slug="mit-beispiel", title="Mit Beispiel"))

    remove()

    assert [edition.slug for edition in Edition.objects.all()] == ["echt"]
    assert shown() == "echt"


def test_removing_passes_over_a_publication_that_was_taken_back(load, real):
    later = freeze_with_paper(slug="spaeter")
    publication = publish(later)
    publication.taken_back_at = publication.published_at
    publication.save()
    PublicState.objects.show(real)
    load()

    remove()

    assert shown() == "echt"


def test_removing_shows_nothing_where_no_real_edition_was_public(load, real):
    load()
    Publication.objects.filter(edition=real).delete()

    printed = remove()

    assert shown() is None
    assert "Gezeigte Fassung: keine" in printed


def refused_removal() -> str:
    before = read()
    with pytest.raises(CommandError) as caught:
        remove()
    assert read() == before
    assert Edition.objects.filter(has_sample=True).count() == 2
    assert shown() == "beispiel-2"
    return str(caught.value)


def test_real_node_below_a_sample_node_keeps_the_sample(load):
    load()
    Node.objects.add_child(Node.objects.get(uid=uid(11)), instance=Guideline(title="Echte Leitlinie"))

    message = refused_removal()

    assert "„Echte Leitlinie“" in message or "“Echte Leitlinie”" in message
    assert "Beispiel: Wasser" in message
    assert message.endswith("Nichts wurde entfernt.")


def test_real_measure_led_by_a_sample_department_keeps_the_sample(load):
    load()
    lead = Department.objects.get(key="beispiel-b")
    Node.objects.add_child(Node.objects.get(uid=uid(3)), instance=Measure(title="Echtes Dach", lead=lead))

    message = refused_removal()

    assert "Echtes Dach" in message
    assert "Beispiel: Amt B" in message


def test_real_department_succeeded_by_a_sample_one_keeps_the_sample(load):
    load()
    Department.objects.create(key="alt", name="Altes Amt", successor=Department.objects.get(key="beispiel-b"))

    assert "Altes Amt" in refused_removal()


def test_the_sample_of_the_portal_is_loaded_and_removed_without_a_trace():
    if not (FIXTURES / "beispiel.yaml").exists():
        pytest.skip("fixtures/beispiel.yaml is not there")
    call_command("load_strategy", str(FIXTURES / "herne.yaml"), stdout=StringIO())
    publish(freeze_with_paper())
    before = read()
    call_command("load_sample", stdout=StringIO())
    loaded = read()
    real = {node["uid"]: {**node, "code": ""} for node in loaded["nodes"] if not node["is_sample"]}
    sample = [node for node in loaded["nodes"] if node["is_sample"]]

    remove()

    assert real == {node["uid"]: {**node, "code": ""} for node in before["nodes"]}
    assert {node["kind"] for node in sample} == {
        "chapter",
        "theme",
        "guideline",
        "strategic_goal",
        "operational_goal",
        "measure",
    }
    assert all(node["title"].startswith("Beispiel:") for node in sample)
    assert {node["values"]["decision"]["key"] for node in sample if node["kind"] == "measure"} == {"proposed"}
    assert read() == before
    assert (Theme.objects.count(), Progress.objects.count(), Strategy.objects.count()) == (6, 0, 1)
    assert shown() == "plakat"
