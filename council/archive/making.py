"""Making the archive of an edition: once for the same edition, state, council data and program, and kept."""

from pathlib import Path
from typing import Any

from django.conf import settings

from council.archive.contents import contents, manifest
from council.archive.package import packed
from council.pdf import making, store
from council.pdf.data import printout_data
from council.pdf.identity import identity
from council.printout import Printout, long_form, short_form
from council.record import record_of
from council.title_sheet import title_sheet
from strategy.editions import Edition
from strategy.library import library


def name_of(edition: Edition) -> str:
    """A name for all that the archive depends on, as its ETag has it."""
    return store.name_of("archive", manifest(edition), record_of(edition), settings.DATA_LICENCE)


def archive(edition: Edition) -> Path:
    """The archive, from the folder or newly made; `Busy` or `Failed` where one of its PDFs cannot be made."""
    name = name_of(edition)
    if path := store.find(name, store.ZIP):
        return path
    document = library.document(edition)
    forms = {"langfassung.pdf": long_form(document), "kurzfassung.pdf": short_form(document)}
    pdfs = {name: _pdf(edition, printout) for name, printout in forms.items()}
    content = packed(contents(edition, pdfs), manifest(edition))
    with making.turn():
        with store.new_file(name, store.ZIP) as target:
            target.write_bytes(content)
        store.prune()
    return store.path_of(name, store.ZIP)


def _pdf(edition: Edition, printout: Printout) -> bytes:
    sheet = title_sheet(printout, edition)

    def build() -> dict[str, Any]:
        return printout_data(sheet)

    return making.made(store.name_of("strategy", identity(edition, sheet)), "strategy", build).read_bytes()
