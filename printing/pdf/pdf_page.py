"""PDFs beside the print views: the same printouts, as files."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate

from django.http import Http404, HttpRequest, HttpResponse

from printing import printout as printouts
from printing.kept_files import kept_file
from printing.own_address import to_its_edition
from printing.pdf.answer import PdfFile, answer, unchanging_file
from printing.pdf.data import printout_data
from printing.pdf.identity import edition_identity, file_name, form_in_name
from printing.pdf.sheet_file import TEMPLATE, depends_on
from printing.pdf.synopse_data import synopse_data
from printing.print_form import PrintForm
from printing.print_page import frozen
from printing.printout import Printout
from printing.synopse import synopse_of
from printing.synopse_page import Pair, synopse_page
from printing.title_sheet import TitleSheet, title_sheet
from strategy.document.document import Document
from strategy.editions.library import library
from strategy.pages.reading import Missing, Reading, elsewhere, strategy_page

PDF = "druck.pdf"
FORMS: dict[str, Callable[[Document], Printout]] = {
    "langfassung": printouts.long_form,
    "kurzfassung": printouts.short_form,
}


def pdf_page(
    view: Callable[Concatenate[HttpRequest, Reading, ...], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page of the strategy that is a file: never kept in memory with the pages."""
    page = strategy_page(view)

    @wraps(view)
    def apart(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = page(request, *args, **kwargs)
        response.is_public_page = False  # type: ignore[attr-defined]
        return response

    return apart


@pdf_page
def pdf_strategy(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The whole strategy, its short form, or the measures of a district or department, as the query asks."""
    form = PrintForm(request.GET, document=frozen(reading))
    if form.printout is None:
        raise Http404
    return _answer(request, reading, form.printout)


@pdf_page
def pdf_form(request: HttpRequest, reading: Reading, form: str) -> HttpResponse:
    """The long or the short form under an address that says so: always that of an edition."""
    if reading.is_shown and reading.edition:
        return to_its_edition(reading.edition, f"{form}.pdf")
    return _answer(request, reading, FORMS[form](frozen(reading)))


@pdf_page
def pdf_entry(request: HttpRequest, reading: Reading, address: str, slug: str) -> HttpResponse:
    """An entry with all below it. `address` is the first part of the address of its page."""
    path = f"{address}/{slug}/"
    try:
        reading.entry(path)
    except Missing:
        return _moved_or_gone(request, reading, path)
    document = frozen(reading)
    return _answer(request, reading, printouts.of_entry(document, document.by_path[path]))


@partial(synopse_page, is_kept=False)
def pdf_synopse(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The Synopse of two editions as a file. Reasons and origins in it are those of this revision."""
    document = library.document(pair.new)
    file = PdfFile(
        template="synopse",
        name=file_name(document.meta, f"{pair.old.slug}-{pair.new.slug}", "synopse"),
        instead=pair.on_paper,
        build=lambda: synopse_data(synopse_of(pair.old, pair.new)),
        depends_on=[edition_identity(pair.old), edition_identity(pair.new), library.shown().revision],
    )
    return answer(request, file, {})


def _answer(request: HttpRequest, reading: Reading, printout: Printout) -> HttpResponse:
    """The file of a printout: the one that the council had before it, where that is kept."""
    sheet = title_sheet(printout, reading.edition)
    if kept := kept_file(reading.edition, form_in_name(printout)):
        return unchanging_file(request, kept, _name(sheet))
    file = PdfFile(
        template=TEMPLATE,
        name=_name(sheet),
        instead=f"{reading.base}{sheet.path}",
        build=lambda: printout_data(sheet),
        depends_on=depends_on(sheet),
    )
    return answer(request, file, {"reading": reading})


def _name(sheet: TitleSheet) -> str:
    slug = sheet.edition.slug if sheet.edition else "arbeitsstand"
    return file_name(sheet.document.meta, slug, form_in_name(sheet.printout))


def _moved_or_gone(request: HttpRequest, reading: Reading, path: str) -> HttpResponse:
    response = elsewhere(request, reading, path)
    if response.status_code == 301:
        response["Location"] += PDF
    return response
