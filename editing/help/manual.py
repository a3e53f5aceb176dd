"""The German documents of docs/ as pages: safe HTML, with an anchor at each heading. They are read once a process.

A heading's anchor is the one that GitHub gives it; what stands bold at the beginning of a paragraph has one, too, so
that a form can lead to the very lines that explain a field.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import nh3
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from strategy.text.rules import folded

FOLDER: Path = settings.BASE_DIR / "docs"
PICTURES = FOLDER / "bilder"
DOCUMENTS = {"": "redaktion", "begriffe": "begriffe", "rollen": "rollen"}
"""What can be read, by the last part of its address; "" is the manual."""

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    "h2",
    "h3",
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "code",
    "pre",
    "img",
    "blockquote",
    "hr",
} | {
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
_ATTRIBUTES = {
    "h2": {"id"},
    "h3": {"id"},
    "strong": {"id"},
    "a": {"href"},
    "img": {"src", "alt", "loading"},
    "th": {"scope"},
    "div": {"class", "role", "tabindex", "aria-label"},
}


@dataclass(frozen=True)
class Section:
    """A heading of a document with what stands below it, up to the next one."""

    document: str
    title: str
    anchor: str
    depth: int
    words: str  # folded, to be searched

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"{address_of(self.document)}#{self.anchor}"


@dataclass(frozen=True)
class HelpDocument:
    """A document of docs/ as it is shown."""

    title: str
    html: SafeString
    sections: tuple[Section, ...]
    anchors: frozenset[str]


def address_of(document: str) -> str:
    """The page of a document."""
    name = next(part for part, file in DOCUMENTS.items() if file == document)
    return reverse("editing:help_document", args=[name]) if name else reverse("editing:help")


def anchor_of(words: str) -> str:
    """The anchor of a heading of these words."""
    return re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")


@cache
def document(name: str) -> HelpDocument:
    """A document of docs/, by the name of its file."""
    tokens = _PARSER.parse((FOLDER / f"{name}.md").read_text())
    title, tokens = tokens[1].content, tokens[3:]  # the heading of all is the page's
    anchors: set[str] = set()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _new(anchor_of(inline.content), anchors))
        elif opening.type == "paragraph_open":
            _mark_lead_in(inline, anchors)
        elif opening.type == "th_open":
            opening.attrSet("scope", "col")
        for child in inline.children or ():
            _lead_within(child)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    html = html.replace(
        "<table>", f'<div class="table-scroll" role="group" tabindex="0" aria-label="{title}"><table>'
    )
    html = html.replace("</table>", "</table></div>")
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes={"https", "mailto"}
    )
    return HelpDocument(title, mark_safe(clean), tuple(_sections(name, tokens)), frozenset(anchors))


def search(words: str) -> list[Section]:
    """The sections of all documents in which every one of these words stands."""
    wanted = folded(words).split()
    every = (section for name in DOCUMENTS.values() for section in document(name).sections)
    return [section for section in every if wanted and all(word in section.words for word in wanted)]


def _mark_lead_in(inline: Token, anchors: set[str]) -> None:
    """Give the words an anchor that stand bold at the beginning of a paragraph or an entry."""
    children = inline.children or []
    bold = next((at for at, child in enumerate(children[:2]) if child.type == "strong_open"), None)
    if bold is not None and not "".join(child.content for child in children[:bold]):
        children[bold].attrSet("id", _new(anchor_of(children[bold + 1].content), anchors))


def _new(anchor: str, anchors: set[str]) -> str:
    """This anchor, or one that is still free."""
    number = 0
    while (free := f"{anchor}-{number}" if number else anchor) in anchors:
        number += 1
    anchors.add(free)
    return free


def _lead_within(token: Token) -> None:
    """Have links to other documents and pictures lead to their pages."""
    if token.type == "image":
        name = Path(str(token.attrGet("src"))).stem
        token.attrSet("src", reverse("editing:help_picture", args=[name]))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open":
        path, mark, anchor = str(token.attrGet("href")).partition("#")
        if path.removesuffix(".md") in DOCUMENTS.values():
            token.attrSet("href", f"{address_of(path.removesuffix('.md'))}{mark}{anchor}")


def _sections(name: str, tokens: list[Token]) -> list[Section]:
    heads = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    return [
        Section(
            name,
            tokens[at + 1].content,
            str(tokens[at].attrGet("id")),
            int(tokens[at].tag[1:]),
            folded(" ".join(token.content for token in tokens[at:end] if token.type == "inline")),
        )
        for at, end in pairwise([*heads, len(tokens)])
    ]
