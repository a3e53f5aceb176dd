"""What a table would do: every change, with the fewest moves."""

import pytest

from editing.tables import plan as plans
from measures.models import Measure
from strategy.tree.models import Node
from tests.editing.tables.table_files import Table, summary
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


def test_rows_stand_in_the_order_of_the_tree(table: Table):
    assert [(row[1], row[3], row[4]) for row in table.grid[1:]] == [
        ("Kapitel", None, "Vorwort"),
        ("Themenfeld", "1", "Bildung"),
        ("Leitlinie", None, "Lernen"),
        ("strategisches Ziel", "1.1", "Schulen"),
        ("Maßnahme", "1.1.0.1", "Direkt"),
        ("operatives Ziel", "1.1.1", "Siegel"),
        ("Maßnahme", "1.1.1.1", "Beratung"),
        ("Maßnahme", "1.1.1.2", "Preis"),
        ("strategisches Ziel", "1.2", "Kitas"),
        ("operatives Ziel", "1.2.1", "Plätze"),
        ("Themenfeld", "2", "Klima"),
        ("Leitlinie", None, "Schützen"),
    ]


def test_changed_cells_are_changes_field_by_field(table: Table):
    table.set("Beratung", title="Beratung für alle", cost_once=500, is_ongoing="ja")
    table.set("Preis", code="9.9.9", is_sample="ja")

    plan = table.plan()

    assert (plan.findings, summary(plan)) == (
        [],
        {"Beratung für alle": ["cost_once", "is_ongoing", "title"]},
    )
    assert (len(plan.new), len(plan.changed), len(plan.moved), plan.unchanged, plan.absent) == (
        0,
        1,
        0,
        11,
        0,
    )
    change = plan.changes[0]
    assert (change.row, change.level, change.old["title"], change.new) == (
        8,
        "Maßnahme",
        "Beratung",
        {"title": "Beratung für alle", "cost_once": 500, "is_ongoing": True},
    )


def test_rows_that_are_missing_stay(table: Table):
    table.drop("Beratung", "Direkt")

    plan = table.plan()

    assert (plan.changes, plan.unchanged, plan.absent) == ([], 10, 2)


def test_table_of_a_theme_says_nothing_of_the_others(nodes: dict[str, Node]):
    table = Table(root=str(nodes["Klima"].uid))

    assert [row[4] for row in table.grid[1:]] == ["Klima", "Schützen"]
    assert (table.plan().unchanged, table.plan().absent) == (2, 0)


def test_order_of_rows_is_the_order_of_siblings(table: Table):
    table.put("Kitas", before="Schulen")
    table.put("Preis", before="Beratung")

    plan = table.plan()

    assert [(each.title, each.before.number, each.after.number) for each in plan.changes] == [
        ("Schulen", 1, 2),
        ("Beratung", 1, 2),
    ]


def test_another_parent_is_a_move(table: Table, nodes: dict[str, Node]):
    table.set("Beratung", parent=str(nodes["Plätze"].uid))

    plan = table.plan()

    assert summary(plan) == {"Beratung": ["moved"]}
    change = plan.changes[0]
    assert (change.before.above, change.before.number) == ("Siegel", 1)
    assert (change.after.above, change.after.number, change.has_new_parent) == ("Plätze", 1, True)


def test_new_rows_below_new_rows(table: Table, nodes: dict[str, Node]):
    table.add(uid="neu-2", level="Maßnahme", parent="neu-1", title="Neue Maßnahme", cost_once="1.000")
    table.add(
        after="Plätze",
        uid="neu-1",
        level="operatives Ziel",
        parent=str(nodes["Kitas"].uid),
        title="Neues Ziel",
    )
    table.add(level="measure", parent=str(nodes["Siegel"].uid), title="Neues Ziel")

    plan = table.plan()

    assert summary(plan) == {"Neues Ziel": ["new"], "Neue Maßnahme": ["new"]}
    assert [(change.after.above, change.after.number, change.new) for change in plan.new] == [
        ("Kitas", 2, {"title": "Neues Ziel", "slug": "neues-ziel"}),
        ("Neues Ziel", 1, {"title": "Neue Maßnahme", "slug": "neue-massnahme", "cost_once": 1000}),
        ("Siegel", 3, {"title": "Neues Ziel", "slug": "neues-ziel-2"}),
    ]


def test_more_changes_than_a_request_can_write(table: Table, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plans, "MAX_CHANGES", 1)
    table.set("Direkt", cost_once=1)
    assert table.complaints() == []

    table.set("Preis", cost_once=1)

    assert table.complaints() == [
        (
            "Ganze Tabelle",
            "Die Datei ändert 2 Knoten; auf einmal gehen höchstens 500. Bitte teilen Sie die Tabelle, "
            "etwa nach Themenfeldern.",
        )
    ]


def test_digest_is_that_of_the_changes(table: Table):
    digests = [table.plan().digest, table.plan().digest]
    table.set("Direkt", cost_once=1)
    digests.append(table.plan().digest)
    Measure.objects.filter(title="Direkt").update(cost_once=5)
    digests.append(table.plan().digest)
    Measure.objects.filter(title="Preis").update(easy_text="anders")
    digests.append(table.plan().digest)

    assert [digests.index(digest) for digest in digests] == [0, 0, 2, 3, 4]


def test_queries_do_not_grow_with_the_tree(django_assert_num_queries, nodes: dict[str, Node]):
    few = Table(root=str(nodes["Klima"].uid))
    many = Table()
    few.plan()

    with django_assert_num_queries(10):
        few.plan()
    with django_assert_num_queries(10):
        many.plan()
