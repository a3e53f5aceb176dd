"""What the council had before it with an edition: the files, their checksums, and how to compare a copy with them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from printing.kept_files import kept_file, kept_files_of
from printing.own_address import at_its_edition
from printing.pdf.answer import unchanging_file
from printing.pdf.identity import file_name
from printing.pdf.pdf_page import pdf_page
from printing.print_page import frozen_page
from printing.record import record_of
from strategy.editions.models import Edition
from strategy.pages.reading import Reading

ORIGINAL = "anlage"


@frozen_page
@at_its_edition
def kept_files(request: HttpRequest, reading: Reading, edition: Edition) -> HttpResponse:
    """The files that are kept, or why there are none. An edition that the council never had has no such page."""
    if not edition.paper_number:
        raise Http404
    papers = record_of(edition)["papers"]
    context = {
        "reading": reading,
        "edition": edition,
        "files": kept_files_of(edition),
        "papers": papers,
        "is_recorded_afterwards": any(paper.get("is_recorded_afterwards") for paper in papers),
    }
    return render(request, "printing/kept_files.html", context)


@pdf_page
@at_its_edition
def original(request: HttpRequest, reading: Reading, edition: Edition) -> HttpResponse:
    """The uploaded file of an edition that was recorded after the decision on it."""
    file = kept_file(edition, ORIGINAL)
    if file is None:
        raise Http404
    return unchanging_file(request, file, file_name(reading.document.meta, edition.slug, ORIGINAL))
