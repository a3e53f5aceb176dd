"""What is wrong with the rows of a table: each mistake with its cell, in a German sentence."""

import uuid

import pytest
from openpyxl.utils import get_column_letter

from strategy.editions.working_tree import problems
from strategy.tree.models import Node
from tests.editing.tables.table_files import Table, summary
from tests.factories import DepartmentFactory, SDGFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

OUTLINE = """
    chapter Vorwort
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Direkt
          operational_goal Siegel
            measure Beratung
            measure Preis
        strategic_goal Kitas
          operational_goal Plätze
    theme Klima
      guideline Schützen
"""


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant(OUTLINE)


@pytest.fixture
def table(nodes: dict[str, Node]) -> Table:
    return Table()


def test_ids_that_are_none(table: Table):
    table.set("Direkt", uid="abc")
    table.set("Beratung", uid=str(uuid.UUID(int=7)))
    table.set("Kitas", uid=table.get("Schulen", "uid").upper())

    assert table.complaints()[:3] == [
        (
            "Zelle A6",
            "„abc“ ist keine ID. Bei einem neuen Knoten bleibt die Zelle leer, oder dort steht ein Merkzeichen "
            "wie neu-1.",
        ),
        (
            "Zelle A8",
            "Einen Knoten mit dieser ID gibt es nicht, oder er wurde gelöscht. Bei einem neuen Knoten bleibt die Zelle "
            "leer.",
        ),
        ("Zelle A10", f"„{table.get('Schulen', 'uid')}“ steht schon in Zelle A5."),
    ]


def test_mark_that_is_given_twice(table: Table):
    table.add(uid="neu-1", level="Kapitel", title="Eins")
    table.add(uid="neu-1", level="Kapitel", title="Zwei")

    assert table.complaints() == [("Zelle A15", "„neu-1“ steht schon in Zelle A14.")]


def test_levels_that_cannot_be(table: Table):
    table.set("Direkt", level="operatives Ziel")
    table.set("Beratung", level="Aufgabe")
    table.set("Klima", level=None)

    words = "Kapitel, Themenfeld, Leitlinie, strategisches Ziel, operatives Ziel, Maßnahme"
    assert table.complaints() == [
        ("Zelle B6", "Die Ebene eines Knotens ändert sich nie: Dieser ist „Maßnahme“."),
        ("Zelle B8", f"„Aufgabe“ ist keine Ebene; möglich ist: {words}."),
        ("Zelle B12", f"„“ ist keine Ebene; möglich ist: {words}."),
    ]


def test_parents_that_cannot_be(table: Table, nodes: dict[str, Node]):
    table.set("Direkt", parent=str(nodes["Klima"].uid))
    table.set("Preis", parent="neu-7")
    table.set("Beratung", parent=None)
    table.set("Schulen", parent=str(nodes["Siegel"].uid))
    table.set("Plätze", parent=str(nodes["Plätze"].uid))
    table.add(level="Leitlinie", parent=str(nodes["Schulen"].uid), title="Neu")

    assert table.complaints() == [
        ("Zelle C5", "Ein Knoten kann nicht unter sich selbst stehen."),
        ("Zelle C6", "„Maßnahme“ kann nicht unter „Themenfeld“ stehen."),
        (
            "Zelle C8",
            "„Maßnahme“ kann nicht auf der obersten Ebene stehen; bitte nennen Sie die ID des übergeordneten Knotens.",
        ),
        ("Zelle C9", "Es gibt keinen Knoten mit der ID „neu-7“ und keine neue Zeile mit diesem Merkzeichen."),
        ("Zelle C11", "Ein Knoten kann nicht unter sich selbst stehen."),
        ("Zelle C14", "„Leitlinie“ kann nicht unter „strategisches Ziel“ stehen."),
    ]


def test_rows_below_a_row_that_is_wrong_say_nothing_of_their_own(table: Table):
    table.add(uid="neu-1", level="operatives Ziel", title="Ziel ohne Platz")
    table.add(level="Maßnahme", parent="neu-1", title="Maßnahme")

    assert [place for place, _says in table.complaints()] == ["Zelle C14"]


def test_orders_that_cannot_be(table: Table, nodes: dict[str, Node]):
    table.add(level="Maßnahme", parent=str(nodes["Schulen"].uid), title="Zu spät")
    table.add(level="Themenfeld", title="Wasser")
    table.put("Vorwort", before="Klima")
    table.add(level="Leitlinie", parent=str(nodes["Klima"].uid), title="Noch eine")

    assert sorted(table.complaints()) == [
        ("Zeile 12", "Kapitel stehen vor oder nach den Themenfeldern, nicht dazwischen."),
        ("Zeile 14", "Maßnahmen direkt unter einem strategischen Ziel stehen vor dessen operativen Zielen."),
        ("Zeile 16", "Ein Themenfeld hat nur eine Leitlinie."),
    ]


def test_guideline_beside_one_that_is_not_in_the_file(table: Table, nodes: dict[str, Node]):
    table.drop("Schützen")
    table.add(level="Leitlinie", parent=str(nodes["Klima"].uid), title="Noch eine")

    assert table.complaints() == [
        ("Zelle C13", "Dort steht schon „Schützen“, das nicht in der Datei ist; beides geht nicht.")
    ]


def test_guidelines_swap_their_themes(table: Table, nodes: dict[str, Node]):
    table.set("Lernen", parent=str(nodes["Klima"].uid))
    table.set("Schützen", parent=str(nodes["Bildung"].uid))

    table.take_over()

    above = {
        title: Node.objects.get_parent(Node.objects.get(title=title)) for title in ("Lernen", "Schützen")
    }
    assert {title: parent and parent.title for title, parent in above.items()} == {
        "Lernen": "Klima",
        "Schützen": "Bildung",
    }
    assert problems() == []


def test_values_that_do_not_fit_their_fields(table: Table):
    SDGFactory(number=4)
    DepartmentFactory(key="fb-44")
    table.set("Direkt", lead="fb-99", sdgs="4, 18", cost_once="viel", is_ongoing=None, start_year=1800)
    table.set("Beratung", title=None, text="a\tb", horizon=2030)
    addresses = {key: table.keys.index(key) for key in table.keys}

    complaints = dict(table.complaints())

    assert [says for place, says in complaints.items() if place.endswith("6")] == [
        "Dieser Wert muss größer oder gleich 1990 sein.",
        "Bitte schreiben Sie hier „ja“ oder „nein“.",
        "„fb-99“ ist nicht bekannt (Fachbereich).",
        "„viel“ ist keine Zahl.",
        "„18“ ist nicht bekannt (SDG).",
    ]
    assert complaints["Zelle E8"] == "Dieses Feld darf nicht leer sein."
    assert complaints["Zelle G8"].startswith(
        "Zeile 1, Zeichen 2: Das Zeichen (U+0009, Tabulator) ist nicht erlaubt"
    )
    assert complaints[f"Zelle {name_of(addresses['horizon'])}8"] == (
        "Dieses Feld gibt es auf der Ebene „Maßnahme“ nicht; bitte leeren Sie die Zelle."
    )
    assert len(complaints) == 8


def name_of(index: int) -> str:
    return get_column_letter(index + 1)


def test_values_that_do_not_fit_each_other(table: Table):
    table.set("Direkt", start_year=2030, end_year=2025)
    table.set("Preis", participation="keine Beteiligung")
    table.add(
        level="Maßnahme", parent=table.get("Siegel", "uid"), title="Neu", end_year=2030, is_ongoing="ja"
    )

    assert table.complaints() == [
        ("Zeile 6", "Die Maßnahme würde enden, bevor sie beginnt."),
        ("Zeile 9", "Bitte begründen Sie, warum es keine Beteiligung gibt."),
        ("Zeile 14", "Eine fortlaufende Maßnahme hat kein Ende."),
    ]


def test_addresses_of_two_nodes(table: Table):
    table.set("Direkt", slug="preis")
    table.set("Kitas", slug="neue-adresse")
    table.set("Plätze", slug="neue-adresse")
    table.set("Klima", slug="Große Adresse")

    assert table.complaints() == [
        ("Zelle F12", "Die Adresse darf nur a–z, 0–9 und Bindestriche enthalten."),
        ("Zelle F6", "Diese Adresse hat schon „Preis“."),
        ("Zelle F11", "Dieselbe Adresse steht schon in Zelle F10."),
    ]


def test_address_that_becomes_free_can_be_taken(table: Table):
    table.set("Direkt", slug="preis")
    table.set("Preis", slug="neuer-preis")

    assert summary(table.plan()) == {"Direkt": ["slug"], "Preis": ["slug"]}


def test_addresses_can_be_swapped(table: Table):
    table.set("Direkt", slug="preis")
    table.set("Preis", slug="direkt")

    table.take_over()

    assert dict(Node.objects.filter(title__in=["Direkt", "Preis"]).values_list("title", "slug")) == {
        "Direkt": "preis",
        "Preis": "direkt",
    }


def test_address_of_an_existing_node_is_not_emptied(table: Table):
    table.set("Direkt", slug=None)

    assert table.complaints() == [("Zeile 6", "Die Adresse darf nicht leer sein.")]


def test_sample_keeps_its_name_and_new_rows_are_none():
    plant("theme Beispiel: Wasser", **{"Beispiel: Wasser": {"is_sample": True}})
    table = Table()
    table.set("Beispiel: Wasser", title="Wasser")

    assert table.complaints() == [("Zeile 2", "Der Titel von Beispieldaten beginnt mit „Beispiel:“.")]
