"""Blackening words in plain data: in the JSON of an edition, and in what is kept beside it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from strategy.document.data import COMMON_FIELDS, Plain
from strategy.document.shapes import SHAPES
from strategy.text.slugs import next_slug, slug_base

# What stands where something was blackened. The print fonts have each sign, and none means anything in Markdown.
MARK = "‹geschwärzt›"
SLUG_MARK = "geschwaerzt"
SLUG = "slug"
KEYS = {
    "uid",
    "parent",
    "kind",
    "code",
    "key",
    "colour",
    "text_colour",
    "icon",
    SLUG,
}  # what names a thing, in data
MIN_LENGTH = 3


class Spot(NamedTuple):
    """Where words stand in an edition: in a field of a node, or of the title sheet (uid "")."""

    uid: str
    field: str


@dataclass(frozen=True)
class Words:
    """Words that are to be found, in texts and in addresses made from them."""

    typed: str

    @cached_property
    def text(self) -> re.Pattern[str]:
        """As they are typed, whatever spaces and line ends stand between them. "Muster" is found in "Musters", too:
        nothing of a name is to stay."""
        return re.compile(r"\s+".join(map(re.escape, self.typed.split())))

    @cached_property
    def slug(self) -> re.Pattern[str]:
        """As they stand in an address, between hyphens."""
        return re.compile(rf"(?<![a-z0-9]){re.escape(slug_base(self.typed))}(?![a-z0-9])")

    def counted(self, value: Plain, name: str = "") -> int:
        """How often they stand in plain data; `name` is that of the data, where it has one."""
        if name in KEYS:
            return len(self.slug.findall(value)) if name == SLUG else 0
        if isinstance(value, str):
            return len(self.text.findall(value))
        if isinstance(value, list | tuple):
            return sum(map(self.counted, value))
        return (
            sum(self.counted(each, key) for key, each in value.items()) if isinstance(value, Mapping) else 0
        )

    def blackened(self, value: Plain, name: str = "") -> Plain:
        """The same data with a mark in place of the words. Keys stay: they are no text."""
        if name in KEYS:
            return self.slug.sub(SLUG_MARK, value) if name == SLUG else value
        if isinstance(value, str):
            return self.text.sub(MARK, value)
        if isinstance(value, list | tuple):
            return list(map(self.blackened, value))
        if isinstance(value, Mapping):
            return {key: self.blackened(each, key) for key, each in value.items()}
        return value


def spots(data: Mapping[str, Plain], words: str) -> Counter[Spot]:
    """Where the words stand in the JSON of an edition, and how often."""
    wanted, found = Words(words), Counter[Spot]()
    for field, value in data["meta"].items():
        found[Spot("", field)] += wanted.counted(value)
    for node in data["nodes"]:
        for field, parts in _fields(node).items():
            found[Spot(node["uid"], field)] += max(wanted.counted(part, field) for part in parts)
    return +found


def edition_blackened(data: Mapping[str, Plain], passages: Iterable[tuple[Spot, str]]) -> dict[str, Plain]:
    """The JSON of an edition with the words blackened where they are to be. Identities and codes stay, so that it is
    the same edition still."""
    by_uid: dict[str, list[tuple[str, str]]] = {}
    for spot, words in passages:
        by_uid.setdefault(spot.uid, []).append((spot.field, words))
    meta = dict(data["meta"])
    for field, words in by_uid.get("", ()):
        meta[field] = Words(words).blackened(meta[field])
    nodes = [_node_blackened(node, by_uid.get(node["uid"], ())) for node in data["nodes"]]
    return {**data, "meta": meta, "nodes": _with_own_addresses(data["nodes"], nodes)}


def _node_blackened(node: Mapping[str, Plain], passages: Iterable[tuple[str, str]]) -> dict[str, Plain]:
    new = dict(node)
    for field, words in passages:
        wanted = Words(words)
        if field in COMMON_FIELDS:
            new[field] = wanted.blackened(new[field], field)
        for part in ("values", "lines"):
            if field in new.get(part, ()):
                new[part] = {**new[part], field: wanted.blackened(new[part][field])}
    return new


def _with_own_addresses(
    before: Iterable[Mapping[str, Plain]], nodes: list[dict[str, Plain]]
) -> list[dict[str, Plain]]:
    """The nodes, those with another address than before with one that no other has."""
    taken = {(SHAPES[node["kind"]].address, node[SLUG]) for node in before}
    for old, node in zip(before, nodes, strict=True):
        if node[SLUG] == old[SLUG]:
            continue
        address = SHAPES[node["kind"]].address
        of_level = {slug for level, slug in taken if level == address}
        node[SLUG] = next_slug(node[SLUG], of_level)[0]
        taken.add((address, node[SLUG]))
    return nodes


def _fields(node: Mapping[str, Plain]) -> dict[str, list[Plain]]:
    """What a node says, by field: as it is kept, and in words."""
    fields: dict[str, list[Plain]] = {name: [node[name]] for name in COMMON_FIELDS}
    for part in ("values", "lines"):
        for name, value in node.get(part, {}).items():
            fields.setdefault(name, []).append(value)
    return fields
