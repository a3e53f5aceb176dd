"""The decision on an edition as a sheet of its own, beside the files that the council had before it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from printing.kept_files import kept_files_of
from printing.own_address import at_its_edition
from printing.pdf.answer import PdfFile, answer
from printing.pdf.decision_data import decision_data, depends_on_decision
from printing.pdf.identity import file_name
from printing.pdf.pdf_page import pdf_page
from printing.pdf.sheet_file import TEMPLATE
from printing.print_page import frozen, frozen_page
from printing.printout import decision_sheet
from printing.title_sheet import TitleSheet, title_sheet
from strategy.editions.models import Edition
from strategy.pages.reading import Reading

FORM = "beschluss"


@frozen_page
@at_its_edition
def decision(request: HttpRequest, reading: Reading, edition: Edition) -> HttpResponse:
    """What the bodies decided on an edition, on paper."""
    context = {
        "reading": reading,
        "sheet": _sheet(reading, edition),
        "files": kept_files_of(edition),
        "back": f"{reading.base}anlage/",
        "pdf": f"{reading.base}{FORM}.pdf",
    }
    return render(request, "printing/decision.html", context)


@pdf_page
@at_its_edition
def pdf_decision(request: HttpRequest, reading: Reading, edition: Edition) -> HttpResponse:
    """The same as a file. Wording and votes are those of today: the minutes come after the decision."""
    sheet, files = _sheet(reading, edition), kept_files_of(edition)
    file = PdfFile(
        template=TEMPLATE,
        name=file_name(reading.document.meta, edition.slug, FORM),
        instead=f"{reading.base}{FORM}/",
        build=lambda: decision_data(sheet, files),
        depends_on=depends_on_decision(sheet, files),
    )
    return answer(request, file, {"reading": reading})


def _sheet(reading: Reading, edition: Edition) -> TitleSheet:
    """404 as long as nothing is decided."""
    if edition.decided_on is None:
        raise Http404
    return title_sheet(decision_sheet(frozen(reading)), edition)
