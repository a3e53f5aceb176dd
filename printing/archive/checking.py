"""Whether an archive is whole and true, asked of the file alone: no database, no network."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from printing.archive.package import FORMAT, MANIFEST, SUMS, zipped
from printing.archive.tables import levels_by_table, tables
from strategy.document.data import Plain, canonical_json
from strategy.document.document import Document

LIMIT = 500 * 1024 * 1024  # bytes that an archive may have
EDITION = "fassung.json"
COUNCIL = "rat.json"
PDFS = ("kurzfassung.pdf", "langfassung.pdf")
DECISION = "beschluss.pdf"
ORIGINAL = "anlage.pdf"
TEXTS = ("LIESMICH.txt", "LIZENZ.txt", "Schrift-Lizenz.txt", "strategie.html")
_SUM = re.compile(r"([0-9a-f]{64})  ([\w.-]+)", re.ASCII)
_ODD = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
)  # of data of another shape

Files = dict[str, bytes]


class NoArchive(Exception):
    """The file is no archive of an edition at all. `str()` of it is a German sentence."""


def file_names() -> list[str]:
    """What the making puts into every archive."""
    return [MANIFEST, EDITION, COUNCIL, SUMS, *PDFS, *TEXTS, *levels_by_table()]


def digest_in(path: Path) -> str:
    """The digest of the edition in an archive that is whole."""
    digest: str = json.loads(_files(_content(path))[MANIFEST])["digest"]
    return digest


def further_pdfs(path: Path) -> list[str]:
    """The PDFs in a whole archive that not every archive has."""
    return _further_pdfs(_files(_content(path)))


def problems(path: Path) -> list[str]:
    """What is wrong with an archive, a sentence each; [] where it is whole. NoArchive where it is none.

    Each step relies on those before it, so the first one that finds something is the last one.
    """
    content = _content(path)
    files = _files(content)
    steps = (
        _format(files),
        _names(files),
        _sums(files),
        _packing(files, content),
        _identity(files),
        _forms(files),
    )
    return next((sentences for step in steps if (sentences := list(step))), [])


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMIT:
            raise NoArchive(_("The file has more than 500 MB: it is no archive of an edition."))
        return path.read_bytes()
    except OSError as error:
        raise NoArchive(_("The file cannot be read: %(error)s") % {"error": error.strerror}) from error


def _files(content: bytes) -> Files:
    """The files by name. They lie uncompressed in an archive, so that they are never larger than it is."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
                raise NoArchive(_("The ZIP was packed by another program: its files are compressed."))
            if len({entry.filename for entry in entries}) < len(entries):
                raise NoArchive(_("The file holds two files of the same name."))
            if sum(entry.file_size for entry in entries) > len(content):
                raise NoArchive(_("The file cannot be read as a ZIP."))
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, *_ODD) as error:
        raise NoArchive(_("The file cannot be read as a ZIP.")) from error


def _format(files: Files) -> Iterator[str]:
    manifest = _parsed(files.get(MANIFEST, b""))
    if isinstance(manifest, dict) and manifest.get("format", FORMAT) != FORMAT:
        yield _("%(name)s is of another format than this program knows.") % {"name": MANIFEST}


def _names(files: Files) -> Iterator[str]:
    """All that the making puts in is there, and nothing else."""
    expected = [*file_names(), *_further_pdfs(files)]
    newer = _newer_tables(files)
    for name in expected:
        if name not in files and name not in newer:
            yield _("%(name)s is missing.") % {"name": name}
    for name in files:
        if name not in expected:
            shown = name if name.isprintable() else ascii(name)
            yield _("%(name)s does not belong in an archive.") % {"name": shown}


def _further_pdfs(files: Files) -> list[str]:
    """What else belongs to an edition by its manifest: the original that the council had, and what it decided. The
    first archives knew neither, and have no "kept"."""
    manifest = _parsed(files.get(MANIFEST, b""))
    try:
        kept, is_decided = (
            {each["file"] for each in manifest["kept"]},
            bool(manifest["edition"]["decided_on"]),
        )
    except _ODD:
        return []
    return [*([ORIGINAL] if ORIGINAL in kept else []), *([DECISION] if is_decided else [])]


def _newer_tables(files: Files) -> set[str]:
    """The tables that another program may have lacked: of levels of which the edition has nothing."""
    manifest, edition = _parsed(files.get(MANIFEST, b"")), _parsed(files.get(EDITION, b""))
    try:
        if manifest["program"] == settings.PROGRAM_VERSION:
            return set()
        kinds = {node["kind"] for node in edition["nodes"]}
    except _ODD:
        return set()
    tables = levels_by_table().items()
    return {name for name, levels in tables if kinds.isdisjoint(level.kind for level in levels)}


def _sums(files: Files) -> Iterator[str]:
    """Every file is listed, and is what it was."""
    lines = [_SUM.fullmatch(line) for line in files[SUMS].decode(errors="replace").splitlines()]
    sums = {line[2]: line[1] for line in lines if line}
    if len(sums) < len(lines) or not sums:
        yield _("%(name)s is no list of checksums, so no file can be checked.") % {"name": SUMS}
        return
    for name, content in files.items():
        if name == SUMS:
            continue
        if name not in sums:
            yield _("%(name)s is not listed in the checksums.") % {"name": name}
        elif sums[name] != hashlib.sha256(content).hexdigest():
            yield _("%(name)s was changed after the archive was made.") % {"name": name}
    for name in sums:
        if name not in files:
            yield _("%(name)s is listed in the checksums, but missing.") % {"name": name}


def _packing(files: Files, content: bytes) -> Iterator[str]:
    if zipped(files) != content:
        yield _(
            "The ZIP holds more than its files (before, between or behind them), or was packed by another program."
        )


def _identity(files: Files) -> Iterator[str]:
    """The manifest names an edition, and it is the one that is in the archive."""
    manifest, digest = _parsed(files[MANIFEST]), hashlib.sha256(files[EDITION]).hexdigest()
    if not (
        isinstance(manifest, dict) and isinstance(manifest.get("edition"), dict) and "digest" in manifest
    ):
        yield _("%(name)s does not say what is in the archive.") % {"name": MANIFEST}
    elif manifest["digest"] != digest or manifest["edition"].get("digest") != digest:
        yield _("The edition does not match the digest that the archive names.")


def _forms(files: Files) -> Iterator[str]:
    """What else says something of the edition says the same as the edition, as far as can be told."""
    manifest = json.loads(files[MANIFEST])
    yield from _tables(files, str(manifest.get("program", "")))
    made = [
        name for name in (*PDFS, *_further_pdfs(files)) if name != ORIGINAL
    ]  # that one as it was uploaded
    for name in made:
        if not (files[name].startswith(b"%PDF-") and files[name].rstrip().endswith(b"%%EOF")):
            yield _("%(name)s is no whole PDF.") % {"name": name}
    yield from _kept(files, manifest.get("kept", []))
    if not _is_record_of(manifest["edition"], _parsed(files[COUNCIL])):
        yield _("%(name)s does not fit the edition and its seal.") % {"name": COUNCIL}


def _kept(files: Files, kept: Plain) -> Iterator[str]:
    """What the council had before it is in the archive byte by byte."""
    try:
        sums = {each["file"]: each["sha256"] for each in kept}
    except _ODD:
        yield _("%(name)s does not say what is in the archive.") % {"name": MANIFEST}
        return
    for name, digest in sums.items():
        if hashlib.sha256(files.get(name, b"")).hexdigest() != digest:
            yield _("%(name)s is not the file that was before the council.") % {"name": name}


def _tables(files: Files, program: str) -> Iterator[str]:
    try:
        text = files[EDITION].decode()
        made = tables(Document.from_json(text)) if canonical_json(json.loads(text)) == text else {}
    except _ODD:
        made = {}
    if not made:
        yield _("%(name)s is no edition that this program can read.") % {"name": EDITION}
    made = {name: table for name, table in made.items() if name in files}
    differing = [name for name in made if made[name] != files[name]]
    for name in differing:
        yield _("%(name)s does not say what the edition says.") % {"name": name}
    if differing and program != settings.PROGRAM_VERSION:
        yield _(
            "The archive was made by another version of the program (%(theirs)s, this is %(ours)s), which may have "
            "written its tables otherwise. Please check it with that version too."
        ) % {"theirs": ascii(program), "ours": settings.PROGRAM_VERSION}


def _is_record_of(edition: dict[str, Plain], record: Plain) -> bool:
    """Whether what the council did is about this edition, and has the paper and the day that the seal names."""
    try:
        papers = {paper["reference"]: paper for paper in record["papers"]}
        if record["edition"] != edition:
            return False
        if not edition["paper_number"]:
            return not edition["decided_on"]
        paper = papers[edition["paper_number"]]
        days = {each["held_on"] for each in paper["consultations"] if each["is_authoritative"]}
        return not edition["decided_on"] or edition["decided_on"] in days | {paper["withdrawn_on"]}
    except _ODD:
        return False


def _parsed(content: bytes) -> Plain:
    """What a JSON file says; None where it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
