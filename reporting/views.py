"""The public pages of status reports."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from printing.pdf.answer import PdfFile, answer
from printing.pdf.identity import file_name
from printing.pdf.sheet_file import TEMPLATE
from reporting.models import StatusReport
from reporting.report_pdf import report_pdf_data
from reporting.sections import Group, counted_states, measures_by_theme, reported_sentence, sections
from strategy.document.data import Plain


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """All reports that were ever public, the newest first."""
    response = render(request, "reporting/report_list.html", {"reports": StatusReport.objects.public()})
    return _public(response)


@require_safe
def report_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A report as it was frozen. A withheld one says why it cannot be read."""
    report = get_object_or_404(StatusReport.objects.public(), slug=slug)
    if report.is_withheld:
        return _withheld(request, report)
    content = report.content
    context = {
        "report": report,
        "content": content,
        "states": counted_states(content),
        "reported": reported_sentence(content),
        "sections": sections(content),
        "themes": measures_by_theme(content).groups,
    }
    return _public(render(request, "reporting/report_page.html", context))


@require_safe
def report_measures(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The measures of one theme in a line each, as they were frozen; themes are numbered from 1."""
    report = get_object_or_404(StatusReport.objects.public(), slug=slug)
    if report.is_withheld:
        return _withheld(request, report)
    section = measures_by_theme(report.content)
    if not 1 <= number <= len(section.groups):
        raise Http404
    theme = section.groups[number - 1]
    context = {"report": report, "section": section, "theme": theme, "groups": [Group("", theme.rows)]}
    return _public(render(request, "reporting/report_measures.html", context))


@require_safe
def report_json(request: HttpRequest, slug: str) -> HttpResponse:
    """A report as it was frozen, byte by byte: the SHA-256 of this file is its digest. Not kept in memory."""
    report = get_object_or_404(StatusReport.objects.public(), slug=slug)
    if report.is_withheld:
        return _withheld(request, report)
    response = HttpResponse(report.frozen_text.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="sachstandsbericht-{report.slug}.json"'
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a file, made of what was frozen."""
    report = get_object_or_404(StatusReport.objects.public(), slug=slug)
    if report.is_withheld:
        return _withheld(request, report)
    file = PdfFile(
        template=TEMPLATE,
        name=file_name(report.content.meta, report.slug, "sachstandsbericht"),
        instead=reverse("report", args=[report.slug]),
        build=lambda: report_pdf_data(report),
        depends_on=_depends_on(report),
    )
    return answer(request, file, {})


def _depends_on(report: StatusReport) -> Plain:
    return ["status report", report.slug, report.digest]


def _withheld(request: HttpRequest, report: StatusReport) -> HttpResponse:
    return render(request, "reporting/report_withheld.html", {"report": report}, status=410)


def _public(response: HttpResponse) -> HttpResponse:
    response.is_public_page = True  # type: ignore[attr-defined]
    return response
