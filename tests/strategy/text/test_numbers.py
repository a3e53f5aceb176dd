"""Numbers as they are typed and shown in German."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from strategy.text.numbers import (
    EURO,
    DecimalNumberField,
    WholeNumberField,
    german_number,
    in_german,
    without_zeros,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("70000", 70000),
        ("70.000", 70000),
        ("1.234.567", 1234567),
        ("1.500", 1500),
        ("1.500,5", Decimal("1500.5")),
        ("1500,5", Decimal("1500.5")),
        ("0,25", Decimal("0.25")),
        ("-3", -3),
        ("-1.000,75", Decimal("-1000.75")),
        (" 7 ", 7),
        ("0", 0),
    ],
)
def test_number_as_it_is_written_in_german(text: str, number):
    assert german_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "70.00",
        "1,5.0",
        "12.5",
        "1.2.3",
        "1234.567",
        "1.23.456",
        "0.500",
        ",5",
        "5,",
        "1,5,0",
        "70 000",
        "70.000 €",
        "1e5",
        "NaN",
        "--1",
        "٧",
        "",
        "1" * 41,
    ],
)
def test_what_could_be_read_in_two_ways_or_is_no_number_is_none(text: str):
    assert german_number(text) is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Decimal("75"), "75"),
        (Decimal("1500.50"), "1.500,50"),
        (Decimal("0.25"), "0,25"),
        (Decimal("6.0"), "6,0"),
        (Decimal("7.5E+4"), "75.000"),
        (68000, "68.000"),
        (10**18, "1.000.000.000.000.000.000"),
        (-1000, "-1.000"),
        (0, "0"),
        (Decimal("100"), "100"),
    ],
)
def test_shown_number_is_as_it_was_written_and_reads_back(number, shown: str):
    assert in_german(number) == shown
    assert german_number(shown) == number


@pytest.mark.parametrize(
    ("digits", "short"),
    [("6.0", "6"), ("12.50", "12.5"), ("1200", "1200"), ("-0.0010", "-0.001"), ("0.0", "0")],
)
def test_zeros_behind_the_point_are_left_out_where_a_number_is_compared(digits: str, short: str):
    assert without_zeros(digits) == short


def test_year_is_shown_without_a_point():
    assert in_german(2030, is_grouped=False) == "2030"


def test_fields_show_what_is_stored_in_german_and_leave_what_is_typed():
    field = DecimalNumberField(is_grouped=True)

    assert [field.prepare_value(value) for value in (Decimal("1500.5"), "70.00", None)] == [
        "1.500,5",
        "70.00",
        None,
    ]


def test_fields_are_lines_of_text_with_a_keyboard_of_digits():
    kinds = [
        (each.widget.input_type, each.widget.attrs["inputmode"])
        for each in (WholeNumberField(), DecimalNumberField())
    ]

    assert kinds == [("text", "numeric"), ("text", "decimal")]


@pytest.mark.parametrize(("typed", "number"), [("70.000", 70000), ("70.000,00", 70000), ("", None)])
def test_whole_number(typed: str, number):
    assert WholeNumberField(required=False).clean(typed) == number


@pytest.mark.parametrize("typed", ["70.00", "12,5", "viel", "70 000"])
def test_no_whole_number_is_refused_with_how_to_write_it(typed: str):
    with pytest.raises(ValidationError) as refused:
        WholeNumberField(is_grouped=True).clean(typed)

    assert refused.value.messages == [
        f"„{typed}“ ist keine ganze Zahl in deutscher Schreibweise. "
        "Bitte schreiben Sie zum Beispiel 70000 oder 70.000."
    ]


@pytest.mark.parametrize("typed", ["zwanzig", "2.0", "20 30"])
def test_no_year_is_refused_with_a_year_as_the_example(typed: str):
    with pytest.raises(ValidationError) as refused:
        WholeNumberField().clean(typed)

    assert refused.value.messages == [
        f"„{typed}“ ist keine Jahreszahl. Bitte schreiben Sie zum Beispiel 2030."
    ]


def cost() -> WholeNumberField:
    return WholeNumberField(is_grouped=True, units=EURO, rest_goes_to="Anmerkung zu den Kosten")


@pytest.mark.parametrize(
    "typed", ["250.000,00 €", "250.000 €", "250000€", "€ 250.000", "250.000\u00a0Euro", "250.000,0 eur"]
)
def test_unit_that_the_label_names_may_be_typed(typed: str):
    assert cost().clean(typed) == 250000


@pytest.mark.parametrize("typed", ["bis 2030", "Bis  2030", "2030"])
def test_word_that_the_label_says_may_be_typed(typed: str):
    assert WholeNumberField(prefixes=("bis",)).clean(typed) == 2030


@pytest.mark.parametrize(
    "typed",
    ["ca. 15.000", "15.000 bis 20.000 €", "2,5 Mio. €", "15.000 € im Jahr", "250,50 € netto", "rund 7"],
)
def test_what_is_said_beside_a_number_is_refused_with_the_field_for_it(typed: str):
    with pytest.raises(ValidationError) as refused:
        cost().clean(typed)

    assert refused.value.messages == [
        f"„{typed}“ ist mehr als eine Zahl. Bitte schreiben Sie hier die Zahl allein, zum Beispiel 70.000. "
        "Was dazu noch zu sagen ist, gehört in das Feld „Anmerkung zu den Kosten“ oder in den Text."
    ]


@pytest.mark.parametrize("typed", ["bis Ende 2030", "ab 2030", "2030 bis", "2026-2030", "2030 €", "2030/31"])
def test_what_says_more_than_a_year_is_refused(typed: str):
    with pytest.raises(ValidationError) as refused:
        WholeNumberField(prefixes=("bis",)).clean(typed)

    assert refused.value.messages == [
        f"„{typed}“ ist mehr als eine Zahl. Bitte schreiben Sie hier die Zahl allein, zum Beispiel 2030. "
        "Was dazu noch zu sagen ist, gehört in den Text."
    ]


@pytest.mark.parametrize("typed", ["250.000,50 €", "70.00 €"])
def test_amount_that_is_not_whole_or_ambiguous_stays_refused_with_its_unit(typed: str):
    with pytest.raises(ValidationError):
        cost().clean(typed)


@pytest.mark.parametrize("typed", ["70.00", "1,5.0"])
def test_no_number_is_refused_with_how_to_write_it(typed: str):
    with pytest.raises(ValidationError) as refused:
        DecimalNumberField().clean(typed)

    assert refused.value.messages == [
        f"„{typed}“ ist keine Zahl in deutscher Schreibweise. "
        "Bitte schreiben Sie zum Beispiel 70000, 70.000 oder 1.500,5."
    ]


def test_refusal_repeats_only_the_beginning_of_what_was_typed():
    with pytest.raises(ValidationError) as refused:
        WholeNumberField().clean("x" * 5000)

    assert refused.value.messages[0].startswith(f"„{'x' * 40}…“ ist")


def test_limits_of_the_field_hold_for_what_was_read():
    with pytest.raises(ValidationError):
        WholeNumberField(min_value=0).clean("-70.000")
    with pytest.raises(ValidationError):
        DecimalNumberField(max_digits=16, decimal_places=4).clean("1,23456")
