"""The data of an edition in today's format: what the levels declare, and each node's values in words."""

from collections.abc import Iterable, Mapping

from strategy.document.data import FORMAT, Plain, with_codes
from strategy.tree.fields import Field
from strategy.tree.levels import levels

AS_TYPED = {"line", "list", "markdown"}  # kinds of field whose values are their words


def edition_json(meta: Mapping[str, Plain], nodes: Iterable[Mapping[str, Plain]]) -> dict[str, Plain]:
    """An edition's data (see strategy.document.data), of all nodes that go in, in the order of the document."""
    worded = {
        level.kind.value: [field for field in level.fields if field.kind not in AS_TYPED]
        for level in levels()
    }
    return {
        "format": FORMAT,
        "meta": meta,
        "levels": [level.declared.plain() for level in levels()],
        "nodes": [
            {**node, "lines": _lines(worded[node["kind"]], node["values"])} for node in with_codes(nodes)
        ],
    }


def _lines(fields: Iterable[Field], values: Mapping[str, Plain]) -> dict[str, list[str]]:
    return {field.name: lines for field in fields if (lines := field.said(values))}
