"""A strategy file (docs/strategie-datei.md) as frozen values. Nothing is written here.

Everything that is wrong with a file is found in one reading and raised as one FileError.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import models

from council.bodies import Body
from council.papers import Paper
from herne_strategy.strategy_files.file_lists import (
    BODIES,
    DEPARTMENTS,
    DISTRICTS,
    EDITION,
    PAPERS,
    SDGS,
    STRATEGY,
    FileRow,
    read_row,
    read_table,
)
from herne_strategy.strategy_files.file_nodes import FileNode, NodeReader
from herne_strategy.strategy_files.known_keys import KnownKeys
from herne_strategy.strategy_files.strategy_yaml import (
    FileFindings,
    Located,
    entries,
    items,
    read_text,
    read_yaml,
)
from measures.models import Department, District

FORMAT = 1
_KEYS = ("format", "strategy", "edition", "bodies", "papers", "sdgs", "districts", "departments", "nodes")


@dataclass(frozen=True)
class StrategyFile:
    """What a strategy file says."""

    name: str
    strategy: FileRow | None
    edition: FileRow | None
    bodies: tuple[FileRow, ...]
    papers: tuple[FileRow, ...]
    sdgs: tuple[FileRow, ...]
    districts: tuple[FileRow, ...]
    departments: tuple[FileRow, ...]
    nodes: tuple[FileNode, ...]
    nodes_line: int


def read_strategy_file(path: Path) -> StrategyFile:
    """The file's content. Looks up in the database which keys are known; FileError where anything is wrong."""
    findings = FileFindings(path.name)
    top = read_top(path, findings, allowed=_KEYS)
    known = KnownKeys()
    tables = {
        name: read_table(top.get(name), table, findings)
        for name, table in {
            "bodies": BODIES,
            "papers": PAPERS,
            "sdgs": SDGS,
            "districts": DISTRICTS,
            "departments": DEPARTMENTS,
        }.items()
    }
    for table, rows in (
        (SDGS, tables["sdgs"]),
        (DISTRICTS, tables["districts"]),
        (DEPARTMENTS, tables["departments"]),
    ):
        define(known, table.model, table.key, rows)
    check_successors(tables["departments"], findings)
    _check_bodies(tables["bodies"], tables["districts"], findings)
    _check_consultations(tables["papers"], tables["bodies"], findings)
    strategy = read_row(top["strategy"], STRATEGY, findings) if "strategy" in top else None
    edition = read_row(top["edition"], EDITION, findings) if "edition" in top else None
    _check_paper(edition, tables["papers"], findings)
    reader = NodeReader(findings, known)
    nodes = Located(1, [])
    if "nodes" in top:
        nodes = top["nodes"]
        reader.declare(nodes)
    read = reader.read(items(nodes, findings, of="nodes"), None, None)
    findings.stop()
    return StrategyFile(path.name, strategy, edition, **tables, nodes=read, nodes_line=nodes.line)


def read_top(path: Path, findings: FileFindings, *, allowed: tuple[str, ...]) -> dict[str, Located]:
    """The top-level keys of a file of this format. FileError where it is no such file at all."""
    located = read_yaml(read_text(path), findings)
    if not isinstance(located.value, dict):
        findings.add(located.line, f"Oben in der Datei stehen Schlüssel; möglich ist: {', '.join(allowed)}.")
        findings.stop()
    top = entries(located, findings, allowed=allowed, required=("format", "nodes"), of="Datei")
    if "format" in top and (top["format"].value != FORMAT or isinstance(top["format"].value, bool)):
        findings.add(
            top["format"].line,
            f"format: „{top['format'].plain()}“ kennt dieses Programm nicht; möglich ist: {FORMAT}.",
        )
    return top


def define(known: KnownKeys, model: type[models.Model], key: str, rows: tuple[FileRow, ...]) -> None:
    """Make the rows of a list known to references from anywhere in the file."""
    for row in rows:
        known.define(model, row.values[key])


def check_successors(rows: tuple[FileRow, ...], findings: FileFindings) -> None:
    """Every successor is a known department, and none succeeds itself, not even in a circle."""
    after: dict[str, str | None] = dict(Department.objects.values_list("key", "successor__key"))
    after.update(
        {row.values["key"]: row.values.get("successor", after.get(row.values["key"])) for row in rows}
    )
    for row in rows:
        seen = []
        key = row.values["key"]
        while key and key not in seen:
            seen.append(key)
            key = after.get(key)
            if key and key not in after:
                findings.add(row.line, f"successor: „{key}“ ist nicht bekannt (Fachbereich).")
        if key == row.values["key"]:
            findings.add(row.line, f"successor: „{key}“ kann nicht sein eigener Nachfolger sein.")


def _check_paper(edition: FileRow | None, papers: tuple[FileRow, ...], findings: FileFindings) -> None:
    paper = edition.values.get("paper") if edition else ""
    if not edition or not paper or paper in [row.values["reference"] for row in papers]:
        return
    if not Paper.objects.filter(reference=paper).exists():
        findings.add(edition.line, f"paper: Die Vorlage „{paper}“ ist nicht bekannt.")


def _check_bodies(rows: tuple[FileRow, ...], districts: tuple[FileRow, ...], findings: FileFindings) -> None:
    """A district council names a known district, and no other body names one."""
    known = {*District.objects.values_list("key", flat=True), *(row.values["key"] for row in districts)}
    for row in rows:
        district = row.values.get("district")
        if district and district not in known:
            findings.add(row.line, f"district: „{district}“ ist nicht bekannt (Stadtbezirk).")
        if bool(district) is not (row.values.get("kind") == Body.Kind.DISTRICT_COUNCIL):
            findings.add(
                row.line,
                "Gremium: Zu einer Bezirksvertretung (und nur zu ihr) gehört ein Stadtbezirk (district).",
            )


def _check_consultations(
    papers: tuple[FileRow, ...], bodies: tuple[FileRow, ...], findings: FileFindings
) -> None:
    """Every consultation is that of a known body."""
    known = {*Body.objects.values_list("key", flat=True), *(row.values["key"] for row in bodies)}
    for row in (each for paper in papers for each in paper.consultations or ()):
        if (body := row.values.get("body")) and body not in known:
            findings.add(row.line, f"body: „{body}“ ist nicht bekannt (Gremium).")
