"""What a file says of itself: which edition it shows, how binding that is, and where it can be looked up."""

import datetime

import segno
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from printing.page_margins import state_of
from printing.pdf import blocks
from printing.pdf.blocks import Block
from printing.printout import DEPARTMENT, DISTRICT
from printing.record import ConsultationRecord, GroupVotes, PaperRecord, ResolutionRecord, Votes
from printing.title_sheet import TitleSheet
from strategy.document.data import Plain
from strategy.text.markdown import Tree
from strategy.tree.kinds import kinds_below


def cover(sheet: TitleSheet) -> dict[str, Plain]:
    """The head of a file: names, the facts of its edition, and what must be known before reading."""
    meta = sheet.document.meta
    return {
        "city": _("City of %(city)s") % {"city": meta["city"]} if meta["city"] else "",
        "title": meta["title"],
        "subtitle": meta["subtitle"],
        "form": sheet.form,
        "facts": _edition_facts(sheet),
        "sample": sample_sentence() if meta["has_sample"] else "",
        "cite": _cite(sheet),
        "standing": _standing(sheet),
    }


def _standing(sheet: TitleSheet) -> str:
    """Of which day the text is, and the decision status in it; a list of measures says the latter at its table."""
    if sheet.edition is None:
        return _("This file gives the working tree as editors see it today. The public reads an edition.")
    sentences = [_("This file gives the text as it was frozen, without today's progress.")]
    sentences += [] if sheet.printout.scope in (DISTRICT, DEPARTMENT) else [decision_day(sheet)]
    return " ".join(sentences)


def _cite(sheet: TitleSheet) -> str:
    """How to cite what stands on the sheets. An entry below which nothing can stand has its code beside it."""
    entry = sheet.printout.entry
    if sheet.edition is None or (entry and not kinds_below(entry.kind)):
        return ""
    return _("Cite by the code (such as 1.1.1.3), not by the page.")


def decision_day(sheet: TitleSheet) -> str:
    """Of which day the decision status of the measures is."""
    if sheet.edition is None:
        return _("The decision status of the measures is that of today.")
    day = date_in_words(timezone.localdate(sheet.edition.frozen_at))
    return _("The decision status of the measures is that of %(date)s.") % {"date": day}


def papers(sheet: TitleSheet, level: int) -> list[list[Block]]:
    """What the council has to do with the edition, paper by paper. An excerpt names them alone."""
    titles = [(paper, _("Paper %(reference)s") % {"reference": paper["reference"]}) for paper in sheet.papers]
    if basis := sheet.basis:
        title = _("Refers to paper %(reference)s") % {"reference": basis["reference"]}
        titles.append((basis, title))
    if sheet.printout.is_excerpt:
        return [[{"is": "note", "text": f"{title}, {paper['name']}"}] for paper, title in titles]
    return [_paper(paper, title, level, sheet) for paper, title in titles]


def _not_decided() -> Block:
    """What must be known before the way of a paper that an edition without a resolution refers to."""
    text = _(
        "This edition itself is not decided. It refers to a paper on which the bodies have voted as follows:"
    )
    return {"is": "rich", "of": _as_written(text)}


def remark(sheet: TitleSheet, level: int) -> list[Block]:
    """What the edition holds, and what it says of itself."""
    if not sheet.about:
        return []
    return [blocks.heading(_("About this edition"), level), {"is": "rich", "of": _as_written(sheet.about)}]


def qr(sheet: TitleSheet) -> dict[str, str] | None:
    """Where the same stands in the web, as a QR code. The working tree has no address."""
    return qr_of(sheet.address) if sheet.edition else None


def qr_of(address: str) -> dict[str, str]:
    """An address as a QR code, and in words for those who do not see it."""
    svg = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=0)
    return {"qr": svg, "alt": _("QR code of the address %(address)s") % {"address": address}}


def date_in_words(day: datetime.date | None) -> str:
    """The day as in "5. Oktober 2021"; "" for none."""
    return date_format(day, "j. F Y") if day else ""


def _edition_facts(sheet: TitleSheet) -> Block:
    edition = sheet.edition
    if edition is None:
        today = date_in_words(timezone.localdate())
        state = _("working tree, not frozen, not published")
        return blocks.facts([(_("State"), state), (_("As of"), today)])
    frozen_on = date_in_words(timezone.localdate(edition.frozen_at))
    decided = ", ".join(filter(None, [edition.decided_by, date_in_words(edition.decided_on), edition.result]))
    shown = blocks.facts(
        [
            (_("Edition"), edition.title),
            (_("State"), state_of(edition)),
            (_("Paper"), edition.paper_number),
            (_("Resolution"), decided),
            (_("State of the text"), _("frozen on %(date)s") % {"date": frozen_on}),
            (_("Blackened on order"), edition.redaction_note),
        ]
    )
    shown["rows"] += [
        [_("Digest of the text (SHA-256)"), _digest(sheet)],
        [_("On the web"), [_link(sheet.address)]],
    ]
    return shown


def _digest(sheet: TitleSheet) -> Tree:
    """The digest whole, to be copied, and where it is said what it is the sum of: not of this file."""
    where = _("not of a PDF; how to check it:")
    digest = {"is": "digest", "of": [sheet.edition.digest if sheet.edition else ""]}
    return [digest, {"is": "br", "of": []}, f"{where} ", _link(sheet.digest_address)]


def _link(address: str) -> Plain:
    return {"is": "a", "href": address, "of": [address]}


def sample_sentence() -> str:
    """What must be known of the sample before reading."""
    return "{} {}".format(
        _("Contains sample data:"),
        _(
            "everything titled “Beispiel:” is made up to show the portal at work. "
            "The city has not decided any of it."
        ),
    )


def _afterwards(paper: PaperRecord) -> str:
    """That the council had decided before the edition was recorded; "" where it was recorded before."""
    is_afterwards = paper.get("is_recorded_afterwards")
    return _("only after the decision; the council had another file before it") if is_afterwards else ""


def _paper(paper: PaperRecord, title: str, level: int, sheet: TitleSheet) -> list[Block]:
    content = [
        blocks.heading(title, level),
        blocks.facts(
            [
                (_("Subject"), paper["name"]),
                (_("Kind"), paper.get("paper_type", "")),
                (_("Dated"), _day(paper.get("dated_on", ""))),
                (_("Lead"), paper.get("under_direction_of", "")),
                (_("Withdrawn on"), _day(paper.get("withdrawn_on", ""))),
                (_("Recorded here"), _afterwards(paper)),
                (_("Decided with changes, see"), _amended(paper, sheet)),
            ]
        ),
    ]
    proposal, impact = paper.get("proposal", ""), paper.get("financial_impact", "")
    for text, label in [(proposal, _("Proposed resolution")), (impact, _("Financial impact"))]:
        if text:
            content.append({"is": "aside", "head": label, "of": _as_written(text)})
    if paper["consultations"]:
        content += [_not_decided()] if paper is sheet.basis and sheet.is_undecided else []
        content.append(_way(paper, has_roles=sheet.has_roles))
    for consultation in paper["consultations"]:
        if resolution := consultation.get("resolution"):
            content.append(_resolution(consultation, resolution))
    if paper.get("proviso"):
        content.append({"is": "rich", "of": _as_written(paper["proviso"])})
    return content


def _amended(paper: PaperRecord, sheet: TitleSheet) -> str:
    """The edition with the council's changes, where it is another one than this."""
    amended = paper.get("amended")
    is_another = amended and sheet.edition and amended["slug"] != sheet.edition.slug
    return amended["title"] if amended and is_another else ""


def _as_written(text: str) -> Tree:
    """A text of the council, which is no Markdown."""
    return [{"is": "p", "of": blocks.lines(text)}] if text else []


def _way(paper: PaperRecord, *, has_roles: bool) -> Block:
    rows = [
        [_body(each), _day(each["held_on"]), each.get("role", ""), each["result"]]
        for each in paper["consultations"]
    ]
    columns = [(_("Body"), 6.9), (_("Date"), 1.75), (_("Role"), 2.25), (_("Result"), 3.7)]
    if not has_roles:
        columns = [each for each in columns if each[0] != _("Role")]
        rows = [[body, day, result] for body, day, _role, result in rows]
    return {
        "is": "table",
        "caption": _("Consultations of paper %(reference)s") % {"reference": paper["reference"]},
        "columns": [{"name": name, "width": width, "whole": True} for name, width in columns],
        "groups": [{"name": "", "rows": [[cell or "–" for cell in row] for row in rows]}],
    }


def _body(consultation: ConsultationRecord) -> str:
    """The body, and whether it had another text before it than this one."""
    is_earlier = consultation.get("is_of_earlier_text")
    earlier = f" ({_('dealt with an earlier state of the text')})" if is_earlier else ""
    return f"{consultation['body']}{earlier}"


def _resolution(consultation: ConsultationRecord, resolution: ResolutionRecord) -> Block:
    named = {"body": consultation["body"], "date": _day(consultation["held_on"])}
    head = (_("Resolution: %(body)s, %(date)s") if named["date"] else _("Resolution: %(body)s")) % named
    return {
        "is": "aside",
        "head": head,
        "of": [*_as_written(resolution["text"]), *_as_written(_votes(resolution))],
    }


def _votes(resolution: ResolutionRecord) -> str:
    """How the body voted, then each of its groups, a line each."""
    voted, note = _voted(resolution["votes"]) if resolution["votes"] else "", resolution.get("vote_note", "")
    if note:
        voted = f"{voted} ({note})" if voted else capfirst(note)
    groups = [f"{group['name']}: {_voted(group)}" for group in resolution["groups"]]
    return "\n".join(filter(None, [voted, *groups]))


def _voted(votes: Votes | GroupVotes) -> str:
    """How many voted how."""
    counted = [
        ngettext("%(n)s vote in favour", "%(n)s votes in favour", votes["for"]) % {"n": votes["for"]},
        ngettext("%(n)s vote against", "%(n)s votes against", votes["against"]) % {"n": votes["against"]},
        ngettext("%(n)s abstention", "%(n)s abstentions", votes["abstaining"]) % {"n": votes["abstaining"]},
    ]
    return ", ".join(counted)


def _day(iso: str) -> str:
    return f"{datetime.date.fromisoformat(iso):%d.%m.%Y}" if iso else ""
