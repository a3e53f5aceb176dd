"""Addresses of the strategy on paper, below whichever prefix reads an edition."""

from django.urls import path

from printing import print_pages
from printing.archive import pages as archive
from printing.pdf import pages

app_name = "printing"
urlpatterns = [
    path("druck/", print_pages.print_strategy, name="print"),
    path("druck.css", print_pages.print_css, name="print_css"),
    path(
        "themenfelder/<slug:slug>/druck/",
        print_pages.print_entry,
        {"kind": "themenfelder"},
        name="print_theme",
    ),
    path("ziele/<slug:slug>/druck/", print_pages.print_entry, {"kind": "ziele"}, name="print_goal"),
    path(
        "massnahmen/<slug:slug>/druck/", print_pages.print_entry, {"kind": "massnahmen"}, name="print_measure"
    ),
    path("druck.pdf", pages.pdf_strategy, name="pdf"),
    path("langfassung.pdf", pages.pdf_form, {"form": "langfassung"}, name="pdf_long"),
    path("kurzfassung.pdf", pages.pdf_form, {"form": "kurzfassung"}, name="pdf_short"),
    path("archiv.zip", archive.archive_zip, name="archive"),
    path("themenfelder/<slug:slug>/druck.pdf", pages.pdf_entry, {"kind": "themenfelder"}, name="pdf_theme"),
    path("ziele/<slug:slug>/druck.pdf", pages.pdf_entry, {"kind": "ziele"}, name="pdf_goal"),
    path("massnahmen/<slug:slug>/druck.pdf", pages.pdf_entry, {"kind": "massnahmen"}, name="pdf_measure"),
]
