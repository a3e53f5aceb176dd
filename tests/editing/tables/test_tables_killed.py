"""A process that is killed while it imports leaves everything as it was, or has done all of it."""

from typing import Any

import pytest

from tests.editing.tables.import_killings import ROUNDS
from tests.strategy.own_database import own_database, report_of

pytestmark = pytest.mark.stress


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    with own_database(tmp_path_factory.mktemp("imports")) as url:
        return report_of("tests.editing.tables.import_killings", url)


def test_killed_import_leaves_nothing_half_done(rounds: list[dict[str, Any]]):
    assert len(rounds) == ROUNDS
    assert [each["found"]["problems"] for each in rounds if each["found"]["problems"]] == []
    assert [each["found"] for each in rounds if each["found"] not in (each["before"], each["after"])] == []
    assert [each for each in rounds if not each["killed"] and each["found"] != each["after"]] == []
    assert {each["found"] == each["after"] for each in rounds} == {True, False}


def test_before_and_after_differ_in_all_that_an_import_writes(rounds: list[dict[str, Any]]):
    before, after = rounds[0]["before"], rounds[0]["after"]

    assert {name for name in before if before[name] != after[name]} == {"tree", "history", "files"}
    assert (len(before["history"]), len(after["history"])) == (0, 25)
    assert (before["files"], after["files"], after["proposals"]) == (1, 0, [["Vorschlag", "open"]])
