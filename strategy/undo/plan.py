"""What taking back a batch would write today, and what stays and why."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from strategy.document.data import Plain, canonical_json, digest_of, name_with_code
from strategy.editions.adopted import decided_uids
from strategy.editions.renumbering import Renumbering, codes_of
from strategy.history.operations import Operation
from strategy.importing.tree_state import TreeState
from strategy.presentation.side_by_side import FieldView, field_views
from strategy.tree.content import UNDECIDED, Content, fields_of, reworded
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.tree.placement import Parent
from strategy.tree.review import Review
from strategy.undo.beside import BesidePlan
from strategy.undo.origins import OriginsBack
from strategy.undo.places import OldPlace
from strategy.undo.steps import State


@dataclass(frozen=True)
class NodeUndo:
    """What becomes of one node: it goes, comes back, or says something else, stands elsewhere, is agreed otherwise."""

    uid: str
    kind: str
    title: str
    goes: bool = False
    returns: bool = False
    content: Content = field(default_factory=dict)
    place: OldPlace | None = None
    review: str = ""  # what it is to be; "" where that stays
    unmakes_agreement: bool = False  # it was agreed by what is taken back
    origins: OriginsBack | None = None
    gone: tuple[str, ...] = ()  # names of what it cannot refer to again
    state: State | None = None  # of before it was deleted

    @property
    def level(self) -> str:
        """The level in words."""
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class Staying:
    """A node of which something stays as it is, and why, in words."""

    uid: str
    kind: str
    title: str
    says: tuple[str, ...]

    @property
    def level(self) -> str:
        """The level in words."""
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class UndoPlan:
    """Everything that taking back a batch would write to the tree as it is, and all that stays."""

    batch: uuid.UUID
    operation: Operation | None
    tree: TreeState
    nodes: Sequence[NodeUndo]
    staying: Sequence[Staying]
    orders: Mapping[Parent, list[str]]  # once those that go are gone
    written_orders: Mapping[Parent, list[str]]  # while they are still there
    beside: Sequence[BesidePlan]

    @property
    def going(self) -> list[NodeUndo]:
        """Nodes that go."""
        return [each for each in self.nodes if each.goes]

    @property
    def returning(self) -> list[NodeUndo]:
        """Nodes that come back."""
        return [each for each in self.nodes if each.returns]

    @property
    def changing(self) -> list[NodeUndo]:
        """Nodes that stay in the tree and are changed."""
        return [each for each in self.nodes if not each.goes and not each.returns]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take back, or nothing that could be."""
        return not self.nodes and not any(each.written for each in self.beside)

    @property
    def is_whole(self) -> bool:
        """Whether all of it returns, so that nobody need be asked."""
        is_lost = any(each.gone for each in self.nodes) or any(each.stays for each in self.beside)
        return not (self.staying or is_lost or self.ends_responsibilities)

    @property
    def ends_responsibilities(self) -> bool:
        """Whether a theme comes back, which nobody is responsible for until somebody enters it again."""
        return any(each.kind == Kind.THEME for each in self.returning)

    @cached_property
    def decided(self) -> list[Node]:
        """Nodes that the council has adopted, and in which something changes that it decided on: that needs a
        reason."""
        uids = decided_uids() if self.nodes else ()
        return [self.tree.nodes[each.uid] for each in self.nodes if each.uid in uids and self._is_told(each)]

    def _is_told(self, each: NodeUndo) -> bool:
        if each.returns:
            return False
        if each.goes or each.place:
            return True
        fields = reworded(each.kind, self.tree.content(each.uid), each.content)
        return bool({field.name for field in fields} - UNDECIDED)

    @cached_property
    def renumbering(self) -> Renumbering:
        """Which adopted nodes get other codes by it."""
        kinds = {**self.tree.kinds, **{each.uid: each.kind for each in self.returning}}
        gone = {each.uid for each in self.going}
        then = self.tree.after(self.written_orders, {}, gone)
        return Renumbering.between(self._codes, codes_of(then.children, kinds))

    @cached_property
    def _codes(self) -> dict[str, str]:
        return codes_of(self.tree.children, self.tree.kinds)

    @property
    def digest(self) -> str:
        """Of all that would be written and all that stays: another one where something has changed meanwhile."""
        shown = {
            "nodes": [self._shown(each) for each in self.nodes],
            "orders": [[parent, order] for parent, order in self.orders.items()],
            "staying": [[each.uid, list(each.says)] for each in self.staying],
            "beside": [[list(each.written), list(each.stays)] for each in self.beside],
        }
        return digest_of(canonical_json(shown))

    def _shown(self, each: NodeUndo) -> Plain:
        node = self.tree.nodes.get(each.uid)
        today = [self.tree.content(each.uid), str(node.review), self.tree.parents[each.uid]] if node else []
        origins = sorted(each.origins.uids) if each.origins else None
        return [each.uid, each.goes, each.returns, today, each.content, each.review, origins, list(each.gone)]

    def name(self, each: NodeUndo | Staying) -> str:
        """A node's code and title of today, or its title where it is gone."""
        title = self.tree.title(each.uid) if each.uid in self.tree.nodes else each.title
        return name_with_code(self._codes.get(each.uid, ""), title)

    def fields(self, each: NodeUndo) -> list[FieldView]:
        """The fields of a changed node, today and then side by side."""
        if each.goes or each.returns or not each.content:
            return []
        fields = [one for one in fields_of(each.kind) if one.name in each.content]
        return field_views(fields, self.tree.content(each.uid), each.content)

    def place_now(self, each: NodeUndo) -> tuple[str, int] | None:
        """The title of what a node stands below today, and its place there from 1; None where it stays there."""
        if not each.place or each.returns:
            return None
        parent = self.tree.parents[each.uid]
        return self.tree.title(parent), self.tree.below(parent).index(each.uid) + 1

    def place_then(self, each: NodeUndo) -> tuple[str, int] | None:
        """The same once it has gone back or come back."""
        if not each.place:
            return None
        parent = each.place.parent
        titles = {one.uid: one.title for one in self.returning}
        above = titles.get(parent or "") or self.tree.title(parent)
        return above, self.orders[parent].index(each.uid) + 1

    def review_now(self, each: NodeUndo) -> str:
        """The review state of today, in words."""
        return str(Review(self.tree.nodes[each.uid].review).label) if each.review and not each.returns else ""

    def review_then(self, each: NodeUndo) -> str:
        """The review state that it is to have, in words."""
        return str(Review(each.review).label) if each.review else ""
