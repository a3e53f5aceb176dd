"""The decision on an edition as the plain data that the template "strategy" sets: its record without its text."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from printing.kept_files import KeptFile
from printing.pdf import blocks, cover, making
from printing.pdf.blocks import Block
from printing.pdf.characters import settable
from printing.pdf.data import frame
from printing.pdf.sheet_file import TEMPLATE, depends_on
from printing.pdf.store import name_of
from printing.title_sheet import TitleSheet
from strategy.document.data import Plain

Files = Sequence[KeptFile]


def decision_data(sheet: TitleSheet, files: Files) -> dict[str, Plain]:
    """Which edition, what each body did with its paper, and the checksums of the files that were decided on."""
    meta = sheet.document.meta
    head = {**cover.cover(sheet), "standing": "", "cite": ""}  # there is no text to cite
    return settable(
        {
            **frame(f"{meta['title']}: {sheet.form}", head["city"], [sheet.edition], meta["has_sample"]),
            "running": meta["title"],
            "cover": head,
            "compact": True,
            "contents": "",
            "lines": "",
            "papers": cover.papers(sheet, 1),
            "remark": _files(files),
            "qr": cover.qr(sheet),
            "parts": [{"running": sheet.form, "blocks": [], "wide": False}],
        }
    )


def depends_on_decision(sheet: TitleSheet, files: Files) -> Plain:
    """All that the decision's file depends on, beside the program."""
    return [depends_on(sheet), [[file.form, file.name, file.sha256] for file in files]]


def decision_pdf(sheet: TitleSheet, files: Files) -> bytes:
    """The file, from the folder or newly made; `Busy` or `Failed` where it cannot be."""
    name = name_of(TEMPLATE, depends_on_decision(sheet, files))
    return making.content(lambda: making.made(name, TEMPLATE, lambda: decision_data(sheet, files)))


def _files(files: Files) -> list[Block]:
    if not files:
        return []
    rows = [(file.title, f"{file.name}\n{file.sha256[:32]}\n{file.sha256[32:]}") for file in files]
    return [blocks.heading(_("Files that are kept (SHA-256)"), 1), blocks.facts(rows)]
