"""A printout of an edition as a PDF: what it depends on, and its bytes."""

from printing.pdf import making, store
from printing.pdf.data import printout_data
from printing.pdf.identity import identity
from printing.title_sheet import TitleSheet
from strategy.document.data import Plain

TEMPLATE = "strategy"


def depends_on(sheet: TitleSheet) -> Plain:
    """All that the file of an edition's sheet depends on, beside the program; None for the working tree's."""
    return identity(sheet.edition, sheet) if sheet.edition else None


def pdf_of(sheet: TitleSheet) -> bytes:
    """The file of an edition's sheet, from the folder or newly made; `Busy` or `Failed` where it cannot be."""
    name = store.name_of(TEMPLATE, depends_on(sheet))
    return making.content(lambda: making.made(name, TEMPLATE, lambda: printout_data(sheet)))
