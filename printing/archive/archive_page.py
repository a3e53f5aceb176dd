"""The archive of an edition, to take away."""

from django.http import HttpRequest, HttpResponse

from printing.archive.making import Archive
from printing.own_address import at_its_edition
from printing.pdf.answer import kept_file
from printing.pdf.identity import file_name
from printing.pdf.pdf_page import pdf_page
from strategy.editions.models import Edition
from strategy.pages.reading import Reading


@pdf_page
@at_its_edition
def archive_zip(request: HttpRequest, reading: Reading, edition: Edition) -> HttpResponse:
    """The archive, always under the address of its edition. The working tree has none."""
    name = file_name(reading.document.meta, edition.slug, "archiv", ".zip")
    archive = Archive.of(edition)
    return kept_file(
        request,
        etag=archive.name,
        make=archive.path,
        content_type="application/zip",
        disposition=f'attachment; filename="{name}"',
        context={"reading": reading, "instead": f"{reading.base}druck/"},
    )
