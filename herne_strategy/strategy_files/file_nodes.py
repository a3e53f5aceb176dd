"""The nodes of a strategy file as frozen values, checked against the declarations of their levels."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError

from herne_strategy.strategy_files.baseline import Statement, comparable
from herne_strategy.strategy_files.known_keys import KnownKeys
from herne_strategy.strategy_files.strategy_yaml import FileFindings, Located, entries, items
from strategy.document.data import COMMON_FIELDS, Plain
from strategy.importing.model_checks import ModelChecks
from strategy.importing.node_rows import Key, NodeWrite
from strategy.tree.fields import Field, FieldError
from strategy.tree.kinds import Kind, admits, kinds_below
from strategy.tree.levels import Level, level_of
from strategy.tree.models import Node
from strategy.tree.reference_fields import Reference
from strategy.tree.references import loaded_references

COMMON = {name: Field(name, "") for name in COMMON_FIELDS}
_FIXED = ("kind", "uid", *COMMON, "children")
_ORDER = {
    None: "Kapitel stehen vor oder nach den Themenfeldern, nicht dazwischen.",
    Kind.THEME: "Ein Themenfeld hat nur eine Leitlinie.",
    Kind.STRATEGIC_GOAL: "Maßnahmen direkt unter einem strategischen Ziel stehen vor dessen operativen Zielen.",
}


@dataclass(frozen=True)
class FileNode:
    """What a file says about a node. `values` and `references` hold every field of its level."""

    line: int
    kind: str
    uid: str
    parent: str | None
    title: str
    slug: str
    text: str
    easy_text: str
    values: Mapping[str, Any]
    references: Mapping[str, tuple[Key, ...]]
    plain: Mapping[str, Plain]
    children: "tuple[FileNode, ...]" = ()

    def walk(self) -> "Iterator[FileNode]":
        """This node and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    def written(self, **marks: Any) -> NodeWrite:
        """All that the file says. One that gives no address is content with the one that the node has."""
        common = {name: getattr(self, name) for name in COMMON if name != "slug" or self.slug}
        return NodeWrite(self.uid, self.kind, {**common, **self.values}, self.references, marks)

    def statement(self) -> Statement:
        """What the file says, to be compared with what the database says."""
        names = ("kind", "parent", *COMMON_FIELDS)
        return {**{name: getattr(self, name) for name in names}, "values": dict(self.plain)}


@dataclass(frozen=True)
class Given:
    """The fields that a file gives for a node, as values for its model and as keys of other rows.

    `failed` names those that do not fit their field.
    """

    values: dict[str, Any]
    references: dict[str, tuple[Key, ...]]
    failed: set[str]


class NodeReader:
    """Reads nodes. Whatever is wrong with them goes into the findings, and reading goes on."""

    def __init__(self, findings: FileFindings, known: KnownKeys) -> None:
        self.findings = findings
        self.known = known
        self.declared: dict[str, tuple[str, str]] = {}  # (uid, kind) of the file's own nodes, by uid and slug
        self._uids: dict[str, int] = {}
        self._slugs: dict[str, int] = {}
        self._checks = ModelChecks()

    def declare(self, located: Located) -> None:
        """Make the nodes of this list, and those below them, known to references from anywhere in the file."""
        for each in located.value if isinstance(located.value, list) else []:
            mapping = each.value if isinstance(each.value, dict) else {}
            kind, uid, slug = (
                mapping[name].value if name in mapping else None for name in ("kind", "uid", "slug")
            )
            if kind in Kind.values and isinstance(uid, str):
                self.known.define(level_of(kind).model, uid)
                self.declared[uid] = self.declared[str(slug or uid)] = (uid, kind)
            if "children" in mapping:
                self.declare(mapping["children"])

    def read(
        self,
        located: list[Located],
        parent_kind: str | None,
        parent: str | None,
        *,
        is_place_known: bool = True,
    ) -> tuple[FileNode, ...]:
        """The nodes of a list, below a parent of this kind (None: the root). Their order is checked, too."""
        nodes = []
        kinds: list[str] = []
        for each in located:
            node, kind = self._node(each, parent)
            if node:
                nodes.append(node)
            if kind and is_place_known:
                self._check_place(each, parent_kind, kinds, kind)
        return tuple(nodes)

    def _check_place(self, located: Located, parent: str | None, kinds: list[str], kind: str) -> None:
        if admits(parent, [*kinds, kind]):
            kinds.append(kind)
            return
        name, above = Kind(kind).label, f"„{Kind(parent).label}“" if parent else "der obersten Ebene"
        if not admits(parent, [kind]):
            below = ", ".join(f"„{each.label}“" for each in kinds_below(parent)) or "nichts"
            place = f"unter {above}" if parent else f"auf {above}"
            sentence = f"„{name}“ kann nicht direkt {place} stehen; möglich ist dort: {below}."
        else:
            sentence = (
                f"„{name}“ kann an dieser Stelle nicht stehen. {_ORDER[Kind(parent) if parent else None]}"
            )
        self.findings.add(located.line, sentence)

    def _node(self, located: Located, parent: str | None) -> tuple[FileNode | None, str]:
        kind = self._kind(located)
        level = level_of(kind) if kind else None
        own = [field.name for field in level.fields if field.is_loaded] if level else []
        allowed = [*_FIXED, *own]
        if not level and isinstance(located.value, dict):
            allowed = list(located.value)
        of = f"Knoten „{_title(located)}“"
        given = entries(located, self.findings, allowed=allowed, required=("kind", "uid", "title"), of=of)
        uid = self.uid(given.get("uid"))
        children = self.read(items(given.get("children"), self.findings, of=of), kind, uid) if kind else ()
        if not level or not uid:
            return None, kind
        read = self.given(level, given)
        self._slug(given.get("slug"), read.values.get("slug", ""))
        return self._complete(
            level, located, replace(_empty(level, located.line), uid=uid, parent=parent), read, children
        ), kind

    def _complete(
        self, level: Level, located: Located, node: FileNode, given: Given, children: tuple[FileNode, ...]
    ) -> FileNode:
        common = {name: given.values.pop(name, "") for name in COMMON}
        values = {**node.values, **given.values}
        # Only to be checked: with an address, so that none is looked for in the database.
        instance = level.model(
            uid=uuid.UUID(node.uid), **{**common, "slug": common["slug"] or node.uid}, **values
        )
        self.check_constraints(instance, located, given.failed)
        keys = {**node.references, **given.references}
        plain = plain_fields(level, instance, keys)
        return replace(node, **common, values=values, references=keys, plain=plain, children=children)

    def _kind(self, located: Located) -> str:
        kind = located.value.get("kind") if isinstance(located.value, dict) else None
        if kind is None:
            return ""
        if kind.value not in Kind.values:
            self.findings.add(
                kind.line, f"kind: „{kind.plain()}“ ist keine Ebene; möglich ist: {', '.join(Kind.values)}."
            )
            return ""
        return kind.value

    def uid(self, located: Located | None) -> str:
        """A new identity, in its canonical form; "" where it is missing, malformed or used before."""
        if located is None:
            return ""
        try:
            uid = str(uuid.UUID(located.value))
        except (ValueError, AttributeError, TypeError):
            uid = ""
        if not uid or uid != located.value:
            self.findings.add(
                located.line,
                f"uid: „{located.plain()}“ ist keine gültige Kennung; sie sieht aus wie "
                "33f30e70-e47c-56f4-a95b-f315f9599919 (kleine Buchstaben).",
            )
            return ""
        if uid in self._uids:
            self.findings.add(located.line, f"uid: „{uid}“ steht schon in Zeile {self._uids[uid]}.")
            return ""
        self._uids[uid] = located.line
        return uid

    def _slug(self, located: Located | None, slug: str) -> None:
        if not slug or located is None:
            return
        if slug in self._slugs:
            self.findings.add(located.line, f"slug: „{slug}“ steht schon in Zeile {self._slugs[slug]}.")
        self._slugs.setdefault(slug, located.line)

    def given(self, level: Level, given: Mapping[str, Located]) -> Given:
        """The values that a file gives for fields of this level; each that does not fit is reported."""
        result = Given({}, {}, set())
        fields = {**COMMON, **{field.name: field for field in level.fields if field.is_loaded}}
        for name, located in given.items():
            if name not in fields:
                continue
            field = fields[name]
            try:
                if isinstance(field, Reference):
                    result.references[name] = self.known.parse(field, located.plain(), level.model)
                else:
                    result.values[name] = field.parse(_stripped(located.plain()), level.model)
            except FieldError as error:
                self.findings.add(located.line, f"{name}: {error}")
                result.failed.add(name)
        return result

    def check_constraints(self, instance: Node, located: Located, failed: set[str]) -> None:
        """Report what the model and its table refuse."""
        try:
            instance.clean()
        except ValidationError as error:
            self.findings.add(located.line, " ".join(error.messages))
        for names, messages in self._checks.refusals(instance, type(instance), failed):
            lines = [located.value[name].line for name in names if name in located.value]
            sentence = f"„{instance.title}“: {' '.join(messages)}"
            self.findings.add(max(lines, default=located.line), sentence)


def plain_fields(level: Level, instance: Node, keys: Mapping[str, tuple[Key, ...]]) -> dict[str, Plain]:
    """What the fields of a level say, as the database would say it of a saved node."""
    plain: dict[str, Plain] = {}
    for field in level.fields:
        if field.name in keys:
            plain[field.name] = (
                sorted(keys[field.name], key=str) if field.is_many else next(iter(keys[field.name]), None)
            )
        elif field.is_loaded:
            plain[field.name] = comparable(field, field.read(instance))
    return plain


def _empty(level: Level, line: int) -> FileNode:
    """A node of which a file says nothing: every field as it is in a new row."""
    many = [field.name for field in loaded_references(level.fields)]
    values = {
        field.name: level.model._meta.get_field(field.name).get_default()  # type: ignore[union-attr]
        for field in level.fields
        if field.is_loaded and field.name not in many
    }
    return FileNode(line, level.kind, "", None, "", "", "", "", values, {name: () for name in many}, {})


def _stripped(raw: Any) -> Any:
    return raw.strip() if isinstance(raw, str) else raw


def _title(located: Located) -> str:
    title = located.value.get("title") if isinstance(located.value, dict) else None
    return str(title.value) if title and isinstance(title.value, str) else "ohne Titel"
