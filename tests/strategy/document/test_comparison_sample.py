"""Every kind of change on the sample strategy: made alone in a copy of its first edition, found alone."""

import json
from collections.abc import Callable
from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from strategy.document.comparison import Comparison
from strategy.document.pairing import SiblingPlace
from strategy.editions.models import EditionContent
from tests.strategy.editions.frozen_copy import Copy, Data, Row

DIG = "7ba575a6-f492-4564-b2e0-1eaea76514e1"  # Baumgruben, a measure with every field
WATER = "785a77c7-481f-4c9c-a117-d3af50e081bc"  # Gießpatenschaften, straight behind it
WALD = "a868cf6c-396b-4974-a98d-7f6413ddbc8a"  # Miniaturwälder, the last below the same goal
STREET = "46592429-3198-4ea9-8f44-ba1e8c965674"  # Wohnfläche besser nutzen, an operational goal
MEADOW = (
    "57c33786-6865-4133-b185-9e447a8c73d0"  # Rasen zu Wiesen, an operational goal in another strategic goal
)
TREES = "c2a2f313-2d02-4b97-8275-1521e91e393d"  # Stadtbäume erhalten, a strategic goal
NEW = "11111111-1111-4111-8111-111111111111"


@pytest.fixture(scope="module")
def frozen(django_db_setup: None, django_db_blocker: Any) -> Data:
    """The first sample edition as data. Loaded once; nothing of it is left in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_strategy", "fixtures/herne.yaml", stdout=StringIO())
        call_command("load_sample", stdout=StringIO())
        content = EditionContent.objects.get(edition__slug="beispiel-1").data
        transaction.set_rollback(True)
    data: Data = json.loads(content)
    return data


@pytest.fixture
def copy(frozen: Data) -> Copy:
    return Copy(frozen)


def found(comparison: Comparison) -> list[tuple[str | None, tuple[str, ...], list[str]]]:
    """Every Change with its kinds and the names of its fields."""
    return [(each.uid, each.kinds, [field.name for field in each.fields]) for each in comparison.changes]


def renumbered(comparison: Comparison) -> set[str]:
    """What is said to be only renumbered."""
    return {change.uid or "" for change in comparison.renumbered}


def with_another_code(copy: Copy, *, but: set[str]) -> set[str]:
    """What is in both under another code."""
    codes = {row["uid"]: row["code"] for row in copy.rows}
    both = codes.keys() & copy.old.by_uid.keys()
    return {uid for uid in both if codes[uid] != copy.old.by_uid[uid].code} - but


def measure(uid: str, like: Row, **changes: Any) -> Row:
    """Another measure beside one."""
    return {**deepcopy(like), "uid": uid, "title": "Beispiel: Neu", "slug": "beispiel-neu", **changes}


def test_copy_that_nobody_edits_has_no_differences(copy: Copy) -> None:
    assert copy.compare().is_empty


@pytest.mark.parametrize("name", ["title", "text", "easy_text", "slug"])
@pytest.mark.parametrize("uid", [DIG, STREET, TREES])
def test_text(copy: Copy, name: str, uid: str) -> None:
    copy.row(uid)[name] += "-x"

    comparison = copy.compare()

    (change,) = comparison.changes
    assert found(comparison) == [(uid, ("changed",), [name])]
    assert change.fields[0].new == f"{change.fields[0].old}-x"
    assert comparison.renumbered == ()


def _lead(values: Data) -> None:
    values["lead"] = {"key": "beispiel-gruen", "name": "Beispiel: Fachbereich Stadtgrün"}


def _ongoing(values: Data) -> None:
    values["end_year"], values["is_ongoing"] = None, True


@pytest.mark.parametrize(
    ("uid", "edit", "names"),
    [
        pytest.param(DIG, _lead, ["lead"], id="lead"),
        pytest.param(
            DIG, lambda v: v.update(start_year=2026, end_year=2033), ["start_year", "end_year"], id="period"
        ),
        pytest.param(DIG, _ongoing, ["end_year", "is_ongoing"], id="from a period to ongoing"),
        pytest.param(DIG, lambda v: v.update(cost_once=1), ["cost_once"], id="cost once"),
        pytest.param(DIG, lambda v: v.update(cost_yearly=0), ["cost_yearly"], id="cost per year"),
        pytest.param(
            DIG, lambda v: v.update(cost_note="Preisstand 2027"), ["cost_note"], id="note on the cost"
        ),
        pytest.param(
            DIG,
            lambda v: v.update(decision={"key": "decided", "name": "eigener Beschluss"}),
            ["decision"],
            id="decision status",
        ),
        pytest.param(DIG, lambda v: v["sdgs"].pop(), ["sdgs"], id="SDG less"),
        pytest.param(
            TREES, lambda v: v["sdgs"].append({"key": 17, "name": "Partnerschaften"}), ["sdgs"], id="SDG more"
        ),
        pytest.param(
            TREES,
            lambda v: v.update(also_serves=[{"key": "x", "name": "Mobilität"}]),
            ["also_serves"],
            id="related theme",
        ),
        pytest.param(
            TREES,
            lambda v: v.update(assignment_confirmed=not v["assignment_confirmed"]),
            ["assignment_confirmed"],
            id="assignment",
        ),
        pytest.param(MEADOW, lambda v: v.update(base_value="12"), ["base_value"], id="base value"),
        pytest.param(
            MEADOW,
            lambda v: v.update(target_value="55", due_year=2031),
            ["due_year", "target_value"],
            id="target",
        ),
    ],
)
def test_value(copy: Copy, uid: str, edit: Callable[[Data], Any], names: list[str]) -> None:
    before = deepcopy(copy.row(uid)["values"])
    edit(copy.row(uid)["values"])

    comparison = copy.compare()

    (change,) = comparison.changes
    assert (change.uid, change.kinds) == (uid, ("changed",))
    assert {field.name for field in change.fields} == set(names)
    assert {field.name: (field.old, field.new) for field in change.fields} == {
        name: (before[name], copy.row(uid)["values"][name]) for name in names
    }
    assert comparison.renumbered == ()


def test_added(copy: Copy) -> None:
    copy.put_behind(DIG, [measure(NEW, copy.row(DIG))])

    comparison = copy.compare()

    (change,) = comparison.changes
    assert found(comparison) == [(NEW, ("added",), [])]
    assert change.place == SiblingPlace(copy.row(DIG)["parent"], DIG)
    assert (change.old_code, change.new_code) == ("", "7.1.1.2")
    assert renumbered(comparison) == with_another_code(copy, but={NEW}) >= {WATER, WALD}


def test_removed_with_all_below_it(copy: Copy) -> None:
    gone = [row["uid"] for row in copy.take(STREET)]

    comparison = copy.compare()

    assert len(gone) > 1
    assert found(comparison) == [(uid, ("removed",), []) for uid in gone]
    assert {change.new_code for change in comparison.changes} == {""}
    assert renumbered(comparison) == with_another_code(copy, but=set())


def test_moved_to_another_parent_takes_along_what_stands_below(copy: Copy) -> None:
    branch = copy.take(STREET)
    branch[0]["parent"] = copy.row(MEADOW)["parent"]
    copy.put_behind(MEADOW, branch)

    comparison = copy.compare()

    (change,) = comparison.changes
    assert found(comparison) == [(STREET, ("moved",), [])]
    assert change.place == SiblingPlace(copy.row(MEADOW)["parent"], MEADOW)
    assert change.is_renumbered
    assert renumbered(comparison) == with_another_code(copy, but={STREET})
    assert renumbered(comparison) >= {row["uid"] for row in branch[1:]}


def test_reordered_among_its_siblings(copy: Copy) -> None:
    (row,) = copy.take(DIG)
    copy.put_behind(WALD, [row])

    comparison = copy.compare()

    (change,) = comparison.changes
    assert found(comparison) == [(DIG, ("reordered",), [])]
    assert [each.uid if each else None for each in change.behind or ()] == [None, WALD]
    assert change.place == SiblingPlace(row["parent"], WALD)
    assert renumbered(comparison) == with_another_code(copy, but={DIG}) >= {WATER, WALD}


def test_renumbered_alone_are_those_behind_what_was_removed(copy: Copy) -> None:
    copy.take(DIG)

    comparison = copy.compare()

    assert found(comparison) == [(DIG, ("removed",), [])]
    assert renumbered(comparison) == with_another_code(copy, but=set())
    codes = {change.uid: (change.old_code, change.new_code) for change in comparison.renumbered}
    assert codes[WATER] == ("7.1.1.2", "7.1.1.1")


def test_merged_where_editors_say_so(copy: Copy) -> None:
    copy.take(WALD)

    comparison = copy.compare(origins={WATER: {WALD}})

    (change,) = comparison.changes
    assert found(comparison) == [(WALD, ("removed", "merged_into"), [])]
    assert [each.uid for each in change.successors] == [WATER]
    assert renumbered(comparison) == with_another_code(copy, but=set())


def test_split_where_editors_say_so(copy: Copy) -> None:
    copy.put_behind(WALD, [measure(NEW, copy.row(WALD))])

    comparison = copy.compare(origins={NEW: {DIG}})

    (change,) = comparison.changes
    assert found(comparison) == [(NEW, ("added", "split_from"), [])]
    assert [each.uid for each in change.origins] == [DIG]
    assert comparison.renumbered == ()


@pytest.mark.parametrize("name", ["city", "title", "subtitle"])
def test_title_page(copy: Copy, name: str) -> None:
    copy.data["meta"][name] = "Anders"

    assert found(copy.compare()) == [(None, ("changed",), [name])]


def test_what_an_edition_says_about_itself_is_no_change(copy: Copy) -> None:
    copy.data["meta"]["edition"] = {"title": "Anders", "remark": "Anders"}
    copy.data["meta"]["basis"] = {"reference": "2026/0001"}

    assert found(copy.compare()) == []


def test_all_at_once_are_told_apart(copy: Copy) -> None:
    copy.row(WATER)["values"]["cost_yearly"] = 9000
    (row,) = copy.take(WALD)
    row["parent"] = MEADOW
    last = [each for each in copy.rows if each["parent"] == MEADOW][-1]
    copy.put_behind(last["uid"], [row])
    gone = copy.take(DIG)

    comparison = copy.compare()

    assert len(gone) == 1
    assert found(comparison) == [
        (DIG, ("removed",), []),
        (WATER, ("changed",), ["cost_yearly"]),
        (WALD, ("moved",), []),
    ]
    assert [change.number for change in comparison.changes] == [1, 2, 3]
