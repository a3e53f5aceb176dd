"""Entries of a Document as blocks for print: plain data that the templates set one after the other.

A block is {"is": ...}: "heading", "rich" (a tree of strategy.text.markdown), "aside" (the same with a head, set
apart), "easy" (the same in Leichte Sprache), "facts" (rows of label and tree), "framed" (blocks within), "wide" (blocks
that take the margin too), "kept" (blocks that stay on one sheet, or say their code again), "table" or "note" (one
sentence).
"""

import re
from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from printing.printed_entries import decision_of
from strategy.document.data import Plain, sdg_name
from strategy.document.document import Document, Entry
from strategy.presentation.facts import Fact
from strategy.presentation.facts import facts as facts_of
from strategy.text.markdown import Tree
from strategy.text.sentences import sentence_by_line
from strategy.tree.kinds import kinds_below
from strategy.tree.levels import level_of

Block = dict[str, Plain]

COLOUR = re.compile(r"\A#[0-9A-Fa-f]{6}\Z")
PLAIN_COLOUR = "#14212b"


def whole(document: Document, entries: Iterable[Entry], level: int = 1, *, has_contents: bool) -> list[Block]:
    """The entries with all below them, headings from `level` on. `has_contents` says whether a table of contents
    lists them, by their levels."""
    writer = _Writer(document, has_contents=has_contents)
    return [block for entry in entries for block in writer.entry(entry, level)]


def goals(document: Document, theme: Entry) -> list[Block]:
    """A theme with its guideline and goals, each of them with its title alone."""
    writer = _Writer(document, has_contents=True)
    blocks = [writer.heading(theme, 1), *map(writer.framed, filter(None, [theme.guideline]))]
    for goal in theme.strategic_goals:
        blocks.append(_short_heading(goal, 2, style="short_top"))
        if not goal.values.get("assignment_confirmed", True):
            blocks.append({"is": "note", "text": _("The assignment to this theme is not confirmed.")})
        blocks += [_short_heading(each, 3, style="short") for each in goal.operational_goals]
    return blocks


def _short_heading(goal: Entry, level: int, *, style: str) -> Block:
    """The title of a goal that is listed."""
    return heading(goal.title, level, code=goal.code, style=style, colour=colour_of(goal))


def heading(title: str, level: int, **more: Plain) -> Block:
    """A heading of our own; `more` as that of an entry has it."""
    plain = {"code": "", "kicker": "", "style": "plain", "colour": PLAIN_COLOUR, "in_contents": False}
    return {"is": "heading", "title": title, "level": level, **plain, **more}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Labels with their values, empty ones left out."""
    return {"is": "facts", "rows": [[label, lines(value)] for label, value in rows if value]}


def lines(text: str) -> Tree:
    """A text that is no Markdown as a tree, line by line."""
    tree: Tree = []
    for line in text.split("\n"):
        tree += [{"is": "br", "of": []}, line] if tree else [line]
    return tree


class _Writer:
    """Writes entries of one Document."""

    def __init__(self, document: Document, *, has_contents: bool) -> None:
        self.document = document
        self.has_contents = has_contents

    def entry(self, entry: Entry, level: int) -> Iterator[Block]:
        """An entry and all below it. What stands below a framed one is set as if it stood below its parent."""
        is_framed = level_of(entry.kind).paper.is_framed
        if is_framed:
            yield self.framed(entry, level)
        elif kinds_below(entry.kind):
            yield self.heading(entry, level)
            yield from self.said(entry)
        else:
            of = [self.heading(entry, level), *self.said(entry)]
            yield {"is": "kept", "code": entry.code, "of": of}
        below = level if is_framed else level + 1
        for child in entry.children:
            yield from self.entry(child, below)

    def heading(self, entry: Entry, level: int) -> Block:
        paper = level_of(entry.kind).paper
        return heading(
            entry.title,
            level,
            code=entry.code,
            kicker=_kicker(entry, level),
            # what is printed alone leads its sheets
            style="lead" if level == 1 and entry.parent else paper.style,
            colour=colour_of(entry),
            in_contents=self.has_contents and paper.in_contents,
        )

    def framed(self, entry: Entry, level: int = 2) -> Block:
        style = level_of(entry.kind).paper.style
        return {
            "is": "framed",
            "colour": colour_of(entry),
            "of": [heading(entry.title, level, style=style), *self.said(entry)],
        }

    def said(self, entry: Entry) -> Iterator[Block]:
        """All that an entry says beside its title."""
        if entry.text:
            yield {"is": "rich", "of": entry.content.tree(entry.text)}
        if entry.content.easy_text:
            head = _("In plain German (Leichte Sprache)")
            easy = sentence_by_line(entry.content.easy_text, entry.content.text_rule)
            yield {"is": "easy", "head": head, "of": entry.content.tree(easy)}
        if not entry.values.get("assignment_confirmed", True):
            head = _("The assignment to this theme is not confirmed.")
            note = entry.content.tree(entry.values.get("assignment_note") or "")
            yield {"is": "aside", "head": head, "of": note}
        if rows := list(self._rows(entry)):
            yield {"is": "facts", "rows": rows}

    def _rows(self, entry: Entry) -> Iterator[list[Plain]]:
        if decision := decision_of(entry):
            yield [capfirst(entry.level.by_name["decision"].label), [decision]]
        for fact in facts_of(entry):
            yield [capfirst(fact.label), self._value(fact)]

    def _value(self, fact: Fact) -> Tree:
        if fact.template == "markdown":
            return _beside(fact.content.tree(fact.value))
        if fact.template == "sdgs":
            return ["; ".join(sdg_name(each["key"], each["name"]) for each in fact.value)]
        if fact.template == "nodes":
            return ["; ".join(map(self._reference, fact.value))]
        return lines("; ".join(fact.lines))

    def _reference(self, node: dict[str, str]) -> str:
        entry = self.document.by_uid.get(node["key"])
        return entry.name if entry else node["name"]


def _beside(tree: Tree) -> Tree:
    """A tree that begins on the line of its label: its first paragraph stands by itself."""
    if tree and isinstance(tree[0], dict) and tree[0]["is"] == "p":
        return [*tree[0]["of"], *tree[1:]]
    return tree


def _kicker(entry: Entry, level: int) -> str:
    """What stands above a title: of which level it is, where that is not plain; a root says its code there too."""
    name = capfirst(entry.level.name)
    if entry.parent is None:
        return f"{name} {entry.code}" if entry.code else ""
    return name if level_of(entry.kind).paper.is_named or level == 1 else ""


def colour_of(entry: Entry) -> str:
    """The colour of the theme that an entry belongs to."""
    colour = entry.theme.values.get("colour") or ""
    return colour if COLOUR.match(colour) else PLAIN_COLOUR
