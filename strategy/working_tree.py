"""The working tree as the data of a Document, and the check that it is whole. A fixed number of queries."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from strategy.document import FORMAT, Document, Plain, with_codes
from strategy.fields import Reference, plain_values
from strategy.kinds import DEPTHS, Kind, admits
from strategy.levels import levels, meta
from strategy.models import Node, Strategy

STEP = Node.steplen


def read(*, basis: dict[str, Plain] | None = None) -> dict[str, Any]:
    """The working tree as an edition's data (see strategy.document).

    `basis` is the council paper that it refers to: by default the one that the title page names, {} for none.
    """
    nodes = list(rows())
    strategy = Strategy.current()
    others = meta()
    named = others.pop("basis", None)
    return {
        "format": FORMAT,
        "meta": {
            "city": strategy.city,
            "title": strategy.title,
            "subtitle": strategy.subtitle,
            "edition": {"title": strategy.edition_title, "remark": strategy.edition_remark},
            "basis": named if basis is None else basis or None,
            "has_sample": any(node["is_sample"] for node in nodes),
            **others,
        },
        "nodes": with_codes(nodes),
    }


def preview() -> Document:
    """The working tree as a Document, for editors."""
    return Document.from_data(read())


def rows() -> Iterator[dict[str, Any]]:
    """Every node as an edition's data would hold it, but without codes. In the order of the document."""
    known = {level.kind: level for level in levels()}
    nodes = list(Node.objects.select_related(*(level.attribute for level in known.values())))
    for level in known.values():
        own = [getattr(node, level.attribute) for node in nodes if node.kind == level.kind]
        if own:
            prefetch_related_objects(
                own, *(each.name for each in level.fields if isinstance(each, Reference))
            )
        if own and level.prepare:
            level.prepare(own)
    uids = {node.path: str(node.uid) for node in nodes}
    for node in nodes:
        level = known[node.kind]
        yield {
            "uid": uids[node.path],
            "parent": uids.get(node.path[:-STEP]),
            "kind": node.kind,
            "title": node.title,
            "slug": node.slug,
            "text": node.text,
            "easy_text": node.easy_text,
            "is_sample": node.is_sample,
            "values": plain_values(level.fields, getattr(node, level.attribute)),
        }


def problems() -> list[str]:
    """What is wrong with the structure of the tree, a German sentence each; [] where it is whole."""
    nodes = list(Node.objects.order_by("path"))
    by_path = {node.path: node for node in nodes}
    children: dict[str, list[Node]] = defaultdict(list)
    found = []
    for node in nodes:
        above = node.path[:-STEP]
        children[above].append(node)
        if len(node.path) % STEP or set(node.path) - set(Node.alphabet):
            found.append(_("%(node)s: the path %(path)s is malformed.") % _named(node))
        if node.depth != len(node.path) // STEP or node.depth not in DEPTHS[node.kind]:
            found.append(_("%(node)s: the depth %(depth)s is wrong.") % _named(node))
        if above and above not in by_path:
            found.append(_("%(node)s: the parent is missing (orphan).") % _named(node))
    counts = Counter(node.path[:-STEP] for node in nodes)
    for node in nodes:
        if node.numchild != counts[node.path]:
            found.append(
                _("%(node)s: the number of children is %(numchild)s, but there are %(count)s.")
                % {**_named(node), "count": counts[node.path]}
            )
    for path, below in children.items():
        parent = by_path.get(path)
        if (parent or not path) and not admits(
            parent.kind if parent else None, [each.kind for each in below]
        ):
            name = _named(parent)["node"] if parent else _("the root")
            kinds = ", ".join(str(Kind(each.kind).label) for each in below)
            found.append(
                _("%(node)s: these children cannot stand here in this order: %(kinds)s.")
                % {"node": name, "kinds": kinds}
            )
    return found + list(_without_level(nodes))


def _without_level(nodes: list[Node]) -> Iterator[str]:
    for level in levels():
        rows = set(level.model.objects.order_by().values_list("pk", flat=True))
        for node in nodes:
            if (node.kind == level.kind) != (node.pk in rows):
                yield _("%(node)s: the level %(kind)s does not fit its table.") % _named(node)


def _named(node: Node) -> dict[str, Any]:
    return {
        "node": f"{node.title} ({uuid.UUID(str(node.uid))})",
        "path": node.path,
        "depth": node.depth,
        "numchild": node.numchild,
        "kind": Kind(node.kind).label,
    }
