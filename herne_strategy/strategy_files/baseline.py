"""What a file says about a node, and what the database says about it: plain data that can be compared.

A node's `loaded_digest` is the digest of what the file last said about it. Where the database still says the
same, no editor has touched the node. Names of departments, districts and SDGs are left out: only their keys
are part of what a node says, so that a renamed department touches no measure.

A field that says what it says in a new row is left out of the digest, so that a field that the program gains later
touches no node. Digests of older programs are over the fields that there were then, FIRST_FIELDS, whatever they say.
"""

from collections.abc import Mapping
from typing import Any

from strategy.document.data import COMMON_FIELDS, Plain, canonical_json, digest_of
from strategy.text.numbers import without_zeros
from strategy.tree.fields import DecimalNumber, Field
from strategy.tree.levels import level_of

Statement = dict[str, Any]
COMMON = ("kind", "parent", *COMMON_FIELDS)
# By level, what the digests of older programs are over. Never changes: rows that hold such a digest are kept.
FIRST_FIELDS: Mapping[str, frozenset[str]] = {
    "theme": frozenset({"colour", "icon", "origin"}),
    "strategic_goal": frozenset(
        {"horizon", "sdgs", "also_serves", "assignment_confirmed", "assignment_note"}
    ),
    "operational_goal": frozenset(
        {"due_year", "value_name", "base_value", "base_year", "target_value", "unit"}
        | {"sdg_targets", "dns_references", "nhs_nrw_references"}
    ),
    "measure": frozenset(
        {"start_year", "end_year", "is_ongoing", "districts", "target_group", "lead", "partners"}
        | {"committees", "participation", "participation_note", "novelty", "staff", "cost_once"}
        | {"cost_yearly", "cost_note", "funding", "sdgs"}
    ),
}


def of_row(row: Mapping[str, Any]) -> Statement:
    """What the database says about a node (a row of strategy.editions.working_tree)."""
    loaded = [field for field in level_of(row["kind"]).fields if field.is_loaded]
    values = {field.name: comparable(field, row["values"][field.name]) for field in loaded}
    return {**{name: row[name] for name in COMMON}, "values": values}


def comparable(field: Field, value: Plain) -> Plain:
    """A value as it is compared: a reference by its keys, a number whatever zeros it ends in, which programs before
    this one dropped."""
    if isinstance(field, DecimalNumber) and value is not None:
        return without_zeros(value)
    return without_names(value)


def without_names(value: Plain) -> Plain:
    """An edition's value with only the keys of what it refers to, in an order of their own."""
    if isinstance(value, dict):
        return value["key"]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return sorted((each["key"] for each in value), key=str)
    return value


def digest(statement: Statement) -> str:
    """The digest of a statement, over the fields that say something else than a new row."""
    return digest_of(canonical_json({**statement, "values": _set_values(statement)}))


def is_untouched(there: Statement, loaded: str, *, is_slug_given: bool) -> bool:
    """Whether a node says what the file said when it was loaded. `loaded` is the digest kept of that.

    A file that gives no address has a digest without it.
    """
    same = [there] if is_slug_given else [there, {**there, "slug": ""}]
    return any(loaded in (digest(each), _first_digest(each)) for each in same)


def _first_digest(statement: Statement) -> str | None:
    """The digest as older programs made it; None where a field says something that they did not have."""
    first = FIRST_FIELDS.get(statement["kind"], frozenset())
    if not _set_values(statement).keys() <= first:
        return None
    values = {name: value for name, value in statement["values"].items() if name in first}
    return digest_of(canonical_json({**statement, "values": values}))


def _set_values(statement: Statement) -> dict[str, Plain]:
    """The values of the fields that say something else than in a new row."""
    new = level_of(statement["kind"]).new_values
    return {name: value for name, value in statement["values"].items() if value != without_names(new[name])}


def differences(one: Statement, other: Statement) -> list[str]:
    """The names of the keys in which two statements about a node differ."""
    common = [name for name in COMMON if one[name] != other[name]]
    return common + [name for name, value in one["values"].items() if value != other["values"].get(name)]
