"""What an import would do: every change, or what is wrong with the table. Made for the preview, and made anew
before anything is written: `digest` tells whether it is the same.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from editing.tables.columns import PARENT, fields_by_name
from editing.tables.contents import Contents
from editing.tables.findings import Finding, TableFindings
from editing.tables.identities import Identities, Item
from editing.tables.sheet import Sheet
from measures.models import Department
from strategy.document.data import canonical_json, digest_of
from strategy.editions.adopted import decided_uids
from strategy.editions.renumbering import Renumbering, codes_of
from strategy.importing.order import NoPlace, kind_of, merged, moved
from strategy.importing.tree_state import TreeState
from strategy.tree.content import UNDECIDED, Content, reworded
from strategy.tree.fields import Field
from strategy.tree.kinds import Kind, first_misplaced
from strategy.tree.models import Node
from strategy.tree.placement import Parent
from strategy.tree.review import Review

MAX_CHANGES = 500  # for some seconds of work nobody else can change the tree


@dataclass(frozen=True)
class Place:
    """Where a node stands: below which (None: at the top), its title, and the place there from 1."""

    parent: str | None
    above: str
    number: int


@dataclass(frozen=True)
class PlannedChange:
    """What becomes of one node. `old` is empty where it is new; `before` is None there, and where it stays."""

    key: str
    kind: str
    title: str
    row: int
    old: Content
    new: Content
    before: Place | None = None
    after: Place | None = None
    contested: Sequence[Field] = ()  # fields that others have changed, too, since the table was downloaded

    @property
    def is_new(self) -> bool:
        """Whether the node is not there yet."""
        return not self.old

    @property
    def reworded(self) -> set[str]:
        """The fields of a node that will say something else to a reader."""
        return {each.name for each in reworded(self.kind, self.old, self.new)}

    @property
    def has_new_parent(self) -> bool:
        """Whether it moves from below one node to below another."""
        return bool(self.before and self.after and self.before.parent != self.after.parent)

    @property
    def level(self) -> str:
        """The level in words."""
        return str(Kind(self.kind).label)

    @property
    def fields(self) -> list[Field]:
        """The fields that will say something else."""
        return [each for name, each in fields_by_name(self.kind).items() if name in self.new]


@dataclass
class Plan:
    """All changes in the order of the table, to the tree as it is; and whose children are others, or stand in
    another order."""

    tree: TreeState
    changes: list[PlannedChange] = field(default_factory=list)
    orders: dict[Parent, list[str]] = field(default_factory=dict)
    findings: TableFindings = field(default_factory=TableFindings)
    warnings: TableFindings = field(default_factory=TableFindings)  # nothing is wrong for sure
    renumbering: Renumbering = field(default_factory=lambda: Renumbering(()))
    unchanged: int = 0
    coming: Sequence[Department] = ()  # departments that come with the table
    absent: int = 0  # nodes of the same themes and chapters that are in no row: they stay

    @property
    def new(self) -> list[PlannedChange]:
        """Nodes that are added."""
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[PlannedChange]:
        """Nodes that will say something else."""
        return [change for change in self.changes if not change.is_new and change.new]

    @property
    def departments(self) -> list[Department]:
        """Those that are made, because what changes names them."""
        named = {change.new["lead"]["key"] for change in self.changes if change.new.get("lead")}
        return [each for each in self.coming if each.key in named]

    @property
    def contested(self) -> list[PlannedChange]:
        """Nodes in which it would take the place of what others have changed since the table was downloaded."""
        return [change for change in self.changes if change.contested]

    @property
    def there_already(self) -> list[PlannedChange]:
        """New nodes beside which there is one of the same level and title: the table was imported before, perhaps."""
        return [change for change in self.new if self._has_namesake(change)]

    def _has_namesake(self, change: PlannedChange) -> bool:
        beside = self.tree.below(change.after.parent) if change.after else ()
        return any(
            (self.tree.kinds[uid], self.tree.title(uid)) == (change.kind, change.title) for uid in beside
        )

    @property
    def moved(self) -> list[PlannedChange]:
        """Nodes that will stand elsewhere."""
        return [change for change in self.changes if change.before]

    @property
    def reopened(self) -> list[PlannedChange]:
        """Nodes that are agreed, and will be up for agreement again: not those in which spaces alone change."""
        agreed = [c for c in self.changes if not c.is_new and self.tree.nodes[c.key].review == Review.AGREED]
        return [c for c in agreed if c.before or c.reworded]

    @cached_property
    def decided(self) -> list[Node]:
        """Nodes in which something changes that the council has decided on: that needs a reason."""
        uids = decided_uids() if self.changes else ()
        return [
            self.tree.nodes[c.key]
            for c in self.changes
            if c.key in uids and (c.before or c.reworded - UNDECIDED)
        ]

    @property
    def digest(self) -> str:
        """The same for the same changes to the same tree."""
        changes = [[each.key, each.kind, each.old, each.new] for each in self.changes]
        orders = [[parent, list(below)] for parent, below in self.orders.items()]
        return digest_of(canonical_json({"changes": changes, "orders": orders}))


def plan_of(sheet: Sheet) -> Plan:
    """What the table would change in the working tree as it is now. A fixed number of queries, and at most a few a
    change: those in which the models check what it says.
    """
    return _Planning(sheet).run()


class _Planning:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.tree = TreeState.now()
        self.plan = Plan(self.tree, coming=sheet.departments)
        self.findings = self.plan.findings
        self.contents = Contents(sheet, self.tree, self.findings)
        self.plan.warnings = self.contents.warnings

    def run(self) -> Plan:
        identities = Identities(self.sheet, self.tree, self.findings)
        items = identities.items()
        self.contents.read(items)
        self.contents.check(items, most=MAX_CHANGES)
        self._order(items, identities.kinds)
        if not self.findings:
            self._note(items, identities.kinds)
        if len(self.plan.changes) > MAX_CHANGES:
            says = _(
                "The file changes %(n)s nodes; at most 500 are possible at once. Please split the table."
            )
            self.findings.append(Finding(_("The whole table"), says % {"n": len(self.plan.changes)}))
        return self.plan

    def _order(self, items: list[Item], kinds: dict[str, str]) -> None:
        """The children of each parent: those in rows in their order, and those that are in no row among them."""
        wanted: dict[Parent, list[str]] = defaultdict(list)
        for item in items:
            wanted[item.parent].append(item.key)
        rows = {item.key: item for item in items}
        for parent, keys in wanted.items():
            wrong = first_misplaced(kind_of(parent, kinds), [kinds[key] for key in keys])
            if wrong is not None:
                self._wrong_order(rows[keys[wrong]], parent, kinds)
                continue
            there = self.tree.below(parent)
            staying = [key for key in there if key not in rows or rows[key].parent == parent]
            try:
                order = merged(parent, keys, staying, kinds)
            except NoPlace as error:
                self._no_place(rows[keys[0]], error.key)
                continue
            if order != list(there):
                self.plan.orders[parent] = order

    def _wrong_order(self, item: Item, parent: str | None, kinds: Any) -> None:
        rules = {
            None: _("Chapters stand before or after the themes, not between them."),
            Kind.THEME: _("A theme has one guideline only."),
            Kind.STRATEGIC_GOAL: _(
                "Measures directly below a strategic goal stand before its operational goals."
            ),
        }
        says = rules[kinds[parent] if parent else None]
        self.findings.row(item.row.number, says)

    def _no_place(self, item: Item, key: str) -> None:
        says = _("“%(title)s”, which is not in the file, stands there already; both cannot.")
        self.findings.cell(self.sheet.address(item.row, PARENT), says % {"title": self.tree.title(key)})

    def _note(self, items: list[Item], kinds: dict[str, str]) -> None:
        going = set(moved(self.tree.children, self.plan.orders, kinds))
        after = self.tree.after(self.plan.orders, {})
        titles = {item.key: self._title(item) for item in items}
        rows = {item.key: item for item in items}
        pushed = [key for key in going if key not in rows]  # pushed aside by what the rows ask for
        for key in [*rows, *sorted(pushed)]:
            change = self._change(key, rows.get(key), key in going, after, titles)
            if change.is_new or change.new or change.before:
                self.plan.changes.append(change)
        self.plan.unchanged = len(items) + len(pushed) - len(self.plan.changes)
        roots = {self.tree.root(key) for key in rows if key in self.tree.nodes}
        now, then = codes_of(self.tree.children, kinds), codes_of(after.children, kinds)
        self.plan.renumbering = Renumbering.between(now, then)
        self.plan.absent = sum(uid not in rows for root in roots for uid in self.tree.branch(root))

    def _change(
        self, key: str, item: Item | None, is_moved: bool, after: TreeState, titles: dict[str, str]
    ) -> PlannedChange:
        is_new = key not in self.tree.nodes
        before = None
        if is_moved and not is_new:
            before = self._place(self.tree.parents[key], key, self.tree.children, {})
        return PlannedChange(
            key,
            item.kind if item else self.tree.kinds[key],
            titles.get(key) or self.tree.title(key),
            item.row.number if item else 0,
            {} if is_new else self.tree.content(key),
            self.contents.changed.get(key, {}),
            before,
            self._place(after.parents[key], key, after.children, titles),
            self.contents.contested.get(key, ()),
        )

    def _title(self, item: Item) -> str:
        return str(self.contents.changed.get(item.key, {}).get("title") or self.tree.title(item.key))

    def _place(self, parent: str | None, key: str, children: Any, titles: dict[str, str]) -> Place:
        above = (titles.get(parent) or self.tree.title(parent)) if parent else ""
        return Place(parent, above, children[parent].index(key) + 1)
