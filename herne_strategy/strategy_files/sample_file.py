"""The file of sample data (fixtures/beispiel.yaml) as frozen values. Nothing is written here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from herne_strategy.strategy_files.file_lists import (
    DEPARTMENTS,
    EDITION_FIELDS,
    Date,
    FileRow,
    Name,
    Table,
    read_row,
    read_table,
)
from herne_strategy.strategy_files.file_nodes import FileNode, Given, NodeReader
from herne_strategy.strategy_files.known_keys import KnownKeys
from herne_strategy.strategy_files.loading import SAMPLE_PREFIX
from herne_strategy.strategy_files.strategy_file import check_successors, define, read_top
from herne_strategy.strategy_files.strategy_yaml import FileFindings, Located, entries, items
from measures.models import Department
from measures.progress import Progress
from strategy.document.data import COMMON_FIELDS
from strategy.editions.models import Edition, Strategy
from strategy.tree.fields import Choice, Field
from strategy.tree.kept_slugs import KeptSlug
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of
from strategy.tree.models import Node

PLACES = ("below", "before", "after")
_TOP = ("format", "departments", "nodes", "progress", "editions")
_PROGRESS = Table(
    "Umsetzungsstand",
    Progress,
    (
        Name("measure", ""),
        Choice("state", ""),
        Date("reported_on", ""),
        Field("note", ""),
        Field("next_step", ""),
        Field("contact_email", ""),
    ),
    ("measure", "state", "reported_on"),
)
_EDITIONS = Table(
    "Fassung",
    Strategy,
    (Field("slug", ""), Field("title", ""), Field("remark", "")),
    ("slug", "title"),
    ("changes",),
    EDITION_FIELDS,
)
_ACTIONS = ("set", "move", "remove", "add", "origin")


@dataclass(frozen=True)
class SampleChange:
    """One change between two sample editions, or the adding of the first nodes. Nodes are named by uid."""

    line: int
    action: str
    node: str = ""
    place: str = ""  # one of PLACES, or "" for the root
    target: str = ""
    given: Given | None = None
    nodes: tuple[FileNode, ...] = ()
    origins: tuple[str, ...] = ()  # the nodes that it came from


@dataclass(frozen=True)
class SampleEdition:
    """An edition to be frozen after these changes."""

    line: int
    slug: str
    title: str
    remark: str
    changes: tuple[SampleChange, ...]


@dataclass(frozen=True)
class SampleFile:
    """What the file of sample data says."""

    name: str
    departments: tuple[FileRow, ...]
    nodes: tuple[SampleChange, ...]
    progress: tuple[FileRow, ...]
    editions: tuple[SampleEdition, ...]


def read_sample_file(path: Path) -> SampleFile:
    """The file's content. FileError where anything in it is wrong, or would touch what is real."""
    findings = FileFindings(path.name)
    top = read_top(path, findings, allowed=_TOP)
    departments = read_table(top.get("departments"), DEPARTMENTS, findings)
    known = KnownKeys()
    define(known, Department, "key", departments)
    check_successors(departments, findings)
    reader = SampleReader(findings, known)
    reader.declare_all(top)
    nodes = tuple(reader.first_nodes(items(top.get("nodes"), findings, of="nodes")))
    editions = tuple(reader.editions(items(top.get("editions"), findings, of="editions")))
    progress = reader.progress(top.get("progress"))
    reader.check_departments(departments)
    reader.check_names([*nodes, *(change for edition in editions for change in edition.changes)])
    findings.stop()
    return SampleFile(path.name, departments, nodes, progress, editions)


class SampleReader:
    """Reads the parts of the file. Whatever is wrong goes into the findings, and reading goes on."""

    def __init__(self, findings: FileFindings, known: KnownKeys) -> None:
        self.findings = findings
        self.reader = NodeReader(findings, known)
        self.real: dict[str, tuple[str, str]] = {}  # (uid, kind) of the database's nodes, by uid and slug
        for uid, slug, kind in Node.objects.order_by().values_list("uid", "slug", "kind"):
            self.real[str(uid)] = self.real[slug] = (str(uid), kind)

    def declare_all(self, top: dict[str, Located]) -> None:
        """Make every node of the file known, so that any part may refer to any other."""
        for each in _lists_of_nodes(top.get("nodes")):
            self.reader.declare(each)
        editions = top.get("editions")
        for edition in editions.value if editions and isinstance(editions.value, list) else []:
            changes = edition.value.get("changes") if isinstance(edition.value, dict) else None
            for change in changes.value if changes and isinstance(changes.value, list) else []:
                added = change.value.get("add") if isinstance(change.value, dict) else None
                if added and isinstance(added.value, dict) and "children" in added.value:
                    self.reader.declare(added.value["children"])

    def first_nodes(self, located: list[Located]) -> Iterator[SampleChange]:
        """The nodes at the root, and those below existing ones, each group as an adding of nodes."""
        roots = [each for each in located if not (isinstance(each.value, dict) and "below" in each.value)]
        if roots:
            yield SampleChange(roots[0].line, "add", nodes=self.reader.read(roots, None, None))
        for each in located:
            if each not in roots:
                yield self._add(each, ("below",), of="nodes")

    def _add(self, located: Located, places: tuple[str, ...], *, of: str) -> SampleChange:
        given = entries(located, self.findings, allowed=(*places, "children"), required=("children",), of=of)
        place, target, kind = self._place(located, given, places)
        children = items(given.get("children"), self.findings, of=of)
        is_below = place == "below" and bool(target)
        nodes = self.reader.read(
            children, kind if is_below else None, target if is_below else None, is_place_known=is_below
        )
        return SampleChange(located.line, "add", place=place, target=target, nodes=nodes)

    def _place(
        self, located: Located, given: dict[str, Located], places: tuple[str, ...]
    ) -> tuple[str, str, str]:
        named = [place for place in places if place in given]
        if len(named) != 1:
            self.findings.add(
                located.line, f"Hier wird genau einer dieser Schlüssel erwartet: {', '.join(places)}."
            )
            return "", "", ""
        uid, kind = self._named(given[named[0]], is_sample=False)
        return named[0], uid, kind

    def _named(self, located: Located | None, *, is_sample: bool) -> tuple[str, str]:
        """(uid, kind) of the node that a uid or slug names."""
        if located is None:
            return "", ""
        own = self.reader.declared.get(str(located.value))
        uid_and_kind = own or self.real.get(str(located.value))
        if not uid_and_kind:
            self.findings.add(located.line, f"Einen Knoten „{located.plain()}“ gibt es nicht.")
        elif is_sample and not own:
            self.findings.add(
                located.line, f"„{located.plain()}“ ist kein Knoten dieser Datei; nur solche darf sie ändern."
            )
        return uid_and_kind or ("", "")

    def editions(self, located: list[Located]) -> Iterator[SampleEdition]:
        """The editions in their order. None has the address of another."""
        lines: dict[str, int] = {}
        taken = set(Edition.objects.values_list("slug", flat=True))
        for each in located:
            row = read_row(each, _EDITIONS, self.findings)
            slug = row.values.get("slug", "")
            if slug in lines:
                self.findings.add(each.line, f"Fassung: „{slug}“ steht schon in Zeile {lines[slug]}.")
            if slug in taken:
                self.findings.add(each.line, f"Fassung: „{slug}“ gibt es schon.")
            lines.setdefault(slug, each.line)
            changes = each.value.get("changes") if isinstance(each.value, dict) else None
            read = [self._change(one) for one in items(changes, self.findings, of="changes")]
            title, remark = row.values.get("title", ""), row.values.get("remark", "")
            yield SampleEdition(each.line, slug, title, remark, tuple(change for change in read if change))

    def _change(self, located: Located) -> SampleChange | None:
        given = entries(located, self.findings, allowed=_ACTIONS, of="changes")
        if len(given) != 1:
            self.findings.add(
                located.line, f"Hier wird genau einer dieser Schlüssel erwartet: {', '.join(_ACTIONS)}."
            )
            return None
        action, value = next(iter(given.items()))
        if action == "add":
            return self._add(value, PLACES, of="add")
        if not isinstance(value.value, dict) or "node" not in value.value:
            self.findings.add(value.line, f"{action}: Der Schlüssel „node“ fehlt.")
            return None
        uid, kind = self._named(value.value["node"], is_sample=True)
        if action == "set":
            return self._set(value, uid, kind) if kind else None
        if action == "origin":
            return self._origin(value, uid)
        allowed = ("node", *PLACES) if action == "move" else ("node",)
        parts = entries(value, self.findings, allowed=allowed, of=action)
        place, target, _kind = self._place(value, parts, PLACES) if action == "move" else ("", "", "")
        return SampleChange(value.line, action, node=uid, place=place, target=target)

    def _set(self, located: Located, uid: str, kind: str) -> SampleChange:
        level = level_of(kind)
        own = [field.name for field in level.fields if field.is_loaded]
        allowed = ("node", *COMMON_FIELDS, *own)
        given = entries(located, self.findings, allowed=allowed, of="set")
        given.pop("node", None)
        if not given:
            self.findings.add(located.line, "set: Hier fehlt, was geändert werden soll.")
        return SampleChange(located.line, "set", node=uid, given=self.reader.given(level, given))

    def _origin(self, located: Located, uid: str) -> SampleChange:
        given = entries(
            located, self.findings, allowed=("node", "from"), required=("node", "from"), of="origin"
        )
        named = [
            self._named(each, is_sample=True)[0]
            for each in items(given.get("from"), self.findings, of="from")
        ]
        if uid and uid in named:
            self.findings.add(located.line, "origin: Ein Knoten kann nicht aus sich selbst hervorgehen.")
        return SampleChange(located.line, "origin", node=uid, origins=tuple(named))

    def progress(self, located: Located | None) -> tuple[FileRow, ...]:
        """What is reported on the file's own measures."""
        rows = read_table(located, _PROGRESS, self.findings)
        for row in rows:
            uid, kind = self.reader.declared.get(row.values["measure"], ("", ""))
            if kind != Kind.MEASURE or uid != row.values["measure"]:
                self.findings.add(
                    row.line, f"measure: „{row.values['measure']}“ ist keine Maßnahme dieser Datei."
                )
        return rows

    def check_departments(self, rows: Iterable[FileRow]) -> None:
        """Sample departments are named as such, and are none of the real ones."""
        taken = set(Department.objects.values_list("key", flat=True))
        for row in rows:
            self._check_name(row.line, row.values.get("name"))
            if row.values["key"] in taken:
                self.findings.add(row.line, f"Fachbereich: „{row.values['key']}“ gibt es schon.")

    def check_names(self, changes: Iterable[SampleChange]) -> None:
        """Sample nodes are named as such, and are none of the real ones."""
        kept = {each.slug: each for each in KeptSlug.objects.all()}
        for change in changes:
            if change.given and "title" in change.given.values:
                self._check_name(change.line, change.given.values["title"])
            if change.given and change.given.values.get("slug", "") in self.real:
                self.findings.add(change.line, f"slug: „{change.given.values['slug']}“ gibt es schon.")
            for node in (node for root in change.nodes for node in root.walk()):
                self._check_name(node.line, node.title)
                for name in ("uid", "slug"):
                    if getattr(node, name) in self.real:
                        self.findings.add(node.line, f"{name}: „{getattr(node, name)}“ gibt es schon.")
                if (other := kept.get(node.slug)) and str(other.uid) != node.uid:
                    self.findings.add(node.line, f"slug: {other.refusal}")

    def _check_name(self, line: int, name: Any) -> None:
        if name and not str(name).startswith(SAMPLE_PREFIX):
            self.findings.add(line, f"„{name}“: Der Name von Beispieldaten beginnt mit „{SAMPLE_PREFIX}“.")


def _lists_of_nodes(located: Located | None) -> Iterator[Located]:
    """The list of root nodes, and those below existing nodes."""
    if located and isinstance(located.value, list):
        yield located
        for each in located.value:
            if isinstance(each.value, dict) and "below" in each.value and "children" in each.value:
                yield each.value["children"]
