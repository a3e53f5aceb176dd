"""Addresses of the strategy on paper, below whichever prefix reads an edition."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from printing import decision_page, digest_page, kept_files_page, print_page
from printing.archive import archive_page as archive
from printing.pdf import pdf_page
from strategy.tree.levels import levels


class PrintedAddress(SlugConverter):
    """The first part of the address of entries that are printed by themselves."""

    def to_python(self, value: str) -> str:
        if not any(level.paper.alone and level.shape.address == value for level in levels()):
            raise ValueError(value)
        return value


register_converter(PrintedAddress, "printed")

app_name = "printing"
urlpatterns = [
    path("druck/", print_page.print_strategy, name="print"),
    path("druck.css", print_page.print_css, name="print_css"),
    path("<printed:address>/<slug:slug>/druck/", print_page.print_entry, name="print_entry"),
    path("druck.pdf", pdf_page.pdf_strategy, name="pdf"),
    path("langfassung.pdf", pdf_page.pdf_form, {"form": "langfassung"}, name="pdf_long"),
    path("kurzfassung.pdf", pdf_page.pdf_form, {"form": "kurzfassung"}, name="pdf_short"),
    path("anlage/", kept_files_page.kept_files, name="kept_files"),
    path("anlage.pdf", kept_files_page.original, name="original"),
    path("beschluss/", decision_page.decision, name="decision"),
    path("beschluss.pdf", decision_page.pdf_decision, name="pdf_decision"),
    path("fassung.json", digest_page.edition_json, name="json"),
    path("archiv.zip", archive.archive_zip, name="archive"),
    path("<printed:address>/<slug:slug>/druck.pdf", pdf_page.pdf_entry, name="pdf_entry"),
]
