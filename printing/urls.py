"""Addresses of the strategy on paper, below whichever prefix reads an edition."""

from django.urls import path

from printing import print_page
from printing.archive import archive_page as archive
from printing.pdf import pdf_page

app_name = "printing"
urlpatterns = [
    path("druck/", print_page.print_strategy, name="print"),
    path("druck.css", print_page.print_css, name="print_css"),
    path(
        "themenfelder/<slug:slug>/druck/",
        print_page.print_entry,
        {"kind": "themenfelder"},
        name="print_theme",
    ),
    path("ziele/<slug:slug>/druck/", print_page.print_entry, {"kind": "ziele"}, name="print_goal"),
    path(
        "massnahmen/<slug:slug>/druck/", print_page.print_entry, {"kind": "massnahmen"}, name="print_measure"
    ),
    path("druck.pdf", pdf_page.pdf_strategy, name="pdf"),
    path("langfassung.pdf", pdf_page.pdf_form, {"form": "langfassung"}, name="pdf_long"),
    path("kurzfassung.pdf", pdf_page.pdf_form, {"form": "kurzfassung"}, name="pdf_short"),
    path("archiv.zip", archive.archive_zip, name="archive"),
    path(
        "themenfelder/<slug:slug>/druck.pdf", pdf_page.pdf_entry, {"kind": "themenfelder"}, name="pdf_theme"
    ),
    path("ziele/<slug:slug>/druck.pdf", pdf_page.pdf_entry, {"kind": "ziele"}, name="pdf_goal"),
    path("massnahmen/<slug:slug>/druck.pdf", pdf_page.pdf_entry, {"kind": "massnahmen"}, name="pdf_measure"),
]
