"""Working out what taking back a batch would do: made for the preview, and anew before anything is written."""

import uuid
from collections import defaultdict
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from strategy.history.operations import Operation
from strategy.importing.order import NoPlace
from strategy.importing.tree_state import TreeState
from strategy.tree.placement import Parent
from strategy.tree.references import Targets, names_nodes
from strategy.undo.beside import plans_of
from strategy.undo.built_on import built_on
from strategy.undo.contents import ContentReturn, Contents
from strategy.undo.origins import origins_back
from strategy.undo.places import OldPlace, orders_back, with_going
from strategy.undo.plan import NodeUndo, Staying, UndoPlan
from strategy.undo.reviews import Reviews
from strategy.undo.since import DoneSince
from strategy.undo.steps import NodeStep, steps_of


def undo_plan(batch: uuid.UUID, *, by: User | None) -> UndoPlan:
    """What taking back this batch would write today, if this person did it. A fixed number of queries, and at most a
    few for each node in which the models check what it says."""
    return _Planning(batch, by).run()


class _Planning:
    """What stands in the way of a node's return is found step by step: what stays keeps others there, too."""

    def __init__(self, batch: uuid.UUID, by: User | None) -> None:
        self.batch, self.by = batch, by
        self.tree = TreeState.now()
        self.steps = steps_of(batch)
        self.since = DoneSince(batch)
        self.contents = Contents(self.tree, self.since)
        self.stays: dict[str, dict[str, None]] = defaultdict(dict)  # the sentences, each once
        there = [step for step in self.steps.values() if step.uid in self.tree.nodes]
        self.changed = {step.uid: step for step in there if step.stayed}
        self.going = {step.uid: step for step in there if step.added}
        gone = [step for step in self.steps.values() if step.uid not in self.tree.nodes]
        self.returning = {step.uid: step for step in gone if step.deleted}
        self.kinds = {**self.tree.kinds, **{uid: step.kind for uid, step in self.returning.items()}}
        self.moving: dict[str, OldPlace] = {}
        self.says: dict[str, ContentReturn] = {}

    def run(self) -> UndoPlan:
        for step in gone_since(self.steps, self.tree):
            self._stay(step.uid, _("deleted since"))
        self._keep_what_was_built_on()
        self._say_again()
        self._go_back()
        returning = len(self.returning)
        while not self._is_settled():
            if len(self.returning) < returning:  # what would name them again does without them
                self._say_again()
                returning = len(self.returning)
        return self._plan()

    def _stay(self, uid: str, says: str) -> None:
        self.stays[uid][says] = None

    def _keep_what_was_built_on(self) -> None:
        """New nodes go only as they were left, and where nothing is kept of them."""
        kept = built_on(self.going)
        for uid, step in list(self.going.items()):
            for says in [*self._done_to(step), *kept.get(uid, ())]:
                self._stay(uid, says)
                self.going.pop(uid, None)

    def _done_to(self, step: NodeStep) -> Iterator[str]:
        state, after = self.tree.state(step.uid), step.after or {}
        if step.differs_from(self.tree.content(step.uid)):
            yield self.since.signed(_("changed since"), step.uid, "changed", "restored")
        if state["parent"] != after["parent"]:
            yield self.since.signed(_("moved since"), step.uid, "moved", "restored")
        if state["review"] != after["review"]:
            yield self.since.signed(_("review state changed since"), step.uid, "reviewed", "changed")

    def _say_again(self) -> None:
        self.says = {}
        targets = Targets(self.returning)
        for uid, step in self.changed.items():
            self.says[uid] = self.contents.of_changed(step, targets)
        for uid, step in list(self.returning.items()):
            try:
                self.says[uid] = self.contents.of_deleted(step, targets)
            except ValidationError as error:
                self._leave_deleted(uid, " ".join(error.messages))
        back = {uid: self.says[uid] for uid in self.returning}
        self.contents.settle_addresses({uid: self.says[uid] for uid in self.changed}, back)

    def _go_back(self) -> None:
        for uid, step in self.changed.items():
            if step.move and self._has_moved_since(step):
                says = self.since.signed(_("place: moved since"), uid, "moved", "restored")
                self._stay(uid, says)
            elif step.move:
                before, _after = step.move
                self.moving[uid] = OldPlace(before["parent"], before["position"])
        for uid, step in self.returning.items():
            before = step.before or {}
            self.moving[uid] = OldPlace(before["parent"], before["position"])

    def _has_moved_since(self, step: NodeStep) -> bool:
        _before, after = step.move or ({}, {})
        now = self.tree.state(step.uid)
        is_elsewhere = (now["parent"], now["position"]) != (after["parent"], after["position"])
        return now["parent"] != after["parent"] or (
            is_elsewhere and self.since.was(step.uid, "moved", "restored")
        )

    def _is_settled(self) -> bool:
        """Whether nothing is in the way of anything any more; what is stays as it is, and others are asked again."""
        return not (self._lacks_a_parent() or self._keeps_others() or self._finds_no_place())

    def _lacks_a_parent(self) -> bool:
        there = (self.tree.nodes.keys() - self.going.keys()) | self.returning.keys() | {None}
        lacking = [uid for uid, place in self.moving.items() if place.parent not in there]
        for uid in lacking:
            step = self.steps[uid]
            above = (step.move[0] if step.move else step.before or {})["above"]
            says = _("“%(parent)s”, below which it stood, is not there") % {"parent": above}
            self._leave(uid, says)
        return bool(lacking)

    def _keeps_others(self) -> bool:
        """New nodes stay where others that stay stand below them, or name them."""
        keeping = {**self._standing_below(), **self._naming()}
        for uid, says in keeping.items():
            self._stay(uid, says)
            del self.going[uid]
        return bool(keeping)

    def _standing_below(self) -> dict[str, str]:
        says = {}
        for uid in self.going:
            staying = [
                each for each in self.tree.below(uid) if each not in self.going and each not in self.moving
            ]
            if staying:
                says[uid] = _("“%(node)s” stands below it") % {"node": self.tree.title(staying[0])}
        return says

    def _naming(self) -> dict[str, str]:
        says: dict[str, str] = {}
        for uid, node in self.tree.nodes.items() if self.going else ():
            for field in names_nodes(node.kind) if uid not in self.going else ():
                content = self.says[uid].content if uid in self.says else {}
                for named in content.get(field.name, field.read(node)) or ():
                    if named["key"] in self.going:
                        says[named["key"]] = _("“%(node)s” names it") % {"node": node.title}
        return says

    def _finds_no_place(self) -> bool:
        try:
            self.orders = orders_back(self.tree.children, self.kinds, self.moving, self.going)
            self.written_orders = with_going(self.orders, self.tree.children, self.kinds, self.going)
        except NoPlace as error:
            self._leave(error.key, _("where it stood there is no place for it any more"))
            return True
        return False

    def _leave(self, uid: str, says: str) -> None:
        if uid in self.going:  # as others are to have its place
            del self.going[uid]
            self._stay(uid, says)
        elif uid in self.returning:
            self._leave_deleted(uid, says)
        else:
            self.moving.pop(uid)
            self._stay(uid, says)

    def _leave_deleted(self, uid: str, says: str) -> None:
        del self.returning[uid]
        self.moving.pop(uid, None)
        self._stay(uid, says)

    def _plan(self) -> UndoPlan:
        for uid, result in self.says.items():
            for says in result.stays:
                self._stay(uid, says)
        operation = Operation.objects.filter(uid=self.batch).first()
        nodes = [*self._going(), *self._returning(), *self._changing()]
        orders = {parent: order for parent, order in self.orders.items() if self._is_new_order(parent, order)}
        return UndoPlan(
            batch=self.batch,
            operation=operation,
            tree=self.tree,
            nodes=nodes,
            staying=[self._staying(uid, says) for uid, says in self.stays.items()],
            orders=orders,
            written_orders={parent: self.written_orders[parent] for parent in orders},
            beside=plans_of(operation.details) if operation else [],
        )

    def _is_new_order(self, parent: Parent, order: list[str]) -> bool:
        return order != [uid for uid in self.tree.below(parent) if uid not in self.going]

    def _staying(self, uid: str, says: dict[str, None]) -> Staying:
        step = self.steps[uid]
        return Staying(uid, step.kind, step.title, tuple(says))

    def _going(self) -> Iterator[NodeUndo]:
        for uid in self.tree.in_order(self.going):
            yield NodeUndo(uid, self.going[uid].kind, self.going[uid].title, goes=True)

    def _returning(self) -> Iterator[NodeUndo]:
        reviews = Reviews(self.tree, self.since, self.by)
        for uid, step in self.returning.items():
            result = self.says[uid]
            yield NodeUndo(
                uid,
                step.kind,
                step.title,
                returns=True,
                content=result.content,
                place=self.moving[uid],
                review=reviews.of_deleted(step, result),
                gone=tuple(result.gone),
                state=step.before,
            )

    def _changing(self) -> Iterator[NodeUndo]:
        reviews = Reviews(self.tree, self.since, self.by)
        origins = origins_back(self.changed.values())
        for uid, step in self.changed.items():
            result, place = self.says[uid], self.moving.get(uid)
            if place and not self._is_new_order(place.parent, self.orders[place.parent]):
                place = None
            review = reviews.of_changed(step, result, place)
            for says in review.stays:
                self._stay(uid, says)
            if result.content or place or review.state or uid in origins:
                yield NodeUndo(
                    uid,
                    step.kind,
                    step.title,
                    content=result.content,
                    place=place,
                    review=review.state,
                    unmakes_agreement=step.agreed,
                    origins=origins.get(uid),
                    gone=tuple(result.gone),
                )


def gone_since(steps: dict[str, NodeStep], tree: TreeState) -> Iterator[NodeStep]:
    """What was changed and is no longer in the tree."""
    yield from (step for step in steps.values() if step.stayed and step.uid not in tree.nodes)
