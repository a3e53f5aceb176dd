"""Downloading a department’s measures as a table, and reading in what was filled in. It saves, and hands in nothing."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, require
from editing.reporting.department_page import DepartmentPage
from editing.reporting.report_table import ReportTable, write_table
from editing.tables.export import FORMATS
from editing.tables.findings import Finding, TableError
from editing.tables.reading import MAX_BYTES
from measures.draft_actions import save_drafts
from measures.reporting_rounds import ReportingRound
from strategy.people import acting_user

SHOWN = 200


@needs("measures.view_progress")
def table(request: HttpRequest, slug: str, key: str | None = None) -> HttpResponse:
    """The table by GET; by POST what one says is saved as drafts: all of it, or nothing where anything is wrong."""
    page = DepartmentPage(slug, key, request.user)
    if request.method == "POST":
        return _read_in(request, slug, key)
    kind = request.GET.get("format", "")
    if kind not in FORMATS:
        return redirect(page.address)
    response = HttpResponse(
        write_table(page.rows(page.measures), page.round, kind), content_type=FORMATS[kind]
    )
    response["Content-Disposition"] = f'attachment; filename="{page.round.slug}.{kind}"'
    return response


def _read_in(request: HttpRequest, slug: str, key: str | None) -> HttpResponse:
    with transaction.atomic():
        ReportingRound.objects.select_for_update().filter(slug=slug).first()
        page = DepartmentPage(slug, key, request.user)
        rows = page.rows(page.measures)
        require(page.may_report)
        try:
            with transaction.atomic():
                read = ReportTable(_content(request), rows, page.round)
                if not read.findings:
                    drafts = [draft for form in read.forms if (draft := form.drafted)]
                    dropped = [
                        form.row.asked.uid for form in read.forms if form.drafted is None and form.row.draft
                    ]
                    save_drafts(page.round, drafts, dropped=dropped, by=acting_user(request))
        except (TableError, ValidationError) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            return _shown(request, page, [Finding(gettext("The file"), said)])
    if read.findings:
        return _shown(request, page, read.findings.by_row)
    if drafts or dropped:
        message = ngettext(
            "The table is read in: %(n)s report is saved. Please look at it below and hand it in.",
            "The table is read in: %(n)s reports are saved. Please look at them below and hand them in.",
            len(drafts),
        )
        messages.success(request, message % {"n": len(drafts)})
    else:
        messages.warning(request, gettext("The table says nothing new, so nothing was saved."))
    return redirect(page.address)


def _content(request: HttpRequest) -> bytes:
    file = request.FILES.get("datei")
    if file is None:
        raise TableError(gettext("Please choose a file."))
    if (file.size or 0) > MAX_BYTES:
        raise TableError(gettext("The file is larger than 10 megabytes."))
    return bytes(file.read())


def _shown(request: HttpRequest, page: DepartmentPage, findings: list[Finding]) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("The table was not read in"),
        "page_title": f"{page.round.title}: {page.name}",
        "address": page.address,
        "findings": findings[:SHOWN],
        "more": max(0, len(findings) - SHOWN),
    }
    return render(request, "editing/reporting/table_findings.html", context)
