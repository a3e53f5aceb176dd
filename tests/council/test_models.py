"""Papers: their numbers, their way through the bodies, and the one that the working tree refers to."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council.models import Consultation, Paper
from strategy.models import Strategy
from strategy.working_tree import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["2021/0734", "2021/0734-1", "2026/0001-12"])
def test_number_of_a_paper_is_accepted(number: str) -> None:
    Paper(reference=number, name="Nachhaltigkeitsstrategie").full_clean()


@pytest.mark.parametrize("number", ["2021/734", "21/0734", "2021-0734", "2021/0734-", "2021/0734\n"])
def test_other_numbers_are_refused_with_an_example(number: str) -> None:
    with pytest.raises(ValidationError, match="2021/0734 oder 2021/0734-1"):
        Paper(reference=number, name="Nachhaltigkeitsstrategie").full_clean()


def test_body_deals_with_a_paper_once_a_day() -> None:
    paper = Paper.objects.create(reference="2021/0734", name="Strategie")
    day = datetime.date(2021, 10, 5)
    Consultation.objects.create(paper=paper, body="Rat der Stadt", held_on=day)
    Consultation.objects.create(paper=paper, body="Rat der Stadt", held_on=day + datetime.timedelta(1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.create(paper=paper, body="Rat der Stadt", held_on=day)


def test_working_tree_refers_to_the_paper_that_its_title_page_names() -> None:
    paper = Paper.objects.create(reference="2021/0734", name="Strategie")
    Consultation.objects.create(paper=paper, body="Rat der Stadt", held_on=datetime.date(2021, 10, 5))
    Consultation.objects.create(paper=paper, body="Ausschuss", held_on=datetime.date(2021, 8, 19))
    Strategy(city="Herne", title="Strategie", paper_number="2021/0734").save()

    basis = read()["meta"]["basis"]

    assert basis["reference"] == "2021/0734"
    assert [(each["body"], each["held_on"]) for each in basis["consultations"]] == [
        ("Ausschuss", "2021-08-19"),
        ("Rat der Stadt", "2021-10-05"),
    ]


def test_working_tree_without_a_recorded_paper_has_no_basis() -> None:
    Strategy(city="Herne", title="Strategie", paper_number="2021/0734").save()

    assert read()["meta"]["basis"] is None
