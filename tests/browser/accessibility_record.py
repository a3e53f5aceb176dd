"""What axe sees in a run of all tests, line by line, for the report that `make procurement` writes.

ACCESSIBILITY_RECORD names the file; without it, as when single tests are run, nothing is recorded.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from herne_strategy.version import program_version

ROOT = Path(__file__).resolve().parents[2]
LONG = "Lange Liste: Ihre Zeilen stehen auch auf anderen Seiten, die geprüft sind."


def begin(record: Path) -> None:
    """Start a new record, in place of that of the run before."""
    record.parent.mkdir(parents=True, exist_ok=True)
    record.unlink(missing_ok=True)
    _append(
        record,
        entry="begin",
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        version=program_version(ROOT),
    )


def end(record: Path, *, passed: bool) -> None:
    """Say that the run is complete, and whether all its tests passed."""
    _append(record, entry="end", passed=passed)


def look(title: str, address: str, seen: str, result: dict[str, Any], tags: list[str]) -> None:
    """Record what axe says of a page as it now is."""
    violations = [
        {"rule": rule["id"], "impact": rule["impact"], "help": rule["help"], "places": len(rule["nodes"])}
        for rule in result["violations"]
    ]
    outcomes = ("violations", "passes", "incomplete", "inapplicable")
    rules = sorted({rule["id"] for outcome in outcomes for rule in result[outcome]})
    engine = f"{result['testEngine']['name']} {result['testEngine']['version']}"
    _record(
        entry="look",
        title=title,
        address=address,
        seen=seen,
        violations=violations,
        rules=rules,
        engine=engine,
        tags=tags,
    )


def leave_out(title: str, address: str, why: str) -> None:
    """Record that axe doesn't look at a page."""
    _record(entry="left out", title=title, address=address, why=why)


def _record(**entry: Any) -> None:
    if named := os.environ.get("ACCESSIBILITY_RECORD"):
        _append(Path(named), **entry)


def _append(record: Path, **entry: Any) -> None:
    """One write a line: two processes test at once."""
    with record.open("ab", buffering=0) as file:
        file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
