"""A process that is killed while it loads, freezes or edits leaves everything as it was, or has done all of it."""

from typing import Any

import pytest

from tests.strategy.editions.killings import EDITS, FREEZES, LOADS
from tests.strategy.own_database import own_database, report_of

pytestmark = pytest.mark.stress


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("killings")
    with own_database(folder) as url:
        return report_of("tests.strategy.editions.killings", url, folder)


def test_killed_process_leaves_nothing_half_done(rounds: list[dict[str, Any]]):
    assert len(rounds) == LOADS + FREEZES + EDITS == 70
    assert [each["found"]["problems"] for each in rounds if each["found"]["problems"]] == []
    assert [each["found"] for each in rounds if each["found"] not in (each["before"], each["after"])] == []
    assert [each for each in rounds if not each["killed"] and each["found"] != each["after"]] == []
    assert {(each["action"], each["found"] == each["after"]) for each in rounds} == {
        ("load", False),
        ("load", True),
        ("freeze", False),
        ("freeze", True),
        ("accept", False),
        ("accept", True),
    }


def test_before_and_after_differ_in_all_that_is_compared(rounds: list[dict[str, Any]]):
    load, freeze, accept = rounds[0], rounds[LOADS], rounds[-1]
    differing = [
        {name for name in each["before"] if each["before"][name] != each["after"][name]}
        for each in (load, freeze, accept)
    ]
    assert differing == [
        {"tree", "nodes", "title", "departments", "history"},
        {"editions"},
        {"tree", "nodes", "history", "proposals"},
    ]
    assert (load["before"]["nodes"], load["after"]["nodes"]) == (23, 59)
    assert load["after"]["progress"] == [["running", "Es geht voran."]]
