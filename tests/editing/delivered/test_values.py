"""What single cells say: amounts, periods, numbers with units, names, numbers before titles."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from editing.delivered.cell_reader import ALIASES
from editing.delivered.cells.headings import meanings
from editing.delivered.cells.names import Named, Names, clusters, full_name, sdg_numbers, several
from editing.delivered.cells.numbering import are_numbered, code_of, codes_of, split_title
from editing.delivered.cells.values import cost, factor_of, period, with_unit
from editing.delivered.columns import kind_in_words

ONCE, YEARLY, NOTE = "cost_once", "cost_yearly", "note"


@pytest.mark.parametrize(
    ("cell", "values", "note"),
    [
        ("70.000 €", {ONCE: 70_000}, ""),
        ("70 000", {ONCE: 70_000}, ""),
        ("70'000 EUR", {ONCE: 70_000}, ""),
        ("70.000,00 €", {ONCE: 70_000}, ""),
        ("70.000,-- €", {ONCE: 70_000}, ""),
        (70_000, {ONCE: 70_000}, ""),
        (Decimal("12.5"), {ONCE: 12}, "12,5 €"),
        ("ca. 15.000", {ONCE: 15_000}, "ca. 15.000"),
        ("rund 1,5 Mio. Euro", {ONCE: 1_500_000}, "rund 1,5 Mio. Euro"),
        ("50 T€", {ONCE: 50_000}, ""),
        ("50 TEUR", {ONCE: 50_000}, ""),
        ("5.000 € jährlich", {YEARLY: 5_000}, ""),
        ("5.000 €/Jahr", {YEARLY: 5_000}, ""),
        ("5.000 € p.a.", {YEARLY: 5_000}, ""),
        ("20.000 € einmalig, 5.000 € p. a.", {ONCE: 20_000, YEARLY: 5_000}, ""),
        ("10.000 - 20.000 €", {}, "10.000 - 20.000 €"),
        ("im Haushalt enthalten", {}, "im Haushalt enthalten"),
        ("k. A.", {}, ""),
        ("–", {}, ""),
        ("2000", {ONCE: 2_000}, ""),
        ("1,000", {ONCE: 1_000}, ""),
        ("-3", {}, "-3"),
        ("2026: 5.000 €", {ONCE: 5_000}, "2026: 5.000 €"),
    ],
)
def test_amounts(cell: Any, values: dict[str, int], note: str):
    read = cost(cell)

    assert (read.values, read.note) == (values, note)


def test_heading_says_thousands_but_for_what_names_euros_itself():
    assert [factor_of(each) for each in ("Kosten in T€", "Kosten (TEUR)", "Mio. €", "Kosten in €")] == [
        1_000, 1_000, 1_000_000, 1,
    ]  # fmt: skip
    assert cost("12", factor=1_000).values == {ONCE: 12_000}
    assert cost("5.000 €", factor=1_000).values == {ONCE: 5_000}


@pytest.mark.parametrize(
    ("cell", "start", "end", "goes_on"),
    [
        ("2025-2027", 2025, 2027, False),
        ("2025 bis 2027", 2025, 2027, False),
        ("2025/26", 2025, 2026, False),
        ("01.03.2025 – 30.06.2026", 2025, 2026, False),
        (datetime.date(2026, 3, 1), 2026, 2026, False),
        ("2026-06-30", 2026, 2026, False),
        (2026, 2026, 2026, False),
        ("3. Quartal 2027", 2027, 2027, False),
        ("ab 2026", 2026, None, False),
        ("seit 2020", 2020, None, False),
        ("bis 2030", None, 2030, False),
        ("Ende 2028", None, 2028, False),
        ("laufend", None, None, True),
        ("seit 2021 fortlaufend", 2021, None, True),
        ("2024 ff.", 2024, None, True),
        ("laufend bis 2030", None, 2030, False),
    ],
)
def test_periods(cell: Any, start: int | None, end: int | None, goes_on: bool):
    read = period(cell).values

    assert (read.get("start_year"), read.get("end_year"), "is_ongoing" in read) == (start, end, goes_on)


def test_period_without_a_year_is_not_guessed():
    assert [period(each).is_understood for each in ("kurzfristig", "sofort", "12")] == [False] * 3
    assert period("offen").is_empty


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("85 %", {"target_value": Decimal(85), "unit": "Prozent"}),
        ("-12,5 Tonnen", {"target_value": Decimal("-12.5"), "unit": "Tonnen"}),
        ("1.200", {"target_value": Decimal(1200)}),
        (85, {"target_value": 85}),
    ],
)
def test_numbers_with_units(cell: Any, values: dict[str, Any]):
    assert with_unit(cell, name="target_value").values == values


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("SDG 4", [4]),
        ("4, 11", [4, 11]),
        ("SDG 11 und SDG 13", [11, 13]),
        ("Ziel 11: Nachhaltige Städte", [11]),
        ("4.7; 11.b", [4, 11]),
        ("SDG 1-3", [1, 2, 3]),
        ("18", None),
        ("Bildung", None),
    ],
)
def test_numbers_of_sdgs(text: str, numbers: list[int] | None):
    assert sdg_numbers(text) == numbers


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("umwelt", "umwelt"),
        ("Fachbereich Umwelt und Stadtplanung", "umwelt"),
        ("FB Umwelt u. Stadtplanung", "umwelt"),
        ("Amt für Stadtplanung und Umwelt", "umwelt"),
        ("Fachbereich Umwelt und Stadtplannung", "umwelt"),
        ("Umwelt/Stadtpl.", "umwelt"),
        ("FB Bildung", "bildung"),
        ("FB 41 – Kultur, Sport u. Freizeit", "kultur"),
        ("FB KSF", "kultur"),
        ("Fachbereich", None),
        ("Stadtwerke", None),
        ("FB 51", None),
        ("k. A.", ""),
    ],
)
def test_departments_are_named_in_many_ways(spelling: str, key: str | None):
    names = Names(
        [
            Named("umwelt", "Fachbereich Umwelt und Stadtplanung"),
            Named("bildung", "Beispiel: Fachbereich Schule und Bildung"),
            Named("kultur", "Fachbereich Kultur, Sport und Freizeit"),
        ]
    )

    assert names.key_of(spelling) == key


def test_several_districts_are_named_in_one_cell():
    names = Names([Named("wanne", "Wanne"), Named("eickel", "Eickel"), Named("herne-mitte", "Herne-Mitte")])

    assert names.keys_in("Wanne-Eickel und Mitte") == (["wanne", "eickel", "herne-mitte"], [])
    assert names.keys_in("Herne-Mitte, Unser-Fritz") == (["herne-mitte"], ["Unser-Fritz"])


def test_name_that_two_could_be_is_asked_about():
    names = Names([Named("a", "Fachbereich Umwelt und Verkehr"), Named("b", "Fachbereich Umwelt und Klima")])

    assert names.key_of("FB Umwelt") is None


def test_choices_are_named_by_the_words_of_lists():
    named = [
        Named(key, word, ALIASES["novelty"][key])
        for key, word in (("new", "neue Maßnahme"), ("existing", "x"))
    ]

    assert [Names(named).key_of(each) for each in ("neu", "NEU", "bestehend", "laufend", "vielleicht")] == [
        "new", "new", "existing", "existing", None,
    ]  # fmt: skip


def test_spellings_of_one_name_stand_together():
    spellings = ["FB Gebäude", "Fachbereich Gebäude", "Gebäude", "VHS"]

    assert clusters(spellings) == [["Fachbereich Gebäude", "FB Gebäude", "Gebäude"], ["VHS"]]
    assert full_name("FB  51 Kinder") == "Fachbereich 51 Kinder"
    assert several("FB 51 / FB 61, FB Umwelt und Verkehr") == ["FB 51", "FB 61", "FB Umwelt und Verkehr"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.2.3", "1.2.3"),
        ("1.2.", "1.2"),
        ("M 1.2", "1.2"),
        ("01.02", "1.2"),
        (Decimal("1.2"), "1.2"),
        (3, "3"),
        (datetime.date(2026, 2, 1), "1.2"),
        (datetime.date(2003, 2, 1), "1.2.3"),
        ("Radwege", ""),
    ],
)
def test_numbers_are_read_back_from_what_a_spreadsheet_made_of_them(cell: Any, code: str):
    assert code_of(cell) == code


def test_zero_that_a_spreadsheet_took_is_given_back():
    cells = [Decimal(f"1.{n}") for n in range(1, 10)] + [Decimal("1.1"), Decimal("1.11")]

    assert codes_of(cells)[-3:] == ["1.9", "1.10", "1.11"]
    assert codes_of(["1.9", "1.1"]) == ["1.9", "1.1"]


def test_number_before_a_title_is_none_where_others_have_none():
    assert split_title("1.2 Radwege") == ("1.2", "Radwege")
    assert split_title("II. Klima")[1] == "Klima"
    assert are_numbered(["1 Klima", "2 Bildung"])
    assert not are_numbered(["1.000 Bäume pflanzen", "Radwege bauen", "3. Ort der Bildung"])


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Lfd. Nr.", "number"),
        ("Kosten einmalig (€)", "cost_once"),
        ("Kosten jährlich in T€", "cost_yearly"),
        ("Federführender Fachbereich (FB)", "lead"),
        ("Zeitraum von", "start_year"),
        ("Umsetzungsende", "end_year"),
        ("Bezug zu den SDGs", "sdgs"),
        ("Kurzbeschreibung der Maßnahme", "text"),
        ("Titel der Maßnahme", "measure"),
        ("Ziel-Nr.", "number"),
        ("Ansprechpartnerin", "person"),
    ],
)
def test_headings(heading: str, meaning: str):
    assert meanings(heading)[0][1] == meaning


def test_levels_in_words():
    assert [kind_in_words(each) for each in ("Handlungsfeld", "Teilziel", "MASSNAHME", "etwas")] == [
        "theme", "operational_goal", "measure", None,
    ]  # fmt: skip
