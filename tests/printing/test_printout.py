"""What is printed of a Document, in each form."""

import pytest

from printing import printout
from printing.printout import Printout
from strategy.document.document import Document
from tests.printing.sample import DISTRICTS, small_strategy


@pytest.fixture
def document() -> Document:
    return Document.from_data(small_strategy())


def titles(entries) -> list[str]:
    return [entry.title for entry in entries]


def test_long_form_is_every_root_and_no_table(document: Document):
    long = printout.long_form(document)

    assert titles(long.entries) == ["Vorwort", "Bildung", "Klima", "Ausblick"]
    assert (long.measures, long.entry, long.path, long.query) == ((), None, "druck/", "")


def test_short_form_is_themes_and_every_measure(document: Document):
    short = printout.short_form(document)

    assert titles(short.entries) == ["Bildung", "Klima"]
    assert titles(short.measures) == ["Garten", "Kurse", "Labor", "Radweg"]
    assert (short.path, short.query) == ("druck/", "umfang=kurz")


@pytest.mark.parametrize(
    ("path", "is_excerpt"),
    [
        ("themenfelder/bildung/", False),
        ("ziele/schulen/", True),
        ("ziele/mehr-gaerten/", True),
        ("massnahmen/garten/", True),
    ],
)
def test_entry_is_printed_at_its_own_address(document: Document, path: str, is_excerpt: bool):
    excerpt = printout.of_entry(document, document.by_path[path])

    assert excerpt.is_excerpt == is_excerpt
    assert excerpt.entry == document.by_path[path]
    assert excerpt.path == f"{path}druck/"


def test_chapter_is_not_printed_by_itself(document: Document):
    with pytest.raises(KeyError):
        printout.of_entry(document, document.by_path["kapitel/vorwort/"])


def test_district_has_its_own_measures_and_those_of_the_whole_city(document: Document):
    wanne = printout.of_district(document, "wanne")

    assert isinstance(wanne, Printout)
    assert wanne.name == "Wanne"
    assert titles(wanne.measures) == ["Garten", "Kurse", "Labor"]
    assert titles(wanne.own_measures) == ["Garten", "Labor"]
    assert titles(wanne.citywide) == ["Kurse"]


def test_the_whole_city_is_a_district_whose_measures_are_all_its_own(document: Document):
    city = printout.of_district(document, "stadtweit")

    assert isinstance(city, Printout)
    assert titles(city.own_measures) == ["Kurse", "Labor"]
    assert city.citywide == ()


def test_department_has_what_it_leads(document: Document):
    schools = printout.of_department(document, "schule")

    assert isinstance(schools, Printout)
    assert schools.name == "Fachbereich Schule"
    assert titles(schools.measures) == titles(schools.own_measures) == ["Garten", "Kurse"]


@pytest.mark.parametrize("key", ["", "mond", "Wanne", "schule"])
def test_district_that_no_measure_names_is_none(document: Document, key: str):
    assert printout.of_district(document, key) is None


@pytest.mark.parametrize("key", ["", "mond", "wanne"])
def test_department_that_leads_nothing_is_none(document: Document, key: str):
    assert printout.of_department(document, key) is None


def test_districts_begin_with_the_whole_city_and_departments_are_in_german_order(document: Document):
    assert printout.districts(document) == [(key, DISTRICTS[key]) for key in ("stadtweit", "eickel", "wanne")]
    assert [key for key, _name in printout.departments(document)] == ["oeffentlichkeit", "schule"]


def test_key_is_written_into_the_address_so_that_it_stays_one_value():
    data = small_strategy(Garten={"districts": [{"key": "a&b=c d", "name": "Seltsam"}]})

    found = printout.of_district(Document.from_data(data), "a&b=c d")

    assert isinstance(found, Printout)
    assert found.query == "stadtbezirk=a%26b%3Dc+d"
