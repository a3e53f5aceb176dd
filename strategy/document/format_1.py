"""How editions of format 1 are read: what they lack, from a table that never changes. Plain Python, no Django.

Format 1 held values alone. Their labels and words are those that its program showed (October and November 2026), so
that such an edition reads as it always did, whatever the levels declare today.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Values = Mapping[str, Any]
Field = dict[str, Any]
_GERMAN = str.maketrans(".,", ",.")


def upgrade(data: dict[str, Any]) -> dict[str, Any]:
    """The data in format 2: with the table's levels, and with each node's values in words."""
    return {**data, "levels": LEVELS, "nodes": [{**node, "lines": _lines(node)} for node in data["nodes"]]}


def _lines(node: Values) -> dict[str, list[str]]:
    values: Values = node["values"]
    said = {
        field["name"]: _DERIVED[field["name"]](values)
        if field["kind"] == "derived"
        else _WORDS[field["kind"]](values.get(field["name"]), field.get("unit", ""))
        for field in _WORDED[node["kind"]]
    }
    return {name: lines for name, lines in said.items() if lines}


def _number(value: int | None, unit: str) -> list[str]:
    """A year, or an amount in euros, the only unit that there was."""
    if value is None:
        return []
    return [f"{value:,}".translate(_GERMAN) + f"\u00a0{unit}" if unit else str(value)]


def _decimal(value: str | None, _unit: str = "") -> list[str]:
    return [f"{Decimal(value):,f}".translate(_GERMAN)] if value else []


def _yes_no(value: bool | None, _unit: str) -> list[str]:
    return [] if value is None else ["ja" if value else "nein"]


def _name(value: Values | None, _unit: str) -> list[str]:
    return [value["name"]] if value else []


def _names(value: list[Values] | None, _unit: str) -> list[str]:
    return [each["name"] for each in value or []]


def _period(values: Values) -> list[str]:
    start, end = values.get("start_year"), values.get("end_year")
    if values.get("is_ongoing"):
        return [f"seit {start}, fortlaufend" if start else "fortlaufend"]
    if start and end:
        return [str(start) if start == end else f"{start} bis {end}"]
    if start:
        return [f"ab {start}"]
    return [f"bis {end}"] if end else []


def _target(values: Values) -> list[str]:
    base, aim = (
        f"{line} {values.get('unit') or ''}".strip()
        for line in ("".join(_decimal(values.get(name))) for name in ("base_value", "target_value"))
    )
    base, aim = base if values.get("base_value") else "", aim if values.get("target_value") else ""
    if base and (year := values.get("base_year")):
        base = f"{base} ({year})"
    if base and aim:
        return [f"von {base} auf {aim}"]
    return [each for each in (aim, base) if each]


_WORDS: dict[str, Callable[[Any, str], list[str]]] = {
    "number": _number,
    "decimal": _decimal,
    "yes_no": _yes_no,
    "choice": _name,
    "reference": _name,
    "references": _names,
}
_DERIVED: dict[str, Callable[[Values], list[str]]] = {"period": _period, "target": _target}


def _field(name: str, label: str, kind: str = "line", shown: str = "", **more: Any) -> Field:
    return {"name": name, "label": label, "kind": kind, "shown": shown, **more}


_COMMON = [
    _field("title", "Titel"),
    _field("text", "Text", "markdown"),
    _field("easy_text", "Text in Leichter Sprache", "markdown"),
    _field("slug", "Adresse"),
]
_SDGS = _field("sdgs", "trägt bei zu", "references", "sdgs")


def _level(kind: str, name: str, plural: str, *fields: Field) -> dict[str, Any]:
    return {"kind": kind, "name": name, "plural": plural, "fields": [*_COMMON, *fields]}


LEVELS = [
    _level("chapter", "Kapitel", "Kapitel"),
    _level(
        "theme",
        "Themenfeld",
        "Themenfelder",
        _field("colour", "Farbe"),
        _field("icon", "Zeichen", "choice"),
        _field("origin", "ausgewählt von", "choice", "text"),
    ),
    _level("guideline", "Leitlinie", "Leitlinien"),
    _level(
        "strategic_goal",
        "strategisches Ziel",
        "strategische Ziele",
        _field("horizon", "Zeithorizont", "number", "text"),
        _SDGS,
        _field("also_serves", "dient auch", "references", "nodes"),
        _field("assignment_confirmed", "Zuordnung zum Themenfeld bestätigt", "yes_no"),
        _field("assignment_note", "Hinweis zur Zuordnung", "markdown"),
    ),
    _level(
        "operational_goal",
        "operatives Ziel",
        "operative Ziele",
        _field("due_year", "zu erreichen bis", "number", "text"),
        _field("value_name", "was gemessen wird", "line", "text"),
        _field(
            "target",
            "Zielwert",
            "derived",
            "text",
            combines=("base_value", "base_year", "target_value", "unit"),
        ),
        _field("base_value", "Basiswert", "decimal"),
        _field("base_year", "Basiswert aus dem Jahr", "number"),
        _field("target_value", "Zielwert", "decimal"),
        _field("unit", "Einheit"),
        _field("sdg_targets", "Unterziele der SDGs", "list", "sdg_targets"),
        _field("dns_references", "Deutsche Nachhaltigkeitsstrategie (DNS)", "list", "list"),
        _field("nhs_nrw_references", "Nachhaltigkeitsstrategie NRW (NHS NRW)", "list", "list"),
    ),
    _level(
        "measure",
        "Maßnahme",
        "Maßnahmen",
        _field("decision", "Beschlussstand", "choice"),
        _field("start_year", "ab", "number"),
        _field("end_year", "bis", "number"),
        _field("is_ongoing", "fortlaufend", "yes_no"),
        _field(
            "period",
            "geplanter Zeitraum",
            "derived",
            "text",
            combines=("start_year", "end_year", "is_ongoing"),
        ),
        _field("districts", "wo", "references", "list"),
        _field("target_group", "für wen", "line", "text"),
        _field("lead", "Federführung", "reference", "text"),
        _field("partners", "Beteiligte", "list", "list"),
        _field("committees", "beteiligte Gremien", "list", "list"),
        _field("participation", "Beteiligung", "choice", "text"),
        _field("participation_note", "zur Beteiligung", "markdown", "markdown"),
        _field("novelty", "bestehend oder neu", "choice", "text"),
        _field("staff", "Personal", "line", "text"),
        _field("cost_once", "einmalige Kosten", "number", "text", unit="€"),
        _field("cost_yearly", "jährliche Kosten", "number", "text", unit="€"),
        _field("cost_note", "Hinweis zu den Kosten", "line", "text"),
        _field("funding", "Finanzierung", "line", "text"),
        _SDGS,
    ),
]
# The fields of each level whose words are not their values.
_WORDED = {
    level["kind"]: [each for each in level["fields"] if each["kind"] in {*_WORDS, "derived"}]
    for level in LEVELS
}
