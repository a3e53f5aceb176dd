"""Months as people write them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from strategy.forms.months import MonthField, month_of

MARCH = datetime.date(2027, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2027-03",
        "2027-3",
        "2027-03-17",
        "03/2027",
        "3.2027",
        "17.03.2027",
        "März 2027",
        "mrz. 2027",
        "MÄRZ 2027",
    ],
)
def test_month_is_read_as_people_and_browsers_write_it(text):
    assert month_of(text) == MARCH


@pytest.mark.parametrize("text", ["2027", "13/2027", "0/2027", "03/27", "bald", "März", "1999-03", "9" * 500])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValidationError, match="ist kein Monat"):
        month_of(text)


def test_field_shows_what_browsers_send_and_keeps_what_cannot_be_read():
    field = MonthField(required=False)

    assert (field.prepare_value(MARCH), field.prepare_value("bald"), field.clean(" ")) == (
        "2027-03",
        "bald",
        None,
    )
