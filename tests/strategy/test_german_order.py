"""The German order of names: in memory and in a query, on both databases."""

import pytest
from django.test import Client

from measures.models import Department
from strategy.german_order import GermanOrder
from strategy.text.letters import PLAIN, sort_key
from tests.editing.people import browser_of, person

IN_ORDER = [
    "abfall",
    "Ämter",
    "Amtsgericht",
    "Bauamt",
    "Bäume",
    "Forst",
    "Öffentlichkeit",
    "Oper",
    "Straße",
    "Strasse 2",
]
IN_ORDER += ["Übergang", "Umwelt", "Zoo"]


def test_umlauts_stand_among_their_letters() -> None:
    assert sorted(reversed(IN_ORDER), key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("ÄÖÜẞ", "aouss"),
        ("Çeşme", "cesme"),
        ("Ægir", "aegir"),
        ("Ελ", "ελ"),
    ],
)
def test_letters_of_europe_are_sorted_as_plain_ones(name: str, key: str) -> None:
    assert sort_key(name) == key


@pytest.mark.django_db
def test_query_has_the_order_that_rows_in_memory_have() -> None:
    names = [
        *IN_ORDER,
        "Bau amt",
        "Bau-Amt",
        "bauamt 2",
        "1. Amt",
        *(f"{letter}x" for letter in PLAIN if ord(letter) < 0x250),
    ]
    Department.objects.all().delete()
    Department.objects.bulk_create(Department(key=f"k{n:04}", name=name) for n, name in enumerate(names))

    keys = [sort_key(name) for name in Department.objects.values_list("name", flat=True)]

    assert keys == sorted(keys)
    largest_first = Department.objects.order_by(GermanOrder("name").desc()).values_list("name", flat=True)
    assert [sort_key(name) for name in largest_first] == keys[::-1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "expected"), [("", IN_ORDER), ("?o=1", IN_ORDER), ("?o=-1", IN_ORDER[::-1])]
)
def test_list_of_departments_is_in_german_order(query: str, expected: list[str]) -> None:
    Department.objects.all().delete()
    for number, name in enumerate(IN_ORDER):
        Department.objects.create(key=f"k{99 - number}", name=name)
    client: Client = browser_of(person("Koordinationsstelle"))

    shown = client.get(f"/verwaltung/measures/department/{query}").context["cl"].result_list

    assert [each.name for each in shown] == expected


@pytest.mark.django_db
def test_list_of_people_is_in_german_order() -> None:
    for name in ("zoe", "ömer", "otto", "Olga"):
        person("Lesen", name=name)
    admin = person("Koordinationsstelle", name="aa")

    def shown(query: str) -> list[str]:
        page = browser_of(admin).get(f"/verwaltung/auth/user/{query}")
        return [each.username for each in page.context["cl"].result_list]

    assert shown("") == shown("?o=1") == ["aa", "Olga", "ömer", "otto", "zoe"]
