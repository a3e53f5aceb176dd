"""What stands at the edge of every sheet, as a stylesheet: Content-Security-Policy allows no inline style.

Every text becomes a CSS string in which nothing but letters, digits and harmless signs stands for itself.
"""

import re
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from strategy.document.document import Document, Entry
from strategy.editions.models import Edition

HARMLESS = " .,:-–·„“()&+%"
NEW_LINE = "\n"


def css_string(text: str) -> str:
    """The text as a CSS string. No quote, backslash, line end, comment or tag in it means anything."""
    safe = (char if char.isalnum() or char in HARMLESS else f"\\{ord(char):x} " for char in text)
    return f'"{"".join(safe)}"'


def of_document(document: Document, edition: Edition | None) -> str:
    """The edges of an edition's sheets. A root's own sheets (class `running-<its place>`) name it as well."""
    head = "{}: {}".format(_("City of %(city)s") % {"city": document.meta["city"]}, document.meta["title"])
    roots = "\n".join(
        f"@page running-{place} {{ @top-right {{ content: {css_string(name)} }} }}\n"
        f".running-{place} {{ page: running-{place} }}"
        for place, name in enumerate(map(_root_name, document.roots), start=1)
    )
    return f"{_edges(head, [edition_line(edition)], document.has_sample)}\n{roots}\n"


def of_synopse(old: Edition, new: Edition, *, name: str) -> str:
    """The edges of a Synopse's sheets: what it is called and both editions, in landscape."""
    lines = [
        _("Until now: %(edition)s") % {"edition": edition_line(old)},
        _("New: %(edition)s") % {"edition": edition_line(new)},
    ]
    edges = _edges(name, lines, old.has_sample or new.has_sample)
    return f"@page {{ size: A4 landscape }}\n{edges}\n"


def edition_line(edition: Edition | None) -> str:
    """An edition in one line: its title, and what `standing_of` says."""
    if edition is None:
        return _("Working tree: not frozen, not published, no digest.")
    return ", ".join([_("Edition “%(title)s”") % {"title": edition.title}, *standing_of(edition)])


def standing_of(edition: Edition) -> list[str]:
    """What every sheet says of an edition: its state, its paper, of which day its text is, the digest of that."""
    paper = _("Paper %(reference)s") % {"reference": edition.paper_number}
    day = date_format(localtime(edition.frozen_at), "d.m.Y")
    return [
        state_of(edition),
        *([paper] if edition.paper_number else []),
        _("text as of %(date)s") % {"date": day},
        _("digest of the text %(digest)s") % {"digest": edition.short_digest},
        *([_("blackened on order")] if edition.is_redacted else []),
    ]


def state_of(edition: Edition) -> str:
    """The state in words, with what else keeps an edition from the public."""
    state = edition.get_state_display()
    if not edition.is_public:
        return f"{state}, {_('not yet public')}"
    return f"{state}, {_('withheld from the public')}" if edition.is_withheld else state


def _edges(head: str, lines: Iterable[str], has_sample: bool) -> str:
    below = [
        *lines,
        *([_("Contains sample data: what is titled “Beispiel:” is made up.")] if has_sample else []),
    ]
    return (
        "@page {\n"
        f"  @top-left {{ content: {css_string(head)} }}\n"
        f"  @bottom-left {{ content: {css_string(NEW_LINE.join(below))} }}\n"
        f"  @bottom-right {{ content: {_page_number()} }}\n"
        "}\n"
        "@page :first {\n  @top-left { content: none }\n  @top-right { content: none }\n}"
    )


def _page_number() -> str:
    """ "Page 1 of 7" as CSS counts it."""
    counters = {"\0": "counter(page)", "\1": "counter(pages)"}
    text = _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\1"}
    return " ".join(counters.get(part) or css_string(part) for part in re.split("([\0\1])", text) if part)


def _root_name(root: Entry) -> str:
    name = f"{capfirst(root.level.name)} {root.code}"
    return f"{name} · {root.title}" if root.code else root.title
