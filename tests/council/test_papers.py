"""Papers: their numbers, what they are about, and the one that the working tree refers to."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from council.papers import Paper, PaperMeasure
from strategy.editions.actions import delete, set_state
from strategy.editions.models import Strategy
from strategy.editions.working_tree import edition_data
from tests.factories import BodyFactory, ConsultationFactory, EditionFactory, MeasureFactory, PaperFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["2021/0734", "2021/0734-1", "2026/0001-12"])
def test_number_of_a_paper_is_accepted(number: str) -> None:
    Paper(reference=number, name="Nachhaltigkeitsstrategie").full_clean()


@pytest.mark.parametrize("number", ["2021/734", "21/0734", "2021-0734", "2021/0734-", "2021/0734\n"])
def test_other_numbers_are_refused_with_an_example(number: str) -> None:
    with pytest.raises(ValidationError, match="2021/0734 oder 2021/0734-1"):
        Paper(reference=number, name="Nachhaltigkeitsstrategie").full_clean()


def test_number_of_a_paper_begins_with_a_year() -> None:
    last = timezone.localdate().year + 1
    for year in (1975, last):
        Paper(reference=f"{year}/0734", name="Nachhaltigkeitsstrategie").full_clean()

    for year in ("0734", "1974", str(last + 1)):
        with pytest.raises(ValidationError) as raised:
            Paper(reference=f"{year}/2021", name="Nachhaltigkeitsstrategie").full_clean()
        assert raised.value.message_dict == {
            "reference": [
                f"„{year}“ ist kein Jahr einer Vorlage (1975 bis {last}). Das Jahr steht vorn, wie in 2021/0734."
            ]
        }


def test_number_that_an_edition_has_stays() -> None:
    edition = set_state(EditionFactory(), "consultation", paper_number="0734/2021")

    Paper(reference="0734/2021", name="Strategie", edition=edition).full_clean()


def test_working_tree_refers_to_the_paper_that_its_title_page_names() -> None:
    paper = PaperFactory(reference="2021/0734")
    committee = BodyFactory(key="ausschuss", name="Ausschuss", kind="committee")
    ConsultationFactory(paper=paper, held_on=date(2021, 10, 5), role="decision", result="approved")
    ConsultationFactory(paper=paper, body=committee, held_on=date(2021, 8, 19))
    ConsultationFactory(paper=paper, body=committee, held_on=None)
    Strategy(city="Herne", title="Strategie", paper_number="2021/0734").save()

    basis = edition_data()["meta"]["basis"]

    assert basis["reference"] == "2021/0734"
    assert basis["consultations"] == [
        {"body": "Ausschuss", "held_on": "2021-08-19", "result": "", "is_authoritative": False},
        {"body": "Rat der Stadt", "held_on": "2021-10-05", "result": "beschlossen", "is_authoritative": True},
    ]


def test_working_tree_without_a_recorded_paper_has_no_basis() -> None:
    Strategy(city="Herne", title="Strategie", paper_number="2021/0734").save()

    assert edition_data()["meta"]["basis"] is None


def test_edition_with_the_changes_is_another_one() -> None:
    first, second = EditionFactory(), EditionFactory()
    Paper(reference="2026/0001", name="Strategie", edition=first, amended_edition=second).full_clean()

    for edition, amended in ((first, first), (None, second)):
        with pytest.raises(ValidationError, match="eine andere als die eingebrachte"):
            Paper(
                reference="2026/0001", name="Strategie", edition=edition, amended_edition=amended
            ).full_clean()


def test_edition_with_sample_data_is_not_laid_before_the_council() -> None:
    sample = EditionFactory()
    sample.has_sample = True

    with pytest.raises(ValidationError, match="mit Beispieldaten kann nicht eingebracht werden"):
        Paper(reference="2026/0001", name="Strategie", edition=sample).full_clean()


def test_edition_is_before_the_council_with_one_paper() -> None:
    edition = set_state(EditionFactory(), "consultation", paper_number="2026/0001")
    Paper(reference="2026/0001", name="Strategie", edition=edition).full_clean()

    with pytest.raises(ValidationError, match="schon mit der Vorlage 2026/0001 eingebracht"):
        Paper(reference="2026/0002", name="Strategie", edition=edition).full_clean()


def test_edition_that_a_paper_names_is_not_deleted() -> None:
    edition = PaperFactory(edition=EditionFactory()).edition

    with pytest.raises(ProtectedError):
        edition.delete()
    with pytest.raises(ValidationError, match="wird noch genannt von: 2025/"):
        delete(edition)


def test_paper_names_a_measure_once_for_each_matter() -> None:
    paper, uid = PaperFactory(), uuid4()
    PaperMeasure.objects.create(paper=paper, uid=uid)
    PaperMeasure.objects.create(paper=paper, uid=uid, matter="fund")

    with pytest.raises(ValidationError, match="nennt diese Maßnahme schon"):
        PaperMeasure(paper=paper, uid=uid).full_clean()


def test_council_does_not_decide_on_a_sample_measure() -> None:
    sample = MeasureFactory(title="Beispiel: Garten", is_sample=True)

    with pytest.raises(ValidationError, match="Darüber kann der Rat nicht entscheiden"):
        PaperMeasure(paper=PaperFactory(), uid=sample.uid).full_clean()


def test_edition_with_the_changes_is_named_by_one_paper() -> None:
    first, second = EditionFactory(), EditionFactory()
    PaperFactory(reference="2026/0001", edition=first, amended_edition=second)

    other = Paper(reference="2026/0002", name="Strategie", edition=EditionFactory(), amended_edition=second)

    with pytest.raises(ValidationError, match="Die Vorlage 2026/0001 nennt diese Fassung schon"):
        other.full_clean()


def test_adopted_edition_is_not_the_one_with_another_papers_changes() -> None:
    adopted = set_state(EditionFactory(), "consultation", paper_number="2026/0001")

    with pytest.raises(ValidationError, match="schon mit der Vorlage 2026/0001 eingebracht"):
        Paper(
            reference="2026/0002", name="Strategie", edition=EditionFactory(), amended_edition=adopted
        ).full_clean()


def test_paper_is_not_withdrawn_on_a_day_to_come() -> None:
    today = timezone.localdate()
    Paper(reference="2026/0001", name="Strategie", withdrawn_on=today).full_clean()

    with pytest.raises(ValidationError, match="liegt in der Zukunft"):
        Paper(reference="2026/0001", name="Strategie", withdrawn_on=today + timedelta(1)).full_clean()


def test_paper_is_not_withdrawn_before_its_date() -> None:
    day = date(2026, 1, 12)
    said = {"reference": "2026/0001", "name": "Strategie", "dated_on": day}
    Paper(**said, withdrawn_on=day).full_clean()

    with pytest.raises(ValidationError, match="liegt vor dem Datum der Vorlage"):
        Paper(**said, withdrawn_on=day - timedelta(1)).full_clean()


def test_sealed_paper_is_not_asked_for_what_cannot_be_changed_any_more() -> None:
    edition = set_state(EditionFactory(), "consultation", paper_number="0734/2021")
    day = date(2021, 10, 5)
    edition = set_state(edition, "rejected", decided_on=day, result="zurückgezogen")

    PaperFactory(
        reference="0734/2021", edition=edition, dated_on=day, withdrawn_on=day - timedelta(1)
    ).full_clean()
