"""The order of the working tree: where new and moved nodes come to stand, and bringing it about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from strategy.tree.kinds import admits
from strategy.tree.models import Node, NodeManager
from strategy.tree.subtrees import Subtree

Parent = str | None


def insertion(parent: str | None, kinds: Sequence[str], kind: str, at: int) -> int | None:
    """The place nearest to `at` where a node of `kind` may join these children; None where there is none."""
    places = sorted(range(len(kinds) + 1), key=lambda place: (abs(place - at), place < at))
    return next((place for place in places if admits(parent, [*kinds[:place], kind, *kinds[place:]])), None)


class TreeOrder:
    """Which nodes stand below which, as uids, kept in step with the database."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.kinds: dict[Parent, str | None] = {None: None}
        self.parents: dict[str, Parent] = {}
        self.children: dict[Parent, list[str]] = {None: []}
        for row in rows:
            self._note(row["uid"], row["kind"], row["parent"])

    def _note(self, uid: str, kind: str, parent: Parent) -> None:
        self.kinds[uid] = kind
        self.parents[uid] = parent
        self.children.setdefault(parent, []).append(uid)

    def arranged(
        self, parent: Parent, wanted: list[str], kinds: Mapping[str, str], *, leaving: set[str], restore: bool
    ) -> tuple[list[str], str | None]:
        """The children of `parent` once all of `wanted` stand there, and the first that finds no place.

        Children keep their order. With `restore`, those that are wanted take the wanted order among them.
        """
        order = [uid for uid in self.children.get(parent, []) if uid not in leaving]
        if not order:
            return wanted, None
        staying = set(order) & set(wanted)
        if restore:
            order = self._restored(parent, order, [uid for uid in wanted if uid in staying])
        for place, uid in enumerate(wanted):
            if uid in staying:
                continue
            before = next((each for each in reversed(wanted[:place]) if each in staying), None)
            after = next((each for each in wanted[place:] if each in staying), None)
            at = order.index(before) + 1 if before else order.index(after) if after else len(order)
            index = insertion(self.kinds[parent], [self._kind(each, kinds) for each in order], kinds[uid], at)
            if index is None:
                return order, uid
            order.insert(index, uid)
            staying.add(uid)
        return order, None

    def _kind(self, uid: str, kinds: Mapping[str, str]) -> str:
        return kinds.get(uid) or self.kinds[uid] or ""

    def _restored(self, parent: Parent, order: list[str], expected: list[str]) -> list[str]:
        """The same children: the expected ones in their order, each of the others where it stood, if it may."""
        names = set(expected)
        following = iter(expected)
        restored = [next(following) if uid in names else uid for uid in order]
        kinds = [str(self.kinds[uid]) for uid in restored]
        if admits(self.kinds[parent], kinds):
            return restored
        result = list(expected)
        for uid in order:
            if uid not in names:
                at = order.index(uid)
                kinds = [str(self.kinds[each]) for each in result]
                index = insertion(self.kinds[parent], kinds, str(self.kinds[uid]), at)
                result.insert(len(result) if index is None else index, uid)
        return result

    def settle(self, finals: Mapping[Parent, list[str]], new: Mapping[str, Subtree]) -> None:
        """Bring the children of these parents, all of one depth, into their final order in the database."""
        for parent, final in finals.items():
            for uid in final:
                if uid in self.parents and self.parents[uid] != parent:
                    self._move_below(uid, parent)
        for parent, final in finals.items():
            self._sort(parent, [uid for uid in final if uid in self.parents])
            self._add(parent, final, new)

    def _move_below(self, uid: str, parent: Parent) -> None:
        _move(uid, parent or self.children[None][-1], "last-child" if parent else "last-sibling")
        self.children[self.parents[uid]].remove(uid)
        self._note(uid, str(self.kinds[uid]), parent)

    def _sort(self, parent: Parent, final: list[str]) -> None:
        now = self.children.get(parent, [])
        for index, uid in enumerate(final):
            if now[index] != uid:
                _move(uid, now[index], "left")
                now.remove(uid)
                now.insert(index, uid)

    def _add(self, parent: Parent, final: list[str], new: Mapping[str, Subtree]) -> None:
        last: list[Subtree] = []
        for index, uid in enumerate(final):
            if uid in self.parents:
                continue
            following = next((each for each in final[index:] if each in self.parents), None)
            if following is None:
                last.append(new[uid])
                continue
            node = new[uid].node
            Node.objects.add_sibling(_node(following), "left", instance=node)
            Node.objects.add_subtrees(_node(uid), new[uid].children)
            self.children[parent].insert(self.children[parent].index(following), uid)
            self._note_new(new[uid], parent, is_placed=True)
        if last:
            Node.objects.add_subtrees(_node(parent) if parent else None, last)
            for tree in last:
                self._note_new(tree, parent)

    def _note_new(self, tree: Subtree, parent: Parent, *, is_placed: bool = False) -> None:
        uid = str(tree.node.uid)
        if is_placed:
            self.kinds[uid], self.parents[uid] = tree.node.kind, parent
        else:
            self._note(uid, tree.node.kind, parent)
        for child in tree.children:
            self._note_new(child, uid)


def _node(uid: str) -> Node:
    return Node.objects.get(uid=uid)


def _move(uid: str, target: str, pos: str) -> None:
    # Treebeard's own move: on the way to an order that the levels admit there may be one that they do not.
    super(NodeManager, Node.objects).move(_node(uid), _node(target), pos)
