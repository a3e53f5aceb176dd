"""A status report as the plain data that the template "strategy" sets."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from printing.pdf import blocks, cover
from printing.pdf.blocks import Block
from printing.pdf.characters import settable
from reporting.models import StatusReport
from reporting.report_content import ReportContent
from reporting.sections import Section, counted_states, day, reported_sentence, sections
from strategy.document.data import Plain
from strategy.text.markdown import Tree


def report_pdf_data(report: StatusReport) -> dict[str, Plain]:
    """All that stands on the sheets. It is made of what was frozen alone."""
    content = report.content
    meta = content.meta
    frozen_on = datetime.date.fromisoformat(meta["frozen_on"])
    address = settings.PUBLIC_URL + reverse("report", args=[report.slug])
    foot = _("%(title)s · frozen on %(day)s · SHA-256 %(digest)s") % {
        "title": meta["title"],
        "day": f"{frozen_on:%d.%m.%Y}",
        "digest": report.short_digest,
    }
    sample = _("Contains sample data: what is titled “Beispiel:” is made up.") if meta["has_sample"] else ""
    return settable(
        {
            "title": f"{meta['strategy']}: {meta['title']}",
            "author": _("City of %(city)s") % {"city": meta["city"]} if meta["city"] else "",
            "date": [frozen_on.year, frozen_on.month, frozen_on.day],
            "description": foot,
            "keywords": [report.digest],
            "feet": [foot, *([sample] if sample else [])],
            "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "running": meta["strategy"],
            "cover": _cover(report, content, address),
            "compact": False,
            "flowing": True,
            "continued": _("(continued)"),
            "contents": _("Contents"),
            "lines": "",
            "papers": [],
            "remark": _foreword(content),
            "qr": cover.qr_of(address),
            "parts": [{"running": meta["title"], "blocks": _blocks(content)}],
        }
    )


def _cover(report: StatusReport, content: ReportContent, address: str) -> dict[str, Plain]:
    meta = content.meta
    rows = blocks.facts(
        [
            (_("Key date"), day(meta["key_on"])),
            (_("Edition"), meta["edition"]["title"]),
            (_("States"), counted_states(content)),
            (_("Reported"), reported_sentence(content)),
            (_("State of the text"), _("frozen on %(date)s") % {"date": day(meta["frozen_on"])}),
            (_("Digest (SHA-256)"), f"{report.digest[:32]}\n{report.digest[32:]}"),
        ]
    )
    link = {"is": "a", "href": address, "of": [address]}
    rows["rows"].append([_("On the web"), [link]])
    return {
        "city": _("City of %(city)s") % {"city": meta["city"]} if meta["city"] else "",
        "title": meta["title"],
        "subtitle": "",
        "form": meta["strategy"],
        "facts": rows,
        "sample": cover.sample_sentence() if meta["has_sample"] else "",
        "cite": "",
        "standing": "",
    }


def _foreword(content: ReportContent) -> list[Block]:
    if not content.foreword:
        return []
    of: Tree = [
        {"is": "p", "of": blocks.lines(part.strip())}
        for part in content.foreword.split("\n\n")
        if part.strip()
    ]
    return [blocks.heading(_("Foreword of the coordination"), 2), {"is": "rich", "of": of}]


def _blocks(content: ReportContent) -> list[Block]:
    return [block for section in sections(content) for block in _section(section)]


def _section(section: Section) -> list[Block]:
    of: list[Block] = [blocks.heading(section.title, 1, style="chapter", in_contents=True)]
    if section.said:
        of.append({"is": "note", "text": section.said})
    if section.number:
        of.append(_table(section))
    return [{"is": "wide", "of": of}]


def _table(section: Section) -> Block:
    return {
        "is": "table",
        "caption": "",
        "columns": [{"name": each.name, "width": each.width} for each in section.columns],
        "groups": [
            {"name": group.name, "rows": [[cell or "–" for cell in row.cells] for row in group.rows]}
            for group in section.groups
            if group.rows
        ],
    }
