"""Entries of a Document as HTML for paper: each with all below it, and measures as rows of a table.

Written in Python, as docs/adr/0008 says: a template for each measure would miss the bar of the whole strategy on
one page. Everything that comes from an entry is escaped here, or is HTML that strategy.text.markdown has made.
"""

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from printing.measure_table import cost_lines, groups
from printing.printout import Printout
from strategy.document.data import Plain
from strategy.document.declaration import DeclaredField
from strategy.document.document import Document, Entry
from strategy.templatetags.strategy import prose
from strategy.tree.levels import level_of

WIDE = ("markdown", "sdgs", "nodes")  # facts that take the whole width


class PaperRows:
    """Writes the entries of one Document. Words that repeat with every entry are looked up once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._roots = {root.uid: number for number, root in enumerate(document.roots, start=1)}
        self._labels: dict[tuple[str, str], str] = {}
        self._shown: dict[str, list[DeclaredField]] = {}
        self._known: dict[tuple[str, str, Plain], str] = {}
        self._sdgs: dict[Plain, str] = {}
        self._columns = [escape(each) for each in (_("Lead"), _("Period"), _("Cost"), _("Decision status"))]

    def whole(self, entries: Iterable[Entry], level: int) -> SafeString:
        """The entries with all below them. `level` is that of their headings."""
        return mark_safe("".join(self._entry(entry, level) for entry in entries))

    def guidelines(self, themes: Iterable[Entry]) -> SafeString:
        """Each theme with its guideline's text, and its goals as a list."""
        return mark_safe("".join(self._guideline(theme) for theme in themes))

    def table(self, printout: Printout) -> SafeString:
        """The measures of a printout as bodies of one table, in groups."""
        return mark_safe("".join(self._group(name, rows) for name, rows in groups(printout)))

    def running(self, entry: Entry) -> str:
        """The class of the sheets that name the root of this entry (printing/page_margins.py)."""
        return f"running-{self._roots[entry.theme.uid]}"

    def _entry(self, entry: Entry, level: int) -> str:
        own = f"{self._heading(entry, level)}{_texts(entry)}{self._facts(entry)}"
        is_framed = level_of(entry.kind).paper.is_framed
        below_level = level if is_framed else level + 1
        below = "".join(self._entry(child, below_level) for child in entry.children)
        if is_framed:  # what is below it stands beside it
            return (
                f'<section class="entry entry--{entry.kind}" id="n-{escape(entry.slug)}">{own}</section>'
                f"{below}"
            )
        root = "" if entry.parent else f" part tf-{escape(entry.slug)} {self.running(entry)}"
        classes = f"entry entry--{entry.kind}{root}"
        return f'<section class="{classes}" id="n-{escape(entry.slug)}">{own}{below}</section>'

    def _guideline(self, theme: Entry) -> str:
        text = f'<div class="prose">{prose(theme.guideline.text_html)}</div>' if theme.guideline else ""
        return (
            f'<section class="entry entry--short tf-{escape(theme.slug)}">{self._heading(theme, 2)}{text}'
            f"{_goal_list(theme.strategic_goals)}</section>"
        )

    def _heading(self, entry: Entry, level: int) -> str:
        code = f'<span class="entry__code">{escape(entry.code)}</span> ' if entry.code else ""
        is_named = level_of(entry.kind).paper.is_named
        label = f'<span class="entry__level">{self._level(entry)}</span> ' if is_named else ""
        return f"<h{level}>{code}<span>{label}{escape(entry.title)}</span></h{level}>"

    def _level(self, entry: Entry) -> str:
        return self._label(entry.kind, "", entry.level.name)

    def _label(self, kind: str, name: str, label: str) -> str:
        if (kind, name) not in self._labels:
            self._labels[kind, name] = escape(capfirst(label))
        return self._labels[kind, name]

    def _facts(self, entry: Entry) -> str:
        items = "".join(self._items(entry))
        return f'<dl class="facts">{items}</dl>' if items else ""

    def _items(self, entry: Entry) -> Iterator[str]:
        """What an entry's page lists, and a measure's decision status before it. Equal values are set once."""
        for field in self._fields(entry):
            value = entry.values.get(field.name)
            if field.kind == "derived" or isinstance(value, (list, dict)):
                yield self._item(entry, field)
                continue
            key = entry.kind, field.name, value
            if key not in self._known:
                self._known[key] = self._item(entry, field)
            yield self._known[key]

    def _fields(self, entry: Entry) -> list[DeclaredField]:
        if entry.kind not in self._shown:
            fields = entry.level.own_fields
            first = [field for field in fields if field.name == "decision"]
            self._shown[entry.kind] = [*first, *(field for field in fields if field.shown)]
        return self._shown[entry.kind]

    def _item(self, entry: Entry, field: DeclaredField) -> str:
        lines = entry.said(field.name)
        if not lines:
            return ""
        wide = ' class="facts__wide"' if field.shown in WIDE else ""
        label = self._label(entry.kind, field.name, field.label)
        return f"<div{wide}><dt>{label}</dt><dd>{self._value(entry, field, lines)}</dd></div>"

    def _value(self, entry: Entry, field: DeclaredField, lines: list[str]) -> str:
        value: Plain = entry.values.get(field.name)
        if field.shown == "markdown":
            return prose(entry.content.html(value))
        if field.shown == "sdgs":
            return " ".join(self._sdg(each) for each in value)
        if field.shown == "nodes":
            return "; ".join(self._reference(each) for each in value)
        return escape(", ".join(lines))

    def _sdg(self, sdg: dict[str, Plain]) -> str:
        key = sdg["key"], sdg["name"]
        if key not in self._sdgs:
            number = escape(str(sdg["key"]))
            self._sdgs[key] = (
                f'<span class="sdg-name"><span class="sdg sdg-{number}">SDG&nbsp;{number}</span>&nbsp;'
                f"{escape(sdg['name'])}</span>"
            )
        return self._sdgs[key]

    def _reference(self, node: dict[str, str]) -> str:
        entry = self.document.by_uid.get(node["key"])
        return escape(entry.name if entry else node["name"])

    def _group(self, name: str, measures: Iterable[Entry]) -> str:
        head = f'<tr class="group"><th colspan="6" scope="rowgroup">{escape(name)}</th></tr>' if name else ""
        return f"<tbody>{head}{''.join(self._row(measure) for measure in measures)}</tbody>"

    def _row(self, measure: Entry) -> str:
        cells = (
            _line(measure, "lead"),
            _line(measure, "period"),
            _cost(measure),
            escape(decision_of(measure)),
        )
        shown = "".join(
            f'<td data-label="{column}">{cell or "–"}</td>'
            for column, cell in zip(self._columns, cells, strict=True)
        )
        return (
            f'<tr><td class="entry__code">{escape(measure.code)}</td>'
            f'<th scope="row">{escape(measure.title)}</th>{shown}</tr>'
        )


def decision_of(entry: Entry) -> str:
    """The decision status as it was frozen, in words; "" where there is none."""
    status: dict[str, str] = entry.values.get("decision") or {}
    return status.get("name", "")


def _goal_list(goals: Iterable[Entry]) -> str:
    items = "".join(
        f'<li><span class="entry__code">{escape(goal.code)}</span> <span>{escape(goal.title)}</span>'
        f"{_unconfirmed_in_short(goal)}"
        f"{_goal_list(goal.operational_goals)}</li>"
        for goal in goals
    )
    return f'<ul class="goals">{items}</ul>' if items else ""


def _unconfirmed_in_short(goal: Entry) -> str:
    if goal.values.get("assignment_confirmed", True):
        return ""
    return f' <span class="goals__note">{escape(_("The assignment to this theme is not confirmed."))}</span>'


def _texts(entry: Entry) -> str:
    text = f'<div class="prose">{prose(entry.text_html)}</div>' if entry.text else ""
    return f"{text}{_easy(entry)}{_unconfirmed(entry)}"


def _easy(entry: Entry) -> str:
    if not entry.content.easy_text:
        return ""
    return (
        f'<div class="aside aside--easy"><p class="aside__head">'
        f"{escape(_('In plain German (Leichte Sprache)'))}</p>"
        f'<div class="prose">{prose(entry.easy_html)}</div></div>'
    )


def _unconfirmed(entry: Entry) -> str:
    if entry.values.get("assignment_confirmed", True):
        return ""
    note = entry.values.get("assignment_note") or ""
    return (
        f'<div class="aside"><p class="aside__head">'
        f"{escape(_('The assignment to this theme is not confirmed.'))}</p>"
        f'<div class="prose">{prose(entry.content.html(note))}</div></div>'
    )


def _line(measure: Entry, name: str) -> str:
    return escape(", ".join(measure.said(name)))


def _cost(measure: Entry) -> str:
    return "<br>".join(escape(line) for line in cost_lines(measure))
