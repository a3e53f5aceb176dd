"""The archive of an edition, to take away."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from printing.archive.making import Archive
from printing.pdf.answer import kept_file
from printing.pdf.identity import file_name
from printing.pdf.pdf_page import pdf_page
from strategy.pages.reading import Reading


@pdf_page
def archive_zip(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The archive, always under the address of its edition. The working tree has none."""
    edition = reading.edition
    if edition is None:
        raise Http404
    if reading.is_shown:
        response = HttpResponseRedirect(reverse("edition:printing:archive", kwargs={"edition": edition.slug}))
        response["Cache-Control"] = "no-cache"  # another edition may be shown tomorrow
        return response
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
