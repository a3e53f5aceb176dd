"""On a server, where nothing is one transaction of a test's: the very bytes are gone from the database's files."""

from pathlib import Path

import pytest

from tests.herne_strategy.redaction.ordering import NAME
from tests.strategy.own_database import own_database, report_of

pytestmark = pytest.mark.slow


def test_no_byte_of_the_words_is_left_in_the_files_of_the_database(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with own_database(tmp_path) as url:
        report = report_of("tests.herne_strategy.redaction.whole_run", url)

    assert report == {
        "before": ["strategy.EditionContent", "strategy.HistoryRecord"],
        "after": [],
        "missing": [],
    }
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
