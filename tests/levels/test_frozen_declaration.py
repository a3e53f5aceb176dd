"""What a later program declares otherwise changes nothing of an edition, in whichever format it was frozen."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from printing import printout
from printing.archive.tables import tables
from printing.pdf.synopse_data import synopse_data
from printing.synopse import synopse_of
from strategy.document.document import Document
from strategy.editions import actions
from strategy.editions.edition_json import edition_json
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.tree import levels
from strategy.tree.fields import Derived, Field, Number
from strategy.tree.kinds import Kind
from tests.printing.pdf.pdf_files import data_of
from tests.printing.printed_pages import facts, get, text
from tests.printing.sample import small_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REMOVED = {"target_group", "value_name", "origin", "horizon"}
SAID: dict[str, dict[str, Any]] = {
    "theme": {"origin": {"key": "core_team", "name": "Kernteam"}},
    "operational_goal": {
        "value_name": "Bäume",
        "base_value": "1200",
        "base_year": 2024,
        "target_value": "3000.5",
        "unit": "Stück",
    },
    "measure": {
        "target_group": "Kinder",
        "funding": "Land",
        "is_ongoing": True,
        "participation": {"key": "formal", "name": "formelle Beteiligung"},
        "participation_note": "Im **Saal**.",
    },
}
PAGES = ["massnahmen/kurse/", "ziele/mehr-gaerten/", "themenfelder/klima/", "massnahmen/", "druck/"]
PAGES += ["", "sdg/", "druck/?umfang=kurz", "massnahmen/kurse/druck/", "themenfelder/klima/druck/"]


def strategy(**said: str) -> dict[str, Any]:
    """The small strategy with something to say in each kind of field; `said` of every measure otherwise."""
    data = small_strategy()
    for node in data["nodes"]:
        node["values"].update(SAID.get(node["kind"], {}), **(said if node["kind"] == "measure" else {}))
    return data


def in_format_1(data: dict[str, Any]) -> dict[str, Any]:
    """The data as an early program wrote them: values alone."""
    nodes = [{name: value for name, value in node.items() if name != "lines"} for node in data["nodes"]]
    return {"format": 1, "meta": data["meta"], "nodes": nodes}


def in_format_2(data: dict[str, Any]) -> dict[str, Any]:
    """The data with what the program of the moment declares."""
    return edition_json(data["meta"], data["nodes"])


@contextmanager
def later_program() -> Iterator[None]:
    """One that lacks fields, has others, and says all others in other words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(levels, "_levels", {level.kind: _reworded(level) for level in levels.levels()})
        for kind in Kind:
            patch.setattr(kind, "_label_", f"{kind.label} von heute")
        library.forget()
        yield
    library.forget()


def _reworded(level: levels.Level) -> levels.Level:
    fields = [_other(field) for field in level.fields if field.name not in REMOVED]
    return replace(
        level, plural=f"{level.plural} von heute", fields=(*reversed(fields), Field("title", "Neues"))
    )


def _other(field: Field) -> Field:
    changes: dict[str, Any] = {"label": f"{field.label} von heute"}
    if field.name == "funding":
        changes["name"] = "financing"
    if isinstance(field, Number):
        changes["unit"] = "Taler"
    if isinstance(field, Derived):
        changes["of"] = lambda values: ["irgendwann"]
    return replace(field, **changes)


def all_that_is_made_of(old: Edition, new: Edition) -> dict[str, Any]:
    """Every page, file and comparison of two editions, by what it is."""
    made: dict[str, Any] = {}
    for edition in (old, new):
        base, document = f"/fassungen/{edition.slug}/", library.document(edition)
        made |= {f"{base}{page}": get(f"{base}{page}") for page in PAGES}
        made |= {f"{edition}: {name}": table for name, table in tables(document).items()}
        made[f"{edition}: long PDF"] = data_of(printout.long_form(document), edition)
        made[f"{edition}: short PDF"] = data_of(printout.short_form(document), edition)
    address = f"/fassungen/{old.slug}/synopse/{new.slug}/"
    made |= {address: get(address), f"{address}druck/": get(f"{address}druck/")}
    return made | {"Synopse PDF": synopse_data(synopse_of(old, new))}


def editions(old: Any, new: Any) -> tuple[Edition, Edition]:
    """Two public editions, the second of which says of every measure that it is for others, paid by others."""
    stored = actions.store(old(strategy()), slug="alt")
    other = actions.store(new(strategy(target_group="Ältere Menschen", funding="Bund")), slug="neu")
    for each in (stored, other):
        actions.publish(each)
    return stored, other


@pytest.mark.parametrize(
    ("old", "new"),
    [(in_format_1, in_format_1), (in_format_1, in_format_2), (in_format_2, in_format_2)],
    ids=["1-1", "1-2", "2-2"],
)
def test_nothing_of_a_frozen_edition_changes(old: Any, new: Any):
    both = editions(old, new)
    before = all_that_is_made_of(*both)

    with later_program():
        after = all_that_is_made_of(*both)

    assert [name for name in before if before[name] != after[name]] == []
    assert "von heute" not in json.dumps(before, default=str)


def test_program_of_the_test_does_declare_otherwise():
    """The same texts frozen by it do read otherwise: the test above could fail."""
    with later_program():
        editions(in_format_2, in_format_2)
        page = text(get("/fassungen/neu/massnahmen/kurse/"))

        assert "Für wen" not in page
        assert "Maßnahme von heute" in page
        assert "Einmalige Kosten von heute" in page
        assert "irgendwann" in page


@pytest.mark.parametrize("frozen", [in_format_1, in_format_2])
def test_page_says_what_was_frozen(frozen: Any):
    actions.publish(actions.store(frozen(strategy()), slug="alt"))

    with later_program():
        said = facts(get("/fassungen/alt/druck/"), "Kurse")

    assert said["Für wen"] == "Kinder"
    assert said["Finanzierung"] == "Land"
    assert said["Einmalige Kosten"] == "12.000 €"
    assert said["Zur Beteiligung"] == "Im Saal ."


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ({"start_year": 2027, "is_ongoing": True}, {"period": ["seit 2027, fortlaufend"]}),
        ({"is_ongoing": True}, {"period": ["fortlaufend"]}),
        ({"start_year": 2024, "end_year": 2024}, {"period": ["2024"]}),
        ({"start_year": 2024, "end_year": 2026}, {"period": ["2024 bis 2026"]}),
        ({"end_year": 2026}, {"period": ["bis 2026"]}),
        ({}, {}),
    ],
)
def test_format_1_says_periods_as_it_did(values: dict[str, Any], lines: dict[str, list[str]]):
    said = _measure_of_format_1(values)

    assert {name: said[name] for name in said if name == "period"} == lines


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"base_value": "0", "target_value": "3000", "unit": "Bäume"}, ["von 0 Bäume auf 3.000 Bäume"]),
        ({"base_value": "1234.5", "base_year": 2020, "target_value": "6"}, ["von 1.234,5 (2020) auf 6"]),
        ({"target_value": "-6.25", "unit": "%"}, ["-6,25 %"]),
        ({"base_value": "7", "base_year": 2020}, ["7 (2020)"]),
        ({"unit": "Bäume"}, []),
    ],
)
def test_format_1_says_targets_as_it_did(values: dict[str, Any], line: list[str]):
    assert _entry_of_format_1("operational_goal", values).said("target") == line


def _measure_of_format_1(values: dict[str, Any]) -> dict[str, list[str]]:
    return dict(_entry_of_format_1("measure", values).content.lines)


def _entry_of_format_1(kind: str, values: dict[str, Any]) -> Any:
    data = small_strategy()
    nodes = [{**each, "values": values} for each in data["nodes"] if each["kind"] == kind][:1]
    alone = {**data, "nodes": [{**each, "parent": None} for each in nodes]}
    return Document.from_data(in_format_1(alone)).roots[0]
