"""Removing the sample data: nothing of them is left, nothing real is lost, also while somebody publishes."""

import threading
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from council.freeze_actions import freeze_with_paper
from herne_strategy.strategy_files.sample_removal import remove_sample
from measures.models import Department, Measure
from measures.progress import Progress, Report
from measures.reporting_rounds import ReportingRound
from strategy.editions.actions import freeze, publish
from strategy.editions.models import Edition, Publication, PublicState, Strategy
from strategy.editions.working_tree import edition_data, problems
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.origin_actions import set_origins
from strategy.history.origins import Origin
from strategy.tree.models import Node
from tests.herne_strategy.sample_data import remove, shown
from tests.herne_strategy.strategy_files.tree_file import uid
from tests.strategy.tree.test_many_writers import wait_for_a_waiting_connection
from themes.models import Guideline, Theme

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"

IS_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def test_removing_leaves_nothing_and_shows_the_real_edition_again(load_sample, real):
    before = edition_data()
    load_sample()
    assert {each.is_open for each in ReportingRound.objects.all()} == {True, False}
    assert Report.objects.get().round.closed_at

    printed = remove()

    assert printed == (
        "Entfernt: 5 Knoten, 1 Umsetzungsstände, 2 Fachbereiche, 2 Fassungen.\n"
        "Gezeigte Fassung: „Echte Fassung“\n"
    )
    assert edition_data() == before
    assert problems() == []
    assert not Department.objects.exists()
    assert not Progress.objects.exists()
    assert not ReportingRound.objects.exists()
    assert not Measure.objects.exists()
    assert [edition.slug for edition in Edition.objects.all()] == ["echt"]
    assert [each.edition.slug for each in Publication.objects.all()] == ["echt"]
    assert shown() == "echt"


def test_removing_leaves_no_origin_of_or_from_sample_data(load_sample):
    load_sample()
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


def test_removing_twice_changes_nothing_the_second_time(load_sample):
    load_sample()
    remove()
    revision = PublicState.objects.get().revision

    printed = remove()

    assert printed.startswith("Entfernt: 0 Knoten, 0 Umsetzungsstände, 0 Fachbereiche, 0 Fassungen.")
    assert PublicState.objects.get().revision == revision


def test_sample_can_be_loaded_again_after_removal(load_sample):
    load_sample()
    first = edition_data()
    remove()

    load_sample()

    assert edition_data() == first


def test_removing_also_takes_editions_that_an_editor_froze_with_sample(load_sample):
    load_sample()
    publish(freeze(slug="mit-beispiel", title="Mit Beispiel"))

    remove()

    assert [edition.slug for edition in Edition.objects.all()] == ["echt"]
    assert shown() == "echt"


def test_removing_passes_over_a_publication_that_was_taken_back(load_sample, real):
    later = freeze_with_paper(slug="spaeter")
    publication = publish(later)
    publication.taken_back_at = publication.published_at
    publication.save()
    PublicState.objects.show(real)
    load_sample()

    remove()

    assert shown() == "echt"


def test_removing_shows_nothing_where_no_real_edition_was_public(load_sample, real):
    load_sample()
    Publication.objects.filter(edition=real).delete()

    printed = remove()

    assert shown() is None
    assert "Gezeigte Fassung: keine" in printed


def refused_removal() -> str:
    before = edition_data()
    with pytest.raises(CommandError) as caught:
        remove()
    assert edition_data() == before
    assert Edition.objects.filter(has_sample=True).count() == 2
    assert shown() == "beispiel-2"
    return str(caught.value)


def test_real_node_below_a_sample_node_keeps_the_sample(load_sample):
    load_sample()
    Node.objects.add_child(Node.objects.get(uid=uid(11)), instance=Guideline(title="Echte Leitlinie"))

    message = refused_removal()

    assert "„Echte Leitlinie“" in message or "“Echte Leitlinie”" in message
    assert "Beispiel: Wasser" in message
    assert message.endswith("Nichts wurde entfernt.")


def test_real_measure_led_by_a_sample_department_keeps_the_sample(load_sample):
    load_sample()
    lead = Department.objects.get(key="beispiel-b")
    Node.objects.add_child(Node.objects.get(uid=uid(3)), instance=Measure(title="Echtes Dach", lead=lead))

    message = refused_removal()

    assert "Echtes Dach" in message
    assert "Beispiel: Amt B" in message


def test_real_department_succeeded_by_a_sample_one_keeps_the_sample(load_sample):
    load_sample()
    Department.objects.create(key="alt", name="Altes Amt", successor=Department.objects.get(key="beispiel-b"))

    assert "Altes Amt" in refused_removal()


def test_the_sample_of_the_portal_is_loaded_and_removed_without_a_trace():
    if not (FIXTURES / "beispiel.yaml").exists():
        pytest.skip("fixtures/beispiel.yaml is not there")
    call_command("load_strategy", str(FIXTURES / "herne.yaml"), stdout=StringIO())
    publish(freeze_with_paper())
    before = edition_data()
    call_command("load_sample", stdout=StringIO())
    loaded = edition_data()
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
    assert edition_data() == before
    assert (Theme.objects.count(), Progress.objects.count(), Strategy.objects.count()) == (6, 0, 1)
    assert shown() == "plakat"


@pytest.mark.skipif(not IS_POSTGRESQL, reason="SQLite has one writer at a time")
def test_edition_that_is_published_meanwhile_stays_the_shown_one(unprotected: None) -> None:
    call_command("load_strategy", str(settings.BASE_DIR / "fixtures" / "herne.yaml"), stdout=StringIO())
    publish(freeze_with_paper())
    later = freeze_with_paper(slug="spaeter")
    call_command("load_sample", stdout=StringIO())
    errors: list[Exception] = []

    def remove() -> None:
        try:
            remove_sample()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=remove)
    with transaction.atomic():
        publish(later)
        thread.start()
        wait_for_a_waiting_connection()
    thread.join()

    assert errors == []
    assert PublicState.objects.get().shown == later
