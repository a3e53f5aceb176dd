"""Writing the places of many nodes at once. Called under the tree's lock, by the manager of nodes only."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from strategy.tree.paths import depth_of
from strategy.tree.placement import Branch, Placement
from strategy.tree.subtrees import set_slugs

BATCH = 500  # rows of one statement
OUTSIDE = "-"  # begins the path of a node that is on its way: no step of a path holds this sign


def write_places(model: Any, placement: Placement, new: Sequence[Any], slugs: set[str]) -> None:
    """Bring the tree into the order of a placement; `slugs` are the addresses that are taken."""
    _move(model, placement.branches())
    for number, pks in placement.numbers().items():
        _update(model, pks, numchild=number)
    for node in new:
        node.path = placement.path(str(node.uid))
        node.depth = depth_of(node.path)
        node.numchild = len(placement.orders.get(str(node.uid), ()))
    set_slugs(new, slugs)
    _insert(model, new)


def _move(model: Any, branches: Sequence[Branch]) -> None:
    """Rewrite paths. All leave the tree first: no path may be there twice, not even for a moment."""
    pks = [pk for branch in branches for pk in branch.pks]
    _update(model, pks, path=Concat(Value(OUTSIDE), F("path")))
    leaves = [branch for branch in branches if len(branch.pks) == 1]
    rows = [model(pk=each.pks[0], path=each.new, depth=depth_of(each.new)) for each in leaves]
    model.objects.bulk_update(rows, ["path", "depth"], batch_size=BATCH)
    for branch in branches:
        if len(branch.pks) > 1:
            rest = Substr("path", len(OUTSIDE + branch.old) + 1)
            deeper = depth_of(branch.new) - depth_of(branch.old)
            _update(model, branch.pks, path=Concat(Value(branch.new), rest), depth=F("depth") + deeper)


def _update(model: Any, pks: Sequence[int], **values: Any) -> None:
    for start in range(0, len(pks), BATCH):
        model.objects.order_by().filter(pk__in=pks[start : start + BATCH]).update(**values)


def _insert(model: Any, new: Sequence[Any]) -> None:
    """Add new nodes: at once to the common table, one by one to those of their levels."""
    common = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    rows = [model(**{name: getattr(node, name) for name in common}) for node in new]
    for node, row in zip(new, model.objects.bulk_create(rows, batch_size=BATCH), strict=True):
        node.pk = node.id = row.pk
        node.save_base(raw=True, force_insert=True)  # raw: the table of the node's own level only
