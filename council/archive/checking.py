"""Whether an archive is whole and true, asked of the file alone: no database, no network."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from council.archive.package import FORMAT, MANIFEST, SUMS
from council.archive.tables import TABLES
from strategy.document import Document, canonical_json, digest_of

LIMIT = 500 * 1024 * 1024  # bytes that an archive may unpack to
EDITION = "fassung.json"
REQUIRED = (MANIFEST, EDITION, "LIESMICH.txt", "LIZENZ.txt", "rat.json", "strategie.html", "langfassung.pdf")


class NoArchive(Exception):
    """The file is no archive of an edition at all. `str()` of it is a German sentence."""


def digest_in(path: Path) -> str:
    """The digest of the edition in an archive that is whole."""
    digest: str = json.loads(_files(path)[MANIFEST])["digest"]
    return digest


def problems(path: Path) -> list[str]:
    """What is wrong with an archive, a sentence each; [] where it is whole. NoArchive where it is none."""
    files = _files(path)
    found = [*_missing(files), *_sums(files)]
    return found or [*_edition(files)]


def _files(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > LIMIT:
                raise NoArchive(_("The file unpacks to more than 500 MB: it is no archive of an edition."))
            if len({entry.filename for entry in entries}) < len(entries):
                raise NoArchive(_("The file holds two files of the same name."))
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise NoArchive(_("The file cannot be read as a ZIP: %(error)s") % {"error": error}) from error


def _missing(files: dict[str, bytes]) -> Iterator[str]:
    for name in (*REQUIRED, SUMS, *TABLES):
        if name not in files:
            yield _("%(name)s is missing.") % {"name": name}


def _sums(files: dict[str, bytes]) -> Iterator[str]:
    """Every file is listed, and is what it was."""
    text = files.get(SUMS, b"").decode(errors="replace")
    sums = {name: given for given, _space, name in (line.partition("  ") for line in text.splitlines())}
    for name, content in files.items():
        if name != SUMS and name not in sums:
            yield _("%(name)s is not listed in the checksums.") % {"name": name}
        elif name != SUMS and sums[name] != hashlib.sha256(content).hexdigest():
            yield _("%(name)s was changed after the archive was made.") % {"name": name}
    for name in sums:
        if name not in files and name not in REQUIRED and name not in TABLES:
            yield _("%(name)s is missing.") % {"name": name}


def _edition(files: dict[str, bytes]) -> Iterator[str]:
    """The edition is the one that the archive says it is, and its tables have all of its nodes."""
    try:
        manifest, text = json.loads(files[MANIFEST]), files[EDITION].decode()
        if manifest["format"] != FORMAT:
            yield _("%(name)s is of another format than this program knows.") % {"name": MANIFEST}
        elif digest_of(text) != manifest["digest"] or canonical_json(json.loads(text)) != text:
            yield _("The edition does not match the digest that the archive names.")
        else:
            yield from _tables(files, Document.from_json(text))
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        yield _("The archive is damaged: %(error)s") % {"error": repr(error)}


def _tables(files: dict[str, bytes], document: Document) -> Iterator[str]:
    for name, kinds in TABLES.items():
        wanted = [entry.uid for entry in document.entries(*kinds)]
        if _uids(files[name]) != wanted:
            yield _("%(name)s does not hold the nodes of the edition.") % {"name": name}


def _uids(content: bytes) -> list[str]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [row["uid"] for row in reader]
