"""Whatever the strategy says: a downloaded table changes nothing, and a changed one changes just that."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from editing.tables.export import export
from editing.tables.plan import plan_of
from editing.tables.reading import read_sheet
from strategy.editions import working_tree
from strategy.tree.kinds import Kind, kinds_below
from strategy.tree.levels import level_of
from strategy.tree.models import Node
from strategy.tree.subtrees import Subtree
from tests.editing.tables.table_files import Table, summary
from tests.factories import DepartmentFactory, DistrictFactory, SDGFactory

pytestmark = pytest.mark.django_db
PIECES = [
    *(
        "=1+1",
        "+",
        "-5",
        "@",
        "'",
        '"',
        ";",
        ",",
        "\n",
        " ",
        "\u00a0",
        "Straße",
        "Öko",
        "wörtlich",
        "→",
        "2030",
    ),
    *(
        "1,5",
        "1.5",
        "_x0041_",
        "x005F_",
        "_x000D_",
        "[title]",
        "ja",
        "<b>&amp;",
        "|",
        "#N/A",
        "neu-1",
        "…",
        "%",
    ),
]
randoms = st.builds(Random, st.integers(0, 10**9))
# A smaller seed is no simpler tree: a failing one is not shrunk.
quick = settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def line(rng: Random) -> str:
    return "".join(rng.choices(PIECES, k=rng.randint(0, 4))).replace("\n", "").strip()


def title(rng: Random) -> str:
    return f"{line(rng)} Titel"


def text(rng: Random) -> str:
    return "=Ä" * 9_990 if rng.random() < 0.02 else "".join(rng.choices(PIECES, k=rng.randint(0, 6)))


@contextmanager
def forgotten() -> Iterator[None]:
    """What is written here is gone afterwards: each example starts with an empty tree."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fields(kind: str, rng: Random) -> dict[str, Any]:
    """Values of the fields that a level has beside the common ones."""
    year, number = rng.choice([None, 2030, 2100]), rng.choice([None, 0, 12_500, 10**17 + 1])
    decimal = rng.choice([None, Decimal("-0.5"), Decimal("1234.5"), Decimal("123456789012.3456")])
    listed = "\n".join(line(rng) for _n in range(rng.randint(0, 3)))
    return {
        Kind.THEME: {"icon": rng.choice(["", "leaf"]), "origin": rng.choice(["", "core_team"])},
        Kind.STRATEGIC_GOAL: {
            "horizon": year,
            "assignment_confirmed": rng.random() < 0.5,
            "assignment_note": text(rng),
        },
        Kind.OPERATIONAL_GOAL: {
            "due_year": year,
            "base_value": decimal,
            "target_value": decimal,
            "unit": line(rng)[:40],
            "dns_references": listed,
            "sdg_targets": rng.choice(["", "4.7", "4.7\n11.3"]),
        },
        Kind.MEASURE: {
            "start_year": year,
            "is_ongoing": rng.random() < 0.5,
            "partners": listed,
            "participation": rng.choice(["", "formal"]),
            "participation_note": text(rng),
            "cost_once": number,
            "target_group": line(rng),
        },
    }.get(Kind(kind), {})


def subtree(kind: str, rng: Random) -> Subtree:
    common = {"title": title(rng), "text": text(rng), "easy_text": text(rng)}
    below = sorted(kinds_below(kind), key=[Kind.MEASURE, Kind.OPERATIONAL_GOAL, *Kind].index)
    most = 1 if kind == Kind.THEME else 2
    children = [subtree(each, rng) for each in below for _n in range(rng.randint(0, most))]
    return Subtree(level_of(kind).model(**common, **fields(kind, rng)), children)


def plant(rng: Random) -> None:
    """A random tree, with references to rows of other tables."""
    kinds = [Kind.CHAPTER] * rng.randint(0, 2) + [Kind.THEME] * rng.randint(1, 2)
    Node.objects.add_subtrees(None, [subtree(kind, rng) for kind in kinds])
    sdgs = [SDGFactory(number=number) for number in (4, 11, 17)]
    places = [DistrictFactory(), DistrictFactory()]
    leads = [None, DepartmentFactory()]
    for measure in level_of(Kind.MEASURE).model.objects.all():
        measure.sdgs.set(rng.sample(sdgs, rng.randint(0, 3)))
        measure.districts.set(rng.sample(places, rng.randint(0, 2)))
        measure.lead = rng.choice(leads)
        measure.save()
    for goal in level_of(Kind.STRATEGIC_GOAL).model.objects.all():
        goal.also_serves.set(level_of(Kind.THEME).model.objects.all()[:1])


@quick
@given(randoms)
def test_downloaded_table_changes_nothing(rng: Random):
    with forgotten():
        plant(rng)
        plans = [plan_of(read_sheet(export(kind))) for kind in ("xlsx", "csv")]

        count = Node.objects.count()

    found = [(plan.findings, plan.changes, plan.orders, plan.unchanged, plan.absent) for plan in plans]
    assert found == [([], [], {}, count, 0)] * 2


def shuffled(rows: list[list[Any]], rng: Random) -> list[list[Any]]:
    """The rows of measures in a random order, then all others in theirs: the order counts among siblings alone."""
    measures = [row for row in rows if row[1] == "Maßnahme"]
    rng.shuffle(measures)
    return [*measures, *(row for row in rows if row[1] != "Maßnahme")]


def edit(table: Table, rng: Random) -> None:
    """Change texts, numbers and places at random."""
    goals = [row for row in table.grid[1:] if row[1] in ("strategisches Ziel", "operatives Ziel")]
    for row in table.grid[1:]:
        if row[1] != "Themenfeld" and rng.random() < 0.3:  # goals that also serve a theme repeat its title
            row[table.keys.index("title")] = title(rng)
            row[table.keys.index("text")] = text(rng)
        if row[1] == "Maßnahme" and rng.random() < 0.3:
            row[table.keys.index("cost_once")] = rng.choice([None, 7, "12.500"])
            row[2] = rng.choice(goals)[0]
    table.grid[1:] = shuffled(table.grid[1:], rng)


def said() -> dict[str, Any]:
    """What the working tree says, by uid, and the order of the children below each parent."""
    rows = list(working_tree.rows())
    order: dict[Any, list[str]] = {}
    for row in rows:
        order.setdefault(row["parent"], []).append(row["uid"])
    return {"order": order, **{row["uid"]: row for row in rows}}


def asked(table: Table, parent: str) -> list[str]:
    return [row[0] for row in table.grid[1:] if (row[2] or None) == parent]


@quick
@given(randoms, st.sampled_from(["xlsx", "csv"]))
def test_edited_table_changes_just_that(rng: Random, kind: str):
    with forgotten():
        plant(rng)
        table = Table(kind)
        before = said()
        edit(table, rng)
        wanted = {row[0]: row for row in table.grid[1:]}

        plan = table.take_over()

        after = said()
        again = table.plan()
        problems = working_tree.problems()
    assert problems == []
    assert (again.findings, again.changes) == ([], [])
    assert {uid: row["title"] for uid, row in after.items() if uid != "order"} == {
        uid: str(row[table.keys.index("title")]).strip() for uid, row in wanted.items()
    }
    assert after["order"] == {parent: asked(table, parent) for parent in after["order"]}
    untouched = before.keys() - {change.key for change in plan.changes} - {"order"}
    assert {uid: before[uid] for uid in untouched} == {uid: after[uid] for uid in untouched}
    assert "new" not in summary(plan).values()
