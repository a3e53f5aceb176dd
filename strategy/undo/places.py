"""Where nodes go back to: each among the siblings that it has there today. Plain Python: uids, levels, lists."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from strategy.importing.order import NoPlace, kind_of, merged
from strategy.tree.kinds import nearest_place
from strategy.tree.placement import Parent


@dataclass(frozen=True)
class OldPlace:
    """Where a node stood: below which (None: at the top), and its place among its siblings, from 0."""

    parent: Parent
    position: int


def orders_back(
    children: Mapping[Parent, Sequence[str]],
    kinds: Mapping[str, str],
    places: Mapping[str, OldPlace],
    going: Collection[str],
) -> dict[Parent, list[str]]:
    """The children of those parents to which nodes go back, in their order, without those that are `going`.

    Positions are those before anything was done, so that what stood side by side does so again. NoPlace where the
    levels do not admit it.
    """
    arriving: dict[Parent, list[tuple[int, str]]] = defaultdict(list)
    for uid, place in places.items():
        arriving[place.parent].append((place.position, uid))
    orders = {}
    for parent, arrivals in arriving.items():
        order = [uid for uid in children.get(parent, ()) if uid not in places and uid not in going]
        for position, uid in sorted(arrivals, key=lambda each: each[0]):
            others = [kinds[each] for each in order]
            index = nearest_place(kind_of(parent, kinds), others, kinds[uid], position)
            if index is None:
                raise NoPlace(uid)
            order.insert(index, uid)
        orders[parent] = order
    return orders


def with_going(
    orders: Mapping[Parent, list[str]],
    children: Mapping[Parent, Sequence[str]],
    kinds: Mapping[str, str],
    going: Collection[str],
) -> dict[Parent, list[str]]:
    """The same while those that go are still there: what is to stand elsewhere leaves them first."""
    result = {}
    for parent, order in orders.items():
        staying = set(order)
        there = [uid for uid in children.get(parent, ()) if uid in staying or uid in going]
        result[parent] = merged(parent, order, there, kinds)
    return result
