"""What axe found on the pages in the last run of all tests."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from procurement.release import BERLIN, ROOT

RECORD = ROOT / "var" / "accessibility.jsonl"  # written by `make test`: tests/browser/accessibility_record.py


@dataclass
class Page:
    """A page by title and address, and every look that axe took at it: on a desk, on a phone, with all that folds
    unfolded."""

    title: str
    address: str
    looks: int = 0
    violations: list[dict[str, Any]] = field(default_factory=list)
    left_out: str = ""


@dataclass
class Run:
    """The last run of all tests in the browser. Without one there is no date."""

    started: datetime | None = None
    version: str = ""
    has_passed: bool | None = None
    engine: str = ""
    tags: tuple[str, ...] = ()
    rules: set[str] = field(default_factory=set)
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    @property
    def on(self) -> date | None:
        """The day in Herne."""
        return self.started.astimezone(BERLIN).date() if self.started else None

    @property
    def looks(self) -> int:
        """How often axe looked, at all pages together."""
        return sum(page.looks for page in self.pages.values())

    @property
    def violations(self) -> list[dict[str, Any]]:
        """Every rule that is broken, with the page and the look at it."""
        return [each for page in self.pages.values() for each in page.violations]

    @property
    def checked(self) -> list[Page]:
        """The pages that axe looked at."""
        return [page for page in self.pages.values() if page.looks]

    @property
    def left_out(self) -> list[Page]:
        """The pages that the tests leave to others, each with its reason."""
        return [page for page in self.pages.values() if not page.looks]


def last_run(record: Path = RECORD) -> Run:
    """What the record holds; a run without a day where there is none."""
    run = Run()
    for line in record.read_text().splitlines() if record.exists() else []:
        _READERS[(entry := json.loads(line))["entry"]](run, entry)
    return run


def _page(run: Run, entry: dict[str, Any]) -> Page:
    title, address = entry["title"], entry["address"]
    return run.pages.setdefault((title, address), Page(title, address))


def _begin(run: Run, entry: dict[str, Any]) -> None:
    run.started, run.version = datetime.fromisoformat(entry["started"]), entry["version"]


def _look(run: Run, entry: dict[str, Any]) -> None:
    page = _page(run, entry)
    page.looks += 1
    page.violations += [
        {**each, "page": page.title, "address": page.address, "seen": entry["seen"]}
        for each in entry["violations"]
    ]
    run.engine, run.tags = entry["engine"], tuple(entry["tags"])
    run.rules.update(entry["rules"])


def _left_out(run: Run, entry: dict[str, Any]) -> None:
    page = _page(run, entry)
    page.left_out = entry["why"]


def _end(run: Run, entry: dict[str, Any]) -> None:
    run.has_passed = entry["passed"]


_READERS = {"begin": _begin, "look": _look, "left out": _left_out, "end": _end}
