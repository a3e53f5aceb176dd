"""What goes into an edition: agreed nodes as they are, others with their last agreed content and place, or not.

Plain values in, plain values out. A node that is left out takes all below it along.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from strategy.document.data import COMMON_FIELDS, Plain
from strategy.tree.kinds import admits, nearest_place

Row = Mapping[str, Plain]  # a node of an edition's data, without its code
AS_IT_IS, AS_AGREED, LEFT_OUT = "working", "agreed", "out"


@dataclass(frozen=True)
class Agreed:
    """The state of a node when it was agreed last (of strategy.history.models), and whether it was moved since.

    `order` grows with the time at which the agreement ended.
    """

    state: Mapping[str, Plain]
    was_moved: bool
    order: int


@dataclass(frozen=True)
class Arrangement:
    """The rows of an edition to be, in the order of the document; and what becomes of nodes that aren't agreed.

    `open` has these by uid, in the order of the working tree, with what was chosen; one whose place is gone is
    left out in spite of it, and so in `stranded`, as is all below nodes that are left out.
    """

    rows: tuple[Row, ...]
    open: Mapping[str, str]
    stranded: tuple[str, ...]


def arrange(
    rows: Sequence[Row],
    reviews: Mapping[str, str],
    agreed: Mapping[str, Agreed],
    choices: Mapping[str, str],
) -> Arrangement:
    """Put together an edition from the working tree. `choices` is by uid, for nodes that aren't agreed."""
    open_ = {
        row["uid"]: _choice(choices.get(row["uid"]), row["uid"] in agreed)
        for row in rows
        if reviews[row["uid"]] != "agreed"
    }
    children = _children(rows, open_, agreed)
    kinds = {row["uid"]: row["kind"] for row in rows}
    by_uid = {row["uid"]: row for row in rows}
    selected = tuple(
        _row(by_uid[uid], parent, open_.get(uid), agreed) for uid, parent in _walk(children, kinds, None)
    )
    there = {row["uid"] for row in selected}
    stranded = tuple(uid for uid in by_uid if uid not in there and open_.get(uid) != LEFT_OUT)
    return Arrangement(selected, open_, stranded)


def _choice(wanted: str | None, was_agreed: bool) -> str:
    """What becomes of a node that isn't agreed: what somebody decided, else its agreed state where it has one."""
    if wanted in (AS_IT_IS, LEFT_OUT):
        return wanted
    return AS_AGREED if was_agreed else LEFT_OUT


def _children(
    rows: Sequence[Row], open_: Mapping[str, str], agreed: Mapping[str, Agreed]
) -> dict[str | None, list[str]]:
    """The uids below each parent. Moves are taken back from the last to the first, as one would undo them."""
    kinds = {row["uid"]: row["kind"] for row in rows}
    parents = {row["uid"]: row["parent"] for row in rows}
    children: dict[str | None, list[str]] = defaultdict(list)
    for row in rows:
        children[row["parent"]].append(row["uid"])
    returning = [uid for uid, choice in open_.items() if choice == AS_AGREED and agreed[uid].was_moved]
    for uid in sorted(returning, key=lambda uid: agreed[uid].order, reverse=True):
        children[parents[uid]].remove(uid)
        old = agreed[uid].state["parent"]
        if old is None or old in kinds:
            _insert(uid, children[old], agreed[uid].state["position"], kinds.get(old), kinds)
    return {
        parent: [uid for uid in below if open_.get(uid) != LEFT_OUT] for parent, below in children.items()
    }


def _insert(
    uid: str, siblings: list[str], position: int, above: str | None, kinds: Mapping[str, str]
) -> None:
    """At its old position, or the nearest that its level may have; nowhere where there is none."""
    index = nearest_place(above, [kinds[each] for each in siblings], kinds[uid], position)
    if index is not None:
        siblings.insert(index, uid)


def _walk(
    children: Mapping[str | None, list[str]], kinds: Mapping[str, str], parent: str | None
) -> Iterator[tuple[str, str | None]]:
    """Each uid with its parent's, in the order of the document; only what may stand where it is."""
    placed: list[str] = []
    for uid in children.get(parent, ()):
        above = kinds[parent] if parent else None
        if admits(above, [*(kinds[each] for each in placed), kinds[uid]]):
            placed.append(uid)
            yield uid, parent
            yield from _walk(children, kinds, uid)


def _row(row: Row, parent: str | None, choice: str | None, agreed: Mapping[str, Agreed]) -> Row:
    if choice != AS_AGREED:
        return {**row, "parent": parent}
    content = agreed[row["uid"]].state["content"]
    common = {name: content[name] for name in COMMON_FIELDS}
    values = {name: content.get(name, value) for name, value in row["values"].items()}
    return {**row, **common, "values": values, "parent": parent}
