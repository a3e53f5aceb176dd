"""An edition's JSON: its format, the one way in which it is written, its codes. Plain Python, no Django.

An edition's JSON (format 2) is {"format", "meta", "levels", "nodes"}. "meta" holds "city", "title", "subtitle",
"edition" ({"title", "remark"}), "basis" (the council paper that the edition refers to, or null),
"has_sample" and "sdgs" (number, titles and colours of the seventeen). "levels" is what the edition declares of its
levels (strategy.document.declaration). "nodes" lists every node in the order of the document, parents before
children, each with "uid", "parent" (uid or null), "kind", "code", "title", "slug", "text", "easy_text", "is_sample",
"values", and "lines": the values in words, a list of lines by the field's name, but for what is text already, and
with those of derived fields. Format 1 had neither "levels" nor "lines" (strategy.document.format_1).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from strategy.document import format_1
from strategy.document.shapes import SHAPES

Plain = Any  # what JSON can hold: str, int, bool, None, and lists and dicts of these

FORMAT = 2

# What turns the data of a format into that of the next one. Each is kept for ever: editions never change.
UPGRADES: dict[int, Callable[[dict[str, Plain]], dict[str, Plain]]] = {1: format_1.upgrade}

# What every node says, whatever its level: the names in the JSON, and in the files and tables that people read.
COMMON_FIELDS = ("title", "slug", "text", "easy_text")


def upgraded(
    data: dict[str, Plain],
    upgrades: Mapping[int, Callable[[dict[str, Plain]], dict[str, Plain]]] = UPGRADES,
    to_format: int = FORMAT,
) -> dict[str, Plain]:
    """The data in today's format. ValueError where it comes from a newer program than this one."""
    if data["format"] > to_format:
        raise ValueError(f"Format {data['format']} is newer than this program (format {to_format}).")
    while data["format"] < to_format:
        data = {**upgrades[data["format"]](data), "format": data["format"] + 1}
    return data


def text_rule_of(data: Mapping[str, Plain]) -> int:
    """The text rule (strategy.text.markdown) of data that are not yet upgraded: an edition looks as it was frozen."""
    return 1 if data["format"] == 1 else 2


def name_with_code(code: str, title: str) -> str:
    """What a node is called: code and title; the title alone where there is no code."""
    return f"{code} {title}".lstrip()


def sdg_name(number: int, title: str) -> str:
    """What a goal of the Agenda 2030 is called: "SDG 4 Hochwertige Bildung", wherever its colour does not say it."""
    return f"SDG\u00a0{number} {title}"


def canonical_json(data: Mapping[str, Plain]) -> str:
    """The one way in which an edition is written: sorted keys, no spaces, no escapes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def with_codes(nodes: Iterable[Mapping[str, Plain]]) -> list[dict[str, Plain]]:
    """The nodes with their codes: positions among siblings of the same level; a level without one is left out.

    A code has as many parts as its level says: a measure straight under a strategic goal gets 0 for the operational
    goal that it lacks.
    """
    codes: dict[str | None, str] = {None: ""}
    counts: dict[tuple[str | None, str], int] = {}
    coded = []
    for node in nodes:
        parent, kind = node["parent"], node["kind"]
        position = counts[parent, kind] = counts.get((parent, kind), 0) + 1
        above, parts = codes[parent], SHAPES[kind].parts
        if not parts:
            code, codes[node["uid"]] = "", above
        else:
            lacking = ".0" * (parts - above.count(".") - 2)
            code = codes[node["uid"]] = f"{above}{lacking}.{position}".lstrip(".")
        coded.append({**node, "code": code})
    return coded
