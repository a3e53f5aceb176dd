"""What lies in the archive of an edition, file by file."""

import base64
import re
import textwrap
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from printing import page_margins
from printing.archive.package import MANIFEST, as_json
from printing.archive.tables import levels_by_table, tables
from printing.kept_files import KeptFile
from printing.pdf.identity import edition_identity
from printing.printed_entries import PaperRows
from printing.printout import long_form
from printing.record import Record
from printing.title_sheet import TitleSheet, edition_address
from strategy.document.data import Plain
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.tree.levels import Level

WIDTH = 96  # characters in a line of a text file
LICENCES = {
    "dl-de/by-2-0": "https://www.govdata.de/dl-de/by-2-0",
    "dl-de/zero-2-0": "https://www.govdata.de/dl-de/zero-2-0",
}


def contents(
    edition: Edition, record: Record, pdfs: Mapping[str, bytes], kept: Sequence[KeptFile] = ()
) -> dict[str, bytes]:
    """The files by name, but for the manifest and the checksums. `record` is what the council did with the edition
    and decided on its measures, `pdfs` are the files on paper; `kept` says which of them the council had before it."""
    document = library.document(edition)
    context = {**_context(edition), "pdfs": pdfs, "kept": kept}
    texts = {
        "LIESMICH.txt": render_to_string("printing/archive_readme.txt", context),
        "LIZENZ.txt": render_to_string("printing/archive_licence.txt", context),
    }
    return {
        **{name: _plain_text(text) for name, text in texts.items()},
        "fassung.json": edition.frozen_text.encode(),
        "rat.json": as_json({"edition": edition_identity(edition), **record}),
        "strategie.html": _page(edition, record).encode(),
        "Schrift-Lizenz.txt": _static("fonts/OFL.txt"),
        **tables(document),
        **pdfs,
    }


def manifest(edition: Edition, kept: Sequence[KeptFile] = ()) -> dict[str, Plain]:
    """What the archive is: the same digest, state, council data and program give the same bytes. "kept" are the files
    that the council had before it."""
    return {
        "digest": edition.digest,
        "edition": edition_identity(edition),
        "address": edition_address(edition),
        "program": settings.PROGRAM_VERSION,
        "kept": [{"file": each.file_name, "name": each.name, "sha256": each.sha256} for each in kept],
    }


def _plain_text(text: str) -> bytes:
    """A text file: lines that fit an editor's window, and no gap of more than one line."""
    lines = [textwrap.fill(line, WIDTH, break_on_hyphens=False) for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).encode() + b"\n"


def _context(edition: Edition) -> dict[str, object]:
    return {
        "edition": edition,
        "document": library.document(edition),
        "address": edition_address(edition),
        "licence": settings.DATA_LICENCE,
        "licence_address": LICENCES.get(settings.DATA_LICENCE, ""),
        "program": settings.PROGRAM_VERSION,
        "manifest": MANIFEST,
        "tables": [(name, _table_words(name, levels)) for name, levels in levels_by_table().items()],
    }


def _table_words(name: str, levels: list[Level]) -> str:
    """What is in a table of the archive."""
    if name == "ziele.csv":  # shorter than the names of its levels
        return _("strategic and operational goals as a table")
    return _("%(levels)s as a table") % {
        "levels": get_text_list([capfirst(level.plural) for level in levels], _("and"))
    }


def _page(edition: Edition, record: Record) -> str:
    """The long form as one page that needs nothing beside it: no script, no other file, no network."""
    document = library.document(edition)
    printout = long_form(document)
    colours = render_to_string(
        "strategy/colours.css", {"themes": document.themes, "sdgs": document.meta["sdgs"]}
    )
    styles = [_tokens(), _static("css/paper.css").decode(), colours]
    context = {
        "sheet": TitleSheet(printout, edition, tuple(record["papers"])),
        "printout": printout,
        "entries": PaperRows(document).whole(printout.entries, 2),
        "styles": "\n".join([*styles, page_margins.of_document(document, edition)]),
    }
    return render_to_string("printing/archive_page.html", context)


def _tokens() -> str:
    """The tokens, with the fonts in them instead of their addresses."""

    def embedded(address: re.Match[str]) -> str:
        font = base64.b64encode(_static(address[1])).decode()
        return f'url("data:font/woff2;base64,{font}")'

    return re.sub(r'url\("\.\./(fonts/[^"]+)"\)', embedded, _static("css/tokens.css").decode())


def _static(path: str) -> bytes:
    """A static file as it lies in the project, or was made by build_assets."""
    file_path = finders.find(path)
    if not isinstance(file_path, str):
        raise FileNotFoundError(path)
    with open(file_path, "rb") as file:
        return file.read()
