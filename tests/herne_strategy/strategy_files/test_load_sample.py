"""Loading the sample data: they stand beside what is real, and what is wrong is named."""

import pytest
from django.core.management import CommandError

from measures.models import Department
from measures.progress import Progress
from strategy.editions.library import library
from strategy.editions.models import Edition, PublicState
from strategy.editions.working_tree import edition_data, problems
from strategy.history.change_reasons import said_between
from strategy.history.origins import Origin
from strategy.tree.models import Node
from tests.herne_strategy.sample_data import SAMPLE, shown
from tests.herne_strategy.strategy_files.tree_file import outline, uid

pytestmark = pytest.mark.django_db


def refused(load_sample, text: str) -> list[str]:
    before = edition_data()
    with pytest.raises(CommandError) as caught:
        load_sample(text)
    assert edition_data() == before
    assert not Department.objects.exists()
    assert not Progress.objects.exists()
    assert [edition.slug for edition in Edition.objects.all()] == ["echt"]
    return str(caught.value).splitlines()


def test_sample_stands_beside_and_below_what_is_real(load_sample):
    load_sample()

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


def test_editions_hold_the_state_before_and_after_the_changes_and_are_public(load_sample):
    printed = load_sample()

    first, second = Edition.objects.filter(has_sample=True).order_by("pk")
    assert (first.slug, second.slug, second.title) == ("beispiel-1", "beispiel-2", "Beispielfassung 2")
    assert "Beispiel: Eins" in first.content.data
    assert "Beispiel: Vier" not in first.content.data
    assert "Beispiel: Eins" not in second.content.data
    assert "Beispiel: Amt B" in second.content.data
    assert {first.is_public, second.is_public} == {True}
    assert shown() == "beispiel-2"
    assert f"Fassung beispiel-2, SHA-256 {second.digest}" in printed


def test_progress_and_departments_are_marked_as_sample(load_sample):
    load_sample()

    assert [(each.note, each.is_sample) for each in Progress.objects.all()] == [("Läuft.", True)]
    assert {(each.key, each.is_sample) for each in Department.objects.all()} == {
        ("beispiel-a", True),
        ("beispiel-b", True),
    }
    assert Department.objects.get(key="beispiel-a").successor.key == "beispiel-b"


def test_second_load_says_so_and_changes_nothing(load_sample):
    load_sample()
    before, revision = edition_data(), PublicState.objects.get().revision

    printed = load_sample()

    assert printed == "Die Beispieldaten sind schon geladen; nichts wurde geändert.\n"
    assert (edition_data(), PublicState.objects.get().revision) == (before, revision)


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
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_loaded(load_sample, old, new, message):
    assert SAMPLE.count(old) >= 1

    messages = refused(load_sample, SAMPLE.replace(old, new, 1))

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
def test_change_that_cannot_be_made_stops_with_its_line(load_sample, change, line):
    text = SAMPLE.replace(f"      - remove: {{node: {uid(13)}}}\n", f"      - remove: {{node: {uid(16)}}}\n")

    messages = refused(load_sample, f"{text}      - {change}\n")

    assert len(messages) == 2
    assert messages[0].startswith(f"probe.yaml, Zeile {line}: ")


def test_sample_names_origins_that_the_second_edition_was_frozen_with(load_sample):
    load_sample()
    first, second = Edition.objects.filter(has_sample=True).order_by("pk")

    assert [(str(each.uid), each.origin_title) for each in Origin.objects.all()] == [
        (uid(14), "Beispiel: Eins")
    ]
    assert said_between(first, library.document(first), second).origins == {uid(14): {uid(13)}}
