"""The working tree as short rows for editors: code, level, title, review state. One query, nothing of the texts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from strategy.document.data import name_with_code, with_codes
from strategy.tree.kinds import Kind, kinds_below, last_place
from strategy.tree.models import Node
from strategy.tree.paths import depth_of, parent_path


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
    cited: str = ""  # the code by which the public cites it, where that is known

    @property
    def depth(self) -> int:
        """From 1 at the root."""
        return depth_of(self.path)

    @property
    def parent_path(self) -> str:
        """The path of the parent; "" for a root."""
        return parent_path(self.path)

    @property
    def level(self) -> str:
        """The level in words."""
        return str(Kind(self.kind).label)

    @property
    def codes(self) -> str:
        """The code, and the one by which the public cites it where that is another one."""
        return both_codes(self.code, self.cited)

    @property
    def name(self) -> str:
        """Codes and title; the title alone where there is no code."""
        return name_with_code(self.codes, self.title)


def both_codes(code: str, cited: str) -> str:
    """The code in the working tree, and that in the shown edition where it is another one."""
    if cited in ("", code):
        return code
    in_edition = _("in the edition %(code)s") % {"code": cited}
    return f"{code} ({in_edition})".lstrip()


def tree_rows(
    nodes: QuerySet[Node] | None = None, cited: Mapping[str, str] = MappingProxyType({})
) -> list[TreeRow]:
    """Every node in the order of the tree, with the code that it would have in an edition of the whole tree frozen now.

    `cited` are the codes by which the public knows nodes (strategy.editions.cited_codes), by uid.
    """
    chosen = Node.objects.all() if nodes is None else nodes
    rows = list(chosen.order_by("path").values("pk", "uid", "path", "kind", "title", "review", "numchild"))
    uids = {row["path"]: str(row["uid"]) for row in rows}
    coded = with_codes(
        [
            {"uid": uids[row["path"]], "parent": uids.get(parent_path(row["path"])), "kind": row["kind"]}
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
            cited.get(each["uid"], ""),
        )
        for row, each in zip(rows, coded, strict=True)
    ]


def with_room_for(kind: str, rows: Iterable[TreeRow]) -> list[TreeRow]:
    """The rows below which one more node of this kind may stand, beside what stands there."""
    rows = list(rows)
    children: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        children[row.parent_path].append(row.kind)
    return [
        row for row in parents_for(kind, rows) if last_place(row.kind, children[row.path], kind) is not None
    ]


def parents_for(kind: str, rows: Iterable[TreeRow]) -> list[TreeRow]:
    """The rows below which a node of this kind may stand."""
    above = {parent for parent in Kind if kind in kinds_below(parent)}
    return [row for row in rows if row.kind in above]


def reviews_now() -> dict[str, str]:
    """The review state of every node, by uid."""
    return {str(uid): review for uid, review in Node.objects.order_by().values_list("uid", "review")}
