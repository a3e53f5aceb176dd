"""The working tree as rows of the table."""

import uuid
from collections.abc import Iterator

from editing.tables.cells import NO, YES, Cell, written
from editing.tables.columns import (
    CODE,
    IS_SAMPLE,
    LEVEL,
    PARENT,
    UID,
    VERSION,
    Column,
    columns,
    fields_by_name,
)
from editing.tables.csv_file import write_csv
from editing.tables.xlsx.writing import write_xlsx
from strategy.document.data import with_codes
from strategy.editions import working_tree
from strategy.tree.content import content_of_row
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of
from strategy.tree.models import Node

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def export(format_name: str, *, root: str | None = None) -> bytes:
    """The whole working tree, or the root of this uid with all below it, as a file. Title page data is not in it."""
    shown_columns = columns()
    rows = table_rows(shown_columns, root=root)
    if format_name == "csv":
        return write_csv([column.header for column in shown_columns], rows)
    return write_xlsx(shown_columns, rows)


def table_rows(shown_columns: list[Column], *, root: str | None = None) -> Iterator[list[Cell]]:
    """A row a node, in the order of the tree."""
    tops: dict[str, str] = {}
    versions = dict(Node.objects.order_by().values_list("uid", "version"))
    for node in with_codes(working_tree.rows()):
        tops[node["uid"]] = tops[node["parent"]] if node["parent"] else node["uid"]
        if root in (None, tops[node["uid"]]):
            cells = cells_of(node) | {VERSION: versions[uuid.UUID(node["uid"])]}
            yield [cells.get(column.key) for column in shown_columns]


def cells_of(node: dict) -> dict[str, Cell]:
    """The cells of a node by column; `node` is a row of strategy.editions.working_tree, with or without its code."""
    model = level_of(node["kind"]).model
    content = content_of_row(node)
    fields = fields_by_name(node["kind"])
    return {
        UID: node["uid"],
        LEVEL: str(Kind(node["kind"]).label),
        PARENT: node["parent"],
        CODE: node.get("code") or None,
        **{name: written(fields[name], value, model) for name, value in content.items()},
        IS_SAMPLE: YES if node["is_sample"] else NO,
    }
