"""The strategy on paper: whole or short, a theme, a goal, a measure, the measures of a district or a department.

Always the frozen text: what the administration reports of it today is not printed.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from printing import page_margins
from printing import printout as printouts
from printing.print_form import PrintForm
from printing.printed_entries import PaperRows
from printing.printout import DEPARTMENT, DISTRICT, SHORT, Printout
from printing.synopse import synopse_name, synopse_of
from printing.synopse_page import Pair, synopse_page
from printing.title_sheet import TitleSheet, synopse_address, title_sheet
from strategy.document.document import Document
from strategy.editions.library import library
from strategy.pages.qr import qr_of_address
from strategy.pages.reading import Missing, Reading, elsewhere, strategy_page

frozen_page = partial(strategy_page, with_live=False)
LISTS = (DISTRICT, DEPARTMENT)
CSS = "text/css; charset=utf-8"


@frozen_page
def print_strategy(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The whole strategy, its short form, or the measures of a district or department, as the query asks."""
    form = PrintForm(request.GET, document=reading.document)
    printout = form.printout
    if printout is None:
        context = {"reading": reading, "sentences": form.sentences, "back": reading.base, **_choices(reading)}
        return render(request, "printing/print_missing.html", context, status=404)
    return _page(request, reading, printout, **_choices(reading))


@frozen_page
def print_entry(request: HttpRequest, reading: Reading, address: str, slug: str) -> HttpResponse:
    """An entry with all below it. `address` is the first part of the address of its page."""
    path = f"{address}/{slug}/"
    try:
        entry = reading.entry(path)
    except Missing:
        return _moved_or_gone(request, reading, path)
    return _page(request, reading, printouts.of_entry(reading.document, entry))


@frozen_page
def print_css(request: HttpRequest, reading: Reading) -> HttpResponse:
    """What stands at the edge of every sheet of this edition."""
    css = page_margins.of_document(reading.document, reading.edition)
    return HttpResponse(css, content_type=CSS)


@synopse_page
def print_synopse(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The Synopse of two editions on paper, in landscape."""
    address = synopse_address(pair.old, pair.new)
    synopse = synopse_of(pair.old, pair.new)
    context = {
        "pair": pair,
        "synopse": synopse,
        "city": synopse.meta["city"],
        "lines": [page_margins.edition_line(edition) for edition in (pair.old, pair.new)],
        "address": address,
        "qr": qr_of_address(address, _("QR code of the address %(address)s") % {"address": address}),
        "back": pair.page,
        "pdf": pair.pdf,
    }
    return render(request, "printing/print_synopse.html", context)


@partial(synopse_page, with_contents=False)
def print_synopse_css(request: HttpRequest, pair: Pair) -> HttpResponse:
    """What stands at the edge of every sheet of a Synopse."""
    css = page_margins.of_synopse(pair.old, pair.new, name=synopse_name(library.document(pair.new).meta))
    return HttpResponse(css, content_type=CSS)


def frozen(reading: Reading) -> Document:
    """The Document of a reading without live data, whichever page the reading was made for."""
    return library.document(reading.edition) if reading.edition else reading.document


def _page(request: HttpRequest, reading: Reading, printout: Printout, **more: object) -> HttpResponse:
    rows = PaperRows(printout.document)
    sheet = title_sheet(printout, reading.edition)
    context = {
        "reading": reading,
        "printout": printout,
        "sheet": sheet,
        "is_excerpt": printout.is_excerpt,
        "running": rows.running(printout.entry) if printout.entry else "",
        "guidelines": rows.guidelines(printout.entries) if printout.scope == SHORT else "",
        "entries": "" if printout.scope == SHORT else rows.whole(printout.entries, 2),
        "table": rows.table(printout),
        "sheets": rows.whole(printout.own_measures, 3) if printout.scope in LISTS else "",
        "back": reading.base + (printout.entry.path if printout.entry else ""),
        "pdf": _pdf(reading, sheet),
        **more,
    }
    return render(request, "printing/print.html", context)


def _choices(reading: Reading) -> dict[str, object]:
    """What else can be printed of this reading."""
    document = reading.document
    return {
        "address": f"{reading.base}druck/",
        "districts": printouts.districts(document),
        "departments": printouts.departments(document),
        "themes": document.themes,
    }


def _pdf(reading: Reading, sheet: TitleSheet) -> str:
    """The address of the same as a PDF."""
    path, _slash, query = sheet.path.partition("?")
    address = _if_there(f"{reading.base}{path.removesuffix('/')}.pdf")
    return f"{address}?{query}" if address and query else address


def _if_there(address: str) -> str:
    """The address, where the portal has such a one."""
    try:
        resolve(address)
    except Resolver404:
        return ""
    return address


def _moved_or_gone(request: HttpRequest, reading: Reading, path: str) -> HttpResponse:
    response = elsewhere(request, reading, path)
    if response.status_code == 301:
        response["Location"] += "druck/"
    return response
