"""The working tree as short rows for editors: code, level, title, review state. One query, nothing of the texts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from strategy.document.document import with_codes
from strategy.tree.kinds import Kind, kinds_below
from strategy.tree.models import Node

STEP = Node.steplen


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A node as the tree page and the lists of parents show it."""

    pk: int
    uid: str
    path: str
    kind: str
    title: str
    review: str
    code: str
    has_children: bool

    @property
    def depth(self) -> int:
        """From 1 at the root."""
        return len(self.path) // STEP

    @property
    def parent_path(self) -> str:
        return self.path[:-STEP]

    @property
    def level(self) -> str:
        """The level in words."""
        return str(Kind(self.kind).label)

    @property
    def name(self) -> str:
        """Code and title; the title alone where there is no code."""
        return f"{self.code} {self.title}".lstrip()


def tree_rows(nodes: QuerySet[Node] | None = None) -> list[TreeRow]:
    """Every node in the order of the tree, with the code that it would have in an edition frozen now."""
    found = Node.objects.all() if nodes is None else nodes
    rows = list(found.order_by("path").values("pk", "uid", "path", "kind", "title", "review", "numchild"))
    uids = {row["path"]: str(row["uid"]) for row in rows}
    coded = with_codes(
        [
            {"uid": uids[row["path"]], "parent": uids.get(row["path"][:-STEP]), "kind": row["kind"]}
            for row in rows
        ]
    )
    return [
        TreeRow(
            row["pk"],
            uids[row["path"]],
            row["path"],
            row["kind"],
            row["title"],
            row["review"],
            each["code"],
            row["numchild"] > 0,
        )
        for row, each in zip(rows, coded, strict=True)
    ]


def parents_for(kind: str, rows: Iterable[TreeRow]) -> list[TreeRow]:
    """The rows below which a node of this kind may stand."""
    above = {parent for parent in Kind if kind in kinds_below(parent)}
    return [row for row in rows if row.kind in above]


def reviews_now() -> dict[str, str]:
    """The review state of every node, by uid."""
    return {str(uid): review for uid, review in Node.objects.order_by().values_list("uid", "review")}
