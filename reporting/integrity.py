"""Whether status reports are still what they were when they were frozen."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting.models import ReportDamaged, StatusReport


def damaged_reports() -> Iterator[tuple[str, list[str]]]:
    """Every frozen report by its address, with what is wrong with it, a sentence each; [] where nothing is."""
    for report in StatusReport.objects.frozen():
        yield f"berichte/{report.slug}", list(_damage(report))


def _damage(report: StatusReport) -> Iterator[str]:
    try:
        meta = report.content.meta
    except ReportDamaged:
        yield _("The content does not match its digest: it was changed after freezing.")
        return
    except ValueError as error:
        yield str(error)
        return
    if (meta["title"], meta["slug"]) != (report.title, report.slug):
        yield _("Title or origin differ from what was frozen.")
