"""What a file says about a node, and what the database says about it: plain data that can be compared.

A node's `loaded_digest` is the digest of what the file last said about it. Where the database still says the
same, no editor has touched the node. Names of departments, districts and SDGs are left out: only their keys
are part of what a node says, so that a renamed department touches no measure.
"""

from collections.abc import Mapping
from typing import Any

from strategy.document.document import Plain, canonical_json, digest_of
from strategy.tree.levels import level_of

Statement = dict[str, Any]
COMMON = ("kind", "parent", "title", "slug", "text", "easy_text")


def of_row(row: Mapping[str, Any]) -> Statement:
    """What the database says about a node (a row of strategy.editions.working_tree)."""
    loaded = [field.name for field in level_of(row["kind"]).fields if field.is_loaded]
    values = {name: without_names(row["values"][name]) for name in loaded}
    return {**{name: row[name] for name in COMMON}, "values": values}


def without_names(value: Plain) -> Plain:
    """An edition's value with only the keys of what it refers to, in an order of their own."""
    if isinstance(value, dict):
        return value["key"]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return sorted((each["key"] for each in value), key=str)
    return value


def digest(statement: Statement) -> str:
    return digest_of(canonical_json(statement))


def differences(one: Statement, other: Statement) -> list[str]:
    """The names of the keys in which two statements about a node differ."""
    common = [name for name in COMMON if one[name] != other[name]]
    return common + [name for name, value in one["values"].items() if value != other["values"].get(name)]
