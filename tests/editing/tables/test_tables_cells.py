"""What a cell says, and how a value becomes a cell."""

from decimal import Decimal

import pytest

from editing.tables.cells import CellReader, Unreadable, as_text, keys_in, still_says, words_of, written
from editing.tables.columns import columns, fields_by_name, index_of, key_of, letters
from measures.models import Measure
from strategy.tree.fields import FieldError
from strategy.tree.levels import levels
from tests.factories import DepartmentFactory, SDGFactory

MEASURE = fields_by_name("measure")
GOAL = fields_by_name("operational_goal")


def read(name: str, cell, kind: str = "measure"):
    level = next(level for level in levels() if level.kind == kind)
    return CellReader().read(fields_by_name(kind)[name], cell, level.model)


def refused(name: str, cell, kind: str = "measure") -> str:
    with pytest.raises(FieldError) as error:
        read(name, cell, kind)
    return str(error.value)


@pytest.mark.parametrize("cell", ["ja", " JA ", True, "wahr", "1", 1])
def test_yes(cell):
    assert read("is_ongoing", cell) is True


@pytest.mark.parametrize("cell", ["nein", "Nein", False, "FALSE", 0])
def test_no(cell):
    assert read("is_ongoing", cell) is False


def test_yes_or_no_is_nothing_else():
    assert (
        refused("is_ongoing", "vielleicht")
        == "Bitte schreiben Sie hier „ja“ oder „nein“, nicht „vielleicht“."
    )
    assert refused("is_ongoing", None) == "Bitte schreiben Sie hier „ja“ oder „nein“."


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12500, 12500),
        ("12500", 12500),
        ("12.500", 12500),
        ("12.500,00", 12500),
        (" 7 ", 7),
        ("", None),
        (None, None),
    ],
)
def test_whole_number(cell, number):
    assert read("cost_once", cell) == number


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("12,5", "„12,5“ ist keine ganze Zahl."),
        (Decimal("12.5"), "„12,5“ ist keine ganze Zahl."),
        ("viel", "„viel“ ist keine Zahl."),
        ("1.2.3", "„1.2.3“ ist keine Zahl."),
        (True, "„True“ ist keine Zahl."),
    ],
)
def test_no_whole_number(cell, says: str):
    assert refused("cost_once", cell) == says


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234", "1234"),
        ("-0,25", "-0.25"),
        ("1,10", "1.10"),
        (Decimal("1.1"), "1.1"),
        (3, "3"),
    ],
)
def test_decimal_number_as_german_spreadsheets_write_it(cell, plain: str):
    assert read("base_value", cell, "operational_goal") == plain


def test_decimal_number_with_more_places_than_the_field_has():
    assert "4" in refused("base_value", "1,23456", "operational_goal")


def test_number_that_a_spreadsheet_would_round_is_a_text():
    assert written(MEASURE["cost_once"], 10**15 - 1, Measure) == 10**15 - 1
    assert written(MEASURE["cost_once"], 10**15, Measure) == "1000000000000000"
    assert written(GOAL["base_value"], "123456789012.345", Measure) == Decimal("123456789012.345")
    assert written(GOAL["base_value"], "123456789012.3456", Measure) == "123456789012,3456"


def test_number_whose_zeros_a_spreadsheet_would_drop_is_a_text_and_still_says_the_same_without_them():
    field = GOAL["base_value"]

    assert written(field, "6.0", Measure) == "6,0"
    assert [still_says(text, field, "6.0", Measure) for text in ("6,0", "6", "6,1", "")] == [
        True,
        True,
        False,
        False,
    ]
    assert not still_says("6,0", field, "6", Measure)


@pytest.mark.parametrize("cell", ["bestehende Maßnahme", "Bestehende maßnahme", "existing"])
def test_choice_by_word_or_key(cell: str):
    assert read("novelty", cell) == {"key": "existing", "name": "bestehende Maßnahme"}


def test_choice_that_is_none():
    assert refused("novelty", "gebraucht") == (
        "„gebraucht“ gibt es hier nicht; möglich ist: bestehende Maßnahme, neue Maßnahme."
    )


def test_words_of_all_choices_are_unambiguous():
    fields = [(level, field) for level in levels() for field in fields_by_name(level.kind).values()]
    choices = [words_of(field, level.model) for level, field in fields if type(field).__name__ == "Choice"]

    assert len(choices) == 4
    assert [words for words in choices if len(set(map(str.casefold, words.values()))) < len(words)] == []


@pytest.mark.django_db
def test_references_by_their_keys():
    SDGFactory(number=4, title="Bildung")
    SDGFactory(number=11, title="Städte")
    DepartmentFactory(key="fb-44", name="Umwelt")

    assert read("sdgs", "11, 4") == [{"key": 11, "name": "Städte"}, {"key": 4, "name": "Bildung"}]
    assert read("sdgs", 4) == [{"key": 4, "name": "Bildung"}]
    assert read("sdgs", "") == []
    assert read("lead", "fb-44") == {"key": "fb-44", "name": "Umwelt"}
    assert read("lead", None) is None


@pytest.mark.django_db
def test_references_that_cannot_be():
    SDGFactory(number=4)
    DepartmentFactory(key="fb-44")
    DepartmentFactory(key="fb-45")

    assert refused("sdgs", "4, 18") == "„18“ ist nicht bekannt (SDG)."
    assert refused("sdgs", "4; 4") == "Hier steht derselbe Eintrag mehrmals."
    assert refused("lead", "fb-99") == "„fb-99“ ist nicht bekannt (Fachbereich)."
    assert refused("lead", "fb-44, fb-45") == "Hier ist nur ein Eintrag möglich."
    assert refused("sdgs", Decimal("4.11")).startswith(
        "Die Tabellenkalkulation hat aus der Eingabe „4,11“ gemacht."
    )


def test_text_keeps_what_was_typed():
    assert read("text", " =1+1\n'x' ") == " =1+1\n'x' "
    assert read("title", "  Ein Titel ") == "Ein Titel"
    assert read("title", 2030) == "2030"
    assert read("partners", "A\n\n B ") == ["A", "B"]


def test_text_under_the_text_rules():
    assert refused("text", "a\nb\tc") == (
        "Zeile 2, Zeichen 2: Das Zeichen (U+0009, Tabulator) ist nicht erlaubt, weil es im Druck nicht gesetzt werden "
        "kann. Bitte löschen oder ersetzen Sie das Zeichen."
    )
    assert "40.000 Zeichen; erlaubt sind höchstens 20.000" in refused("text", "x" * 40_000)
    assert refused("title", "") == "Dieses Feld darf nicht leer sein."


def test_cell_that_is_no_value_says_why():
    assert refused("text", Unreadable("Hier steht eine Formel.")) == "Hier steht eine Formel."


def test_cells_as_text():
    assert [as_text(cell) for cell in (None, 7, Decimal("1.50"), "x")] == ["", "7", "1,50", "x"]
    assert keys_in(" a, b;\nc ,") == ["a", "b", "c"]


def test_headers_name_their_columns():
    headers = {column.key: column.header for column in columns()}

    assert headers["lead"] == "Federführung [lead]"
    assert headers["code"] == "Kennung (nur zur Information) [code]"
    assert [key_of(header) for header in headers.values()] == list(headers)
    assert [key_of(text) for text in ("title", " Titel [ title ] ", "Titel", None)] == [
        "title",
        "title",
        "",
        "",
    ]


def test_every_field_that_a_level_declares_has_a_column():
    keys = [column.key for column in columns()]
    declared = {name for level in levels() for name in fields_by_name(level.kind)}

    assert len(keys) == len(set(keys))
    assert set(keys) == declared | {"uid", "level", "parent", "code", "is_sample", "version"}
    assert keys[:8] == ["uid", "level", "parent", "code", "title", "slug", "text", "easy_text"]


def test_columns_are_called_as_in_a_spreadsheet():
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [index_of(name) for name in ("A", "Z", "AA", "ZZ", "AAA")] == [0, 25, 26, 701, 702]
