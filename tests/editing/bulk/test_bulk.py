"""Many measures are changed at once: chosen, looked at, changed in one go."""

import pytest

from strategy.history.models import HistoryRecord
from strategy.tree.review import Review
from tests.editing.bulk.bulk import PAGE, confirm, leads, periods, pks, planned, planted, preview, sdgs
from tests.editing.pages import text_of
from tests.factories import DepartmentFactory
from tests.strategy.outline import saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return DepartmentFactory(name="Schule")


@pytest.fixture
def nodes(school):
    return planted(school)


def test_preview_shows_old_and_new_of_each_and_writes_nothing(editor, nodes, school):
    other = DepartmentFactory(name="Kultur")

    page = preview(editor, pks(nodes, "Garten", "Umbau"), lead=other.pk, end_year="2033")

    assert planned(page) == [
        "1.1.0.1 Garten abgestimmt Bis 2027 2033",
        "Federführung Schule Kultur",
        "1.1.1.1 Umbau Bis 2032 2033",
        "Federführung (leer) Kultur",
    ]
    assert "1 davon ist abgestimmt." in text_of(page)
    assert leads()["Garten"] == "Schule"
    assert HistoryRecord.objects.count() == 0


def test_confirmed_changes_are_written_in_one_go(editor, nodes):
    page = preview(editor, pks(nodes, "Garten", "Umbau"), end_year="2033")

    answer = confirm(editor, page)

    assert answer.headers["Location"] == PAGE
    assert "2 Maßnahmen geändert." in text_of(editor.get(PAGE).content.decode())
    assert periods() == {
        "Garten": (2025, 2033, False),
        "Kurse": (2024, None, True),
        "Umbau": (2030, 2033, False),
        "Dächer": (None, 2028, False),
    }
    records = HistoryRecord.objects.all()
    assert {(each.title, each.reason, str(each.by)) for each in records} == {
        ("Garten", "Neuer Plan", "Erika"),
        ("Umbau", "Neuer Plan", "Erika"),
    }
    assert len({each.batch for each in records}) == 1
    assert saved()["Garten"].review == Review.OPEN


def test_editorial_correction_leaves_measures_agreed(editor, nodes):
    page = preview(editor, pks(nodes, "Garten", "Umbau"), end_year="2033")

    confirm(editor, page, is_correction="on")

    assert saved()["Garten"].review == Review.AGREED


@pytest.mark.parametrize(
    ("action", "chosen", "expected"),
    [
        ("add", [11, 13], {"Garten": [4, 11, 13], "Kurse": [11, 13], "Umbau": [11, 13]}),
        ("remove", [11, 13], {"Garten": [4], "Kurse": [], "Umbau": []}),
        ("exactly", [13], {"Garten": [13], "Kurse": [13], "Umbau": [13]}),
        ("exactly", [], {"Garten": [], "Kurse": [], "Umbau": []}),
    ],
)
def test_sdgs_are_added_removed_or_set(editor, nodes, action: str, chosen: list[int], expected: dict):
    page = preview(editor, pks(nodes, "Garten", "Kurse", "Umbau"), sdg_action=action, sdgs=chosen)

    confirm(editor, page)

    assert {name: sdgs(name) for name in expected} == expected


def test_what_says_so_already_is_counted_and_left_alone(editor, nodes, school):
    page = preview(editor, pks(nodes, "Garten", "Kurse", "Umbau"), lead=school.pk)

    confirm(editor, page)

    assert "1 Maßnahme würde sich ändern" in text_of(page).replace("  ", " ")
    assert "2 bleiben, wie sie sind" in " ".join(text_of(page).split())
    assert [record.title for record in HistoryRecord.objects.all()] == ["Umbau"]


def test_nothing_to_do_is_said(editor, nodes, school):
    page = preview(editor, pks(nodes, "Garten"), lead=school.pk)

    assert "Es gibt also nichts zu tun." in page
    assert 'name="aendern"' not in page


def test_measures_that_cannot_be_changed_are_refused_with_a_sentence(editor, nodes):
    page = preview(editor, pks(nodes, "Garten", "Kurse", "Umbau"), end_year="2028")

    said = " ".join(text_of(page).split())
    assert planned(page) == ["1.1.0.1 Garten abgestimmt Bis 2027 2028"]
    assert "1.1.0.2 Kurse : Eine fortlaufende Maßnahme hat kein Ende." in said
    assert "1.1.1.1 Umbau : Die Maßnahme würde enden, bevor sie beginnt." in said
    assert "bei 2 geht es nicht" in said


def test_refused_measures_are_left_out_only_when_that_is_confirmed(editor, nodes):
    page = preview(editor, pks(nodes, "Garten", "Umbau"), end_year="2028")
    before = periods()

    first = confirm(editor, page).content.decode()
    after_first = periods()
    confirm(editor, first, leaves_out="on")

    assert "Bitte bestätigen Sie, dass diese Maßnahmen ausgelassen werden" in first
    assert after_first == before
    assert periods() == {**before, "Garten": (2025, 2028, False)}


def test_period_becomes_ongoing_where_the_end_is_taken_away(editor, nodes):
    page = preview(editor, pks(nodes, "Garten", "Dächer"), is_ongoing="yes", no_end_year="on")

    confirm(editor, page)

    assert periods()["Garten"] == (2025, None, True)
    assert periods()["Dächer"] == (None, None, True)


def test_end_in_the_first_year_is_possible(editor, nodes):
    page = preview(editor, pks(nodes, "Umbau"), end_year="2030")

    confirm(editor, page)

    assert periods()["Umbau"] == (2030, 2030, False)
