"""The tree page's list as HTML, written in Python as strategy/pages/entry_rows.py is: 1,500 measures are many rows.

Buttons belong by `form` to the two forms of the page: "um" opens and closes, "hoch" and "runter" move. What is
said with every row ("z-auf", "z-hoch", …) stands once on the page and is referred to by aria-labelledby.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editing.models import Proposal
from editing.rights import NodeRights
from editing.tree.since_adopted import Standing
from editing.tree.tree_filter import OPEN_DEPTH, OpenBranches
from strategy.forms.opened_from import SELECTION
from strategy.tree.kinds import Kind, kinds_below, last_place, next_place
from strategy.tree.levels import level_of
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow

_STEPS = {"hoch": -1, "runter": 1}
_NO_STEP = '<span class="node__no-step"></span>'  # so that the other button stays where it is


@dataclass(frozen=True)
class TreeHtml:
    """What the rows show beside themselves, and what this person may do."""

    rows: list[TreeRow]
    branches: OpenBranches
    rights: NodeRights
    may_add_roots: bool
    may_propose: bool
    proposals: Mapping[str, int]
    new_entries: Mapping[str, list[Proposal]]
    remarks: Mapping[str, int]
    standing: Standing | None

    def tree(self) -> SafeString:
        """The tree with its open branches."""
        below: dict[str, list[TreeRow]] = defaultdict(list)
        for row in self.rows:
            below[row.parent_path].append(row)
        return mark_safe(self._list(below, None))

    def flat(self, matching: Iterable[TreeRow], query: str) -> SafeString:
        """The rows that a filter left, each with the names of what stands above it. Their forms know the filter."""
        names = {row.path: row.name for row in self.rows}
        back = f"?{urlencode({SELECTION: query})}"
        items = "".join(
            f'<li class="node" id="k{row.pk}"><div class="node__row">{self._said(row, back)}</div>'
            f'<p class="node__above">{escape(_above(row, names))}</p></li>'
            for row in matching
        )
        return mark_safe(f'<ul class="tree tree--flat">{items}</ul>')

    def _list(self, below: Mapping[str, list[TreeRow]], parent: TreeRow | None) -> str:
        children = below.get(parent.path if parent else "", [])
        kinds = [row.kind for row in children]
        above = parent.kind if parent else None
        items = "".join(
            self._item(
                row,
                below,
                [step for step in _STEPS if next_place(above, kinds, at, _STEPS[step]) is not None],
            )
            for at, row in enumerate(children)
        )
        css = "tree" if parent is None else "tree__children"
        return f'<ul class="{css}">{items}{self._proposed(parent)}{self._adding(parent, children)}</ul>'

    def _item(self, row: TreeRow, below: Mapping[str, list[TreeRow]], steps: list[str]) -> str:
        is_open = row.pk in self.branches.pks
        inner = self._list(below, row) if is_open or (not row.has_children and kinds_below(row.kind)) else ""
        return (
            f'<li class="node node--{row.kind}" id="k{row.pk}"><div class="node__row">'
            f"{_toggle(row, is_open)}{self._said(row)}{self._tools(row, steps)}</div>{inner}</li>"
        )

    def _said(self, row: TreeRow, query: str = "") -> str:
        code = f'<span class="code">{escape(row.codes)}</span> ' if row.codes else ""
        return (
            f'<a class="node__title" id="t{row.pk}" href="{_forms(row.kind)}{row.pk}/change/{query}">'
            f"{code}{escape(row.title)}</a>"
            f'<span class="node__level">{escape(row.level)}</span>'
            f"{self._since(row)}{_review(row.review)}{self._counts(row)}"
        )

    def _since(self, row: TreeRow) -> str:
        """What became of it since the council adopted the strategy."""
        if self.standing is None:
            return ""
        since = self.standing.of(row.uid)
        return f'<span class="since since--{since}">{escape(str(since.label))}</span>'

    def _counts(self, row: TreeRow) -> str:
        html = ""
        if n := self.proposals.get(row.uid):
            words = ngettext("%(n)s proposal", "%(n)s proposals", n) % {"n": n}
            address = f"{reverse('editing:proposals')}?knoten={row.uid}"
            html += f'<a class="node__count" href="{address}">{escape(words)}</a>'
        if n := self.remarks.get(row.uid):
            words = ngettext("%(n)s remark", "%(n)s remarks", n) % {"n": n}
            html += f'<a class="node__count" href="{reverse("editing:remarks", args=[row.uid])}">{escape(words)}</a>'
        return html

    def _tools(self, row: TreeRow, steps: list[str]) -> str:
        if not self.rights.cover_place(row.path):
            return ""
        buttons = "".join(_step(name, row) if name in steps else _NO_STEP for name in _STEPS)
        move = _move(row) if row.depth > OPEN_DEPTH else ""  # themes and guidelines have no other place
        return f'<span class="node__tools">{buttons}{move}</span>'

    def _proposed(self, parent: TreeRow | None) -> str:
        """The nodes that somebody proposes to add here."""
        words = _("proposed")
        return "".join(
            f'<li class="node node--proposed"><span class="proposed">{escape(words)}</span> '
            f'<a href="{reverse("editing:proposal", args=[each.pk])}">{escape(each.title)}</a> '
            f'<span class="node__level">{escape(each.get_kind_display())}</span></li>'
            for each in self.new_entries.get(parent.uid if parent else "", [])
        )

    def _adding(self, parent: TreeRow | None, children: list[TreeRow]) -> str:
        """Links to add what may stand here, for who may; to propose it for who may do that alone."""
        may_add = self.rights.cover(parent.path) if parent else self.may_add_roots
        if not may_add and not self.may_propose:
            return ""
        above, kinds = parent.kind if parent else None, [child.kind for child in children]
        link = _add if may_add else _propose
        links = "".join(
            link(kind, parent) for kind in kinds_below(above) if last_place(above, kinds, kind) is not None
        )
        return f'<li class="node node--add">{links}</li>' if links else ""


def _add(kind: Kind, parent: TreeRow | None) -> str:
    address = f"{_forms(kind)}add/{f'?parent={parent.pk}' if parent else ''}"
    return f'<a class="node__add" href="{address}">+ {escape(capfirst(str(kind.label)))}</a>'


def _propose(kind: Kind, parent: TreeRow | None) -> str:
    address = f"{reverse('editing:propose_new', args=[kind])}{f'?unter={parent.pk}' if parent else ''}"
    words = _("+ propose %(kind)s") % {"kind": capfirst(str(kind.label))}
    return f'<a class="node__add" href="{address}">{escape(words)}</a>'


@cache
def _forms(kind: str) -> str:
    """What the addresses of all forms of a level begin with."""
    meta = level_of(kind).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


def _move(row: TreeRow) -> str:
    address = reverse("editing:move", args=[row.pk])
    return f'<a class="node__move" href="{address}" aria-labelledby="z-weg t{row.pk}">⇄</a>'


def _toggle(row: TreeRow, is_open: bool) -> str:
    if not row.has_children:
        return '<span class="node__toggle"></span>'
    return (
        f'<button class="node__toggle" form="auf" name="um" value="{row.pk}" '
        f'aria-expanded="{"true" if is_open else "false"}" aria-labelledby="z-auf t{row.pk}"></button>'
    )


def _step(name: str, row: TreeRow) -> str:
    sign = "↑" if name == "hoch" else "↓"
    return f'<button form="schritt" name="{name}" value="{row.pk}" aria-labelledby="z-{name} t{row.pk}">{sign}</button>'


def _review(review: str) -> str:
    return f'<span class="review review--{review}">{escape(str(Review(review).label))}</span>'


def _above(row: TreeRow, names: Mapping[str, str]) -> str:
    step = len(row.path) // row.depth
    paths = [row.path[: step * depth] for depth in range(1, row.depth)]
    return " › ".join(names[path] for path in paths if path in names) or _("top level")
