"""The lists of a strategy file beside its nodes: SDGs, districts, departments, bodies, papers, the title page."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from council.bodies import Body
from council.consultations import Consultation
from council.papers import Paper
from goals.models import SDG
from herne_strategy.strategy_files.strategy_yaml import FileFindings, Located, entries, items
from measures.models import Department, District
from strategy.editions.models import Strategy
from strategy.tree.fields import Choice, Field, FieldError, Number, YesNo


@dataclass(frozen=True)
class FileRow:
    """A row of one of a file's lists: the values that the file gives, by key. Only papers have consultations."""

    line: int
    values: Mapping[str, Any]
    consultations: "tuple[FileRow, ...] | None" = None


@dataclass(frozen=True)
class Date(Field):
    """A day, written like 2021-10-05."""

    def parse(self, raw: Any, model: type[models.Model]) -> Any:
        if raw is None or type(raw) is datetime.date:
            return raw
        try:
            return datetime.date.fromisoformat(raw)
        except (TypeError, ValueError) as error:
            raise FieldError(f"„{raw}“ ist kein Datum; schreiben Sie es wie 2021-10-05.") from error


@dataclass(frozen=True)
class Name(Field):
    """The key of another row or node. Whether there is one is looked up once the whole file is read."""

    def parse(self, raw: Any, model: type[models.Model]) -> Any:
        if raw is not None and not isinstance(raw, str):
            raise FieldError("Hier wird ein Schlüssel als Text erwartet.")
        return raw or None


@dataclass(frozen=True)
class Table:
    """A list of a file: its German name, its model, the fields that a row may give. The first is the key.

    `more` are keys of a row that are read elsewhere; `kept_as` names the model's field where it has another name.
    `pronoun` is the German one of `name`.
    """

    name: str
    model: type[models.Model]
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    more: tuple[str, ...] = ()
    kept_as: Mapping[str, str] = field(default_factory=dict)
    pronoun: str = "er"

    @property
    def key(self) -> str:
        """The name of the field that tells rows apart: the first."""
        return self.fields[0].name


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "") for name in names)


SDGS = Table(
    "SDG",
    SDG,
    (Number("number", ""), *_texts("title", "long_title", "colour"), Choice("text_colour", "")),
    ("number", "title", "long_title", "colour", "text_colour"),
    pronoun="es",
)
DISTRICTS = Table("Stadtbezirk", District, (*_texts("key", "name"), Number("position", "")), ("key", "name"))
DEPARTMENTS = Table(
    "Fachbereich",
    Department,
    (*_texts("key", "name", "email"), Date("valid_from", ""), Name("successor", "")),
    ("key", "name"),
)
BODIES = Table(
    "Gremium",
    Body,
    (*_texts("key", "name", "short_name"), Choice("kind", ""), Name("district", "")),
    ("key", "name", "kind"),
    pronoun="es",
)
PAPERS = Table(
    "Vorlage",
    Paper,
    (
        *_texts("reference", "name", "paper_type", "under_direction_of", "url", "proviso"),
        *_texts("proposal", "financial_impact"),
        *(Date("dated_on", ""), YesNo("is_public", ""), Date("public_from", "")),
    ),
    ("reference", "name"),
    ("consultations",),
    pronoun="sie",
)
CONSULTATIONS = Table(
    "Beratung",
    Consultation,
    (Name("body", ""), Date("held_on", ""), Choice("role", ""), Choice("result", "")),
    ("body", "held_on"),
)
STRATEGY = Table("strategy", Strategy, _texts("title", "city", "subtitle"), ("title", "city"), pronoun="es")
# The keys of `edition` and the fields of the title page that keep them for the next edition.
EDITION_FIELDS = {
    "title": "edition_title",
    "slug": "edition_slug",
    "remark": "edition_remark",
    "paper": "paper_number",
}
EDITION = Table(
    "edition",
    Strategy,
    _texts("title", "slug", "remark", "paper"),
    ("title",),
    kept_as=EDITION_FIELDS,
    pronoun="sie",
)


def read_table(located: Located | None, table: Table, findings: FileFindings) -> tuple[FileRow, ...]:
    """The rows of a list. No two have the same key."""
    rows = []
    lines: dict[Any, int] = {}
    for each in items(located, findings, of=table.name):
        row = read_row(each, table, findings)
        key = row.values.get(table.key)
        if key in lines:
            findings.add(each.line, f"{table.name}: „{key}“ steht schon in Zeile {lines[key]}.")
        if key is not None:
            lines.setdefault(key, each.line)
            rows.append(row)
    return tuple(rows)


def read_row(located: Located, table: Table, findings: FileFindings) -> FileRow:
    """One row; what does not fit its model goes into `findings`."""
    allowed = [*(each.name for each in table.fields), *table.more]
    given = entries(located, findings, allowed=allowed, required=table.required, of=table.name)
    values = {}
    for each in table.fields:
        if each.name in given:
            try:
                values[each.name] = _value(each, given[each.name].plain(), table)
            except FieldError as error:
                findings.add(given[each.name].line, f"{each.name}: {error}")
    return FileRow(located.line, values, _consultations(given.get("consultations"), findings))


def _value(each: Field, raw: Any, table: Table) -> Any:
    raw = raw.strip() if isinstance(raw, str) else raw
    if each.name in table.required and raw in (None, ""):
        raise FieldError("Hier fehlt der Wert.")
    kept = type(each)(table.kept_as.get(each.name, each.name), "")
    return kept.parse(raw, table.model)


def _consultations(located: Located | None, findings: FileFindings) -> tuple[FileRow, ...] | None:
    if located is None:
        return None
    rows = [read_row(each, CONSULTATIONS, findings) for each in items(located, findings, of="consultations")]
    seen: dict[tuple[Any, Any], int] = {}
    for row in rows:
        key = (row.values.get("body"), row.values.get("held_on"))
        if key in seen:
            findings.add(row.line, f"Beratung: Gremium und Tag stehen schon in Zeile {seen[key]}.")
        seen.setdefault(key, row.line)
    return tuple(rows)
