"""The working tree as the data of a Document, and the check that it is whole. A fixed number of queries."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from strategy.document.data import Plain
from strategy.document.document import Document
from strategy.editions.edition_json import edition_json
from strategy.editions.models import Strategy
from strategy.tree.fields import Choice, plain_values
from strategy.tree.kinds import DEPTHS, Kind, admits
from strategy.tree.levels import Level, level_of, levels, meta
from strategy.tree.models import Node
from strategy.tree.paths import depth_of, is_well_formed, parent_path
from strategy.tree.reference_fields import Reference


def rows() -> list[dict[str, Plain]]:
    """Every node as an edition's data would hold it, but without codes. In the order of the document."""
    return list(_plain(tree()))


def edition_data(
    nodes: Iterable[Mapping[str, Plain]] | None = None, *, basis: dict[str, Plain] | None = None
) -> dict[str, Plain]:
    """The working tree as an edition's data (see strategy.document.data).

    `nodes` are all that go in, chosen among `rows` and in the order of the document; without it all of them.
    `basis` is the council paper that it refers to: by default the one that the title page names, {} for none.
    """
    chosen = rows() if nodes is None else [_in_todays_words(node) for node in nodes]
    strategy = Strategy.current()
    others = meta()
    named = others.pop("basis", None)
    data = {
        "city": strategy.city,
        "title": strategy.title,
        "subtitle": strategy.subtitle,
        "edition": {"title": strategy.edition_title, "remark": strategy.edition_remark},
        "basis": named if basis is None else basis or None,
        "has_sample": _has_sample(chosen),
        **others,
    }
    return edition_json(data, chosen)


def _in_todays_words(node: Mapping[str, Plain]) -> dict[str, Plain]:
    """The node with the words of its choices made from their keys: what comes out of the history has older ones."""
    level, values = level_of(node["kind"]), dict(node["values"])
    for field in level.fields:
        if isinstance(field, Choice) and field.name in values:
            values[field.name] = field.in_todays_words(values[field.name], level.model)
    return {**node, "values": values}


def preview() -> Document:
    """The working tree as a Document, for editors."""
    return Document.from_data(edition_data())


def tree(uids: Collection[str] | None = None) -> list[tuple[Node, Level, Node]]:
    """Every node, or those of these uids, with its level and its row there, all that their fields refer to at hand."""
    known: dict[str, Level] = {level.kind: level for level in levels()}
    chosen = Node.objects.all() if uids is None else Node.objects.filter(uid__in=uids)
    nodes = list(chosen.select_related(*(level.attribute for level in known.values())))
    entries = [(node, known[node.kind], getattr(node, known[node.kind].attribute)) for node in nodes]
    for level in known.values():
        own = [row for node, _level, row in entries if node.kind == level.kind]
        if not own:
            continue
        for field in _references(level):
            field.attach(own)
        if level.prepare:
            level.prepare(own)
    return entries


def _plain(tree: list[tuple[Node, Level, Node]]) -> Iterator[dict[str, Plain]]:
    uids = {node.path: str(node.uid) for node, _level, _row in tree}
    return (row_of(row, uids.get(parent_path(node.path))) for node, _level, row in tree)


def row_of(node: Node, parent: str | None) -> dict[str, Plain]:
    """A node, an object of its own level, below this parent as an edition's data would hold it, without its code."""
    return {
        "uid": str(node.uid),
        "parent": parent,
        "kind": node.kind,
        "title": node.title,
        "slug": node.slug,
        "text": node.text,
        "easy_text": node.easy_text,
        "is_sample": node.is_sample,
        "values": plain_values(level_of(node.kind).fields, node),
    }


def _has_sample(nodes: list[dict[str, Plain]]) -> bool:
    """Whether any node is sample data, or names something that is, such as a sample department."""
    if any(node["is_sample"] for node in nodes):
        return True
    samples = {(level.kind, field.name): field.sample_keys(level.model) for level, field in _all_references()}
    return any(
        key in samples.get((node["kind"], name), ())
        for node in nodes
        for name, value in node["values"].items()
        for key in _keys(value)
    )


def _keys(value: Plain) -> list[str | int]:
    """The keys of what a value refers to; [] for one that refers to nothing."""
    targets = value if isinstance(value, list) else [value]
    return [target["key"] for target in targets if isinstance(target, dict) and "key" in target]


def _all_references() -> Iterator[tuple[Level, Reference]]:
    return ((level, field) for level in levels() for field in _references(level))


def _references(level: Level) -> list[Reference]:
    return [field for field in level.fields if isinstance(field, Reference)]


def problems() -> list[str]:
    """What is wrong with the structure of the tree, a German sentence each; [] where it is whole."""
    nodes = list(Node.objects.order_by("path"))
    by_path = {node.path: node for node in nodes}
    children: dict[str, list[Node]] = defaultdict(list)
    wrong = []
    for node in nodes:
        above = parent_path(node.path)
        children[above].append(node)
        if not is_well_formed(node.path):
            wrong.append(_("%(node)s: the path %(path)s is malformed.") % _named(node))
        if node.depth != depth_of(node.path) or node.depth not in DEPTHS[node.kind]:
            wrong.append(_("%(node)s: the depth %(depth)s is wrong.") % _named(node))
        if above and above not in by_path:
            wrong.append(_("%(node)s: the parent is missing (orphan).") % _named(node))
    counts = Counter(parent_path(node.path) for node in nodes)
    for node in nodes:
        if node.numchild != counts[node.path]:
            wrong.append(
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
            wrong.append(
                _("%(node)s: these children cannot stand here in this order: %(kinds)s.")
                % {"node": name, "kinds": kinds}
            )
    return wrong + list(_without_level(nodes))


def _without_level(nodes: list[Node]) -> Iterator[str]:
    for level in levels():
        rows = set(level.model.objects.order_by().values_list("pk", flat=True))
        for node in nodes:
            if (node.kind == level.kind) != (node.pk in rows):
                yield _("%(node)s: the level %(kind)s does not fit its table.") % _named(node)


def _named(node: Node) -> dict[str, object]:
    return {
        "node": f"{node.title} ({uuid.UUID(str(node.uid))})",
        "path": node.path,
        "depth": node.depth,
        "numchild": node.numchild,
        "kind": Kind(node.kind).label,
    }
