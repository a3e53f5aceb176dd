"""Writing a strategy file into the working tree. What an editor changed since is left alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from herne_strategy.strategy_files import baseline
from herne_strategy.strategy_files.file_nodes import FileNode
from herne_strategy.strategy_files.level_rows import NodeRows
from herne_strategy.strategy_files.list_loading import RowLoading
from herne_strategy.strategy_files.strategy_file import StrategyFile, read_strategy_file
from herne_strategy.strategy_files.strategy_yaml import Findings
from herne_strategy.strategy_files.tree_order import Parent, TreeOrder
from strategy.editions import working_tree
from strategy.history.bulk_history import record_difference, reviews_now
from strategy.tree.kinds import Kind
from strategy.tree.models import Node, locked_tree
from strategy.tree.subtrees import Subtree

SAMPLE_PREFIX = "Beispiel:"
_NAMES = {"parent": "Platz im Baum"}


@dataclass
class Outcome:
    """What loading a file has done: nodes by number, other rows and what was left alone in sentences."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rows: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


def load(path: Path, *, dry_run: bool = False, overwrite: bool = False) -> Outcome:
    """Load a strategy file, all of it or, where anything in it is wrong (FileError), nothing.

    What it changes in a tree that is there stands in the history.
    """
    with locked_tree():
        before, reviews = working_tree.rows(), reviews_now()
        outcome = write(read_strategy_file(path), overwrite=overwrite)
        if before:
            record_difference(before, working_tree.rows(), reviews=reviews, reason=f"Datei {path.name}")
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def write(file: StrategyFile, *, overwrite: bool = False) -> Outcome:
    """Write what a file says. Called under the tree's lock."""
    rows = RowLoading(overwrite=overwrite)
    rows.write(file)
    nodes = NodeLoading(file, overwrite=overwrite)
    outcome = nodes.run()
    outcome.rows = rows.changes
    left = sorted([*rows.left, *nodes.left])
    outcome.left_alone = [nodes.findings.sentence(*each) for each in left]
    return outcome


class NodeLoading:
    """One loading of a file's nodes: what becomes of each is settled before the first is written."""

    def __init__(self, file: StrategyFile, *, overwrite: bool) -> None:
        self.file = file
        self.overwrite = overwrite
        self.findings = Findings(file.name)
        self.rows = {row["uid"]: row for row in working_tree.rows()}
        saved = Node.objects.order_by().values_list("uid", "loaded_digest")
        self.baselines = {str(uid): digest for uid, digest in saved}
        self.nodes = [node for root in file.nodes for node in root.walk()]
        self.new = [node for node in self.nodes if node.uid not in self.rows]
        self.taken: list[FileNode] = []
        self.same: list[FileNode] = []
        self.left: list[tuple[int, str]] = []

    def run(self) -> Outcome:
        self._check_kinds_and_slugs()
        self.findings.stop()
        for node in self.nodes:
            if node.uid in self.rows:
                self._decide(node)
        order = TreeOrder(self.rows.values())
        finals = self._finals(order)
        self.findings.stop()
        self._write(order, finals)
        return Outcome(len(self.new), len(self.taken), len(self.same))

    def _check_kinds_and_slugs(self) -> None:
        owners = {row["slug"]: row for row in self.rows.values()}
        for node in self.nodes:
            row = self.rows.get(node.uid)
            if row and row["kind"] != node.kind:
                kind = Kind(row["kind"]).label
                self.findings.add(
                    node.line,
                    f"kind: „{node.title}“ ist in der Datenbank „{kind}“; die Ebene bleibt immer gleich.",
                )
            if row and row["is_sample"] and not node.title.startswith(SAMPLE_PREFIX):
                self.findings.add(
                    node.line,
                    f"title: „{node.title}“ ist in der Datenbank ein Beispiel und beginnt mit „Beispiel:“.",
                )
            owner = owners.get(node.slug)
            if owner and owner["uid"] != node.uid:
                self.findings.add(
                    node.line,
                    f"slug: „{node.slug}“ hat in der Datenbank schon „{owner['title']}“ ({owner['uid']}).",
                )

    def _decide(self, node: FileNode) -> None:
        there = baseline.of_row(self.rows[node.uid])
        said = node.statement()
        # A file that gives no address is content with the one that the node has.
        wanted = said if node.slug else {**said, "slug": there["slug"]}
        if wanted == there:
            self.same.append(node)
            return
        loaded = self.baselines[node.uid]
        if self.overwrite or baseline.is_untouched(there, loaded, is_slug_given=bool(node.slug)):
            self.taken.append(node)
            return
        names = ", ".join(_NAMES.get(name, name) for name in baseline.differences(wanted, there))
        self.left.append(
            (
                node.line,
                f"„{there['title']}“ wurde in der Datenbank geändert und bleibt, wie sie ist (abweichend: {names}); "
                "--overwrite übernimmt die Datei.",
            )
        )

    def _finals(self, order: TreeOrder) -> dict[Parent, list[str]]:
        """For every parent in the file, its children once the file is loaded."""
        kinds = {node.uid: node.kind for node in self.nodes}
        moved = {node.uid for node in self.taken if self.rows[node.uid]["parent"] != node.parent}
        here = moved | {node.uid for node in self.new}
        finals: dict[Parent, list[str]] = {}
        for parent, line, title, children in self._parents():
            wanted = [
                child.uid
                for child in children
                if child.uid in here or self.rows[child.uid]["parent"] == parent
            ]
            self._check_order(order, parent, line, title, [uid for uid in wanted if uid not in here])
            finals[parent], homeless = order.arranged(
                parent, wanted, kinds, leaving=moved, restore=self.overwrite
            )
            if homeless:
                node = next(child for child in children if child.uid == homeless)
                self.findings.add(
                    node.line,
                    f"„{node.title}“ findet unter „{title}“ keinen Platz: In der Datenbank steht dort schon "
                    f"„{Kind(node.kind).label}“, das nicht in der Datei ist.",
                )
        return finals

    def _parents(self) -> Iterator[tuple[Parent, int, str, Iterable[FileNode]]]:
        yield None, self.file.nodes_line, "oberste Ebene", self.file.nodes
        for node in self.nodes:
            if node.children:
                yield node.uid, node.line, node.title, node.children

    def _check_order(
        self, order: TreeOrder, parent: Parent, line: int, title: str, wanted: list[str]
    ) -> None:
        names = set(wanted)
        there = [uid for uid in order.children.get(parent, []) if uid in names]
        if there != wanted and not self.overwrite:
            self.left.append(
                (
                    line,
                    f"Die Reihenfolge unter „{title}“ ist in der Datenbank anders und bleibt, wie sie ist; "
                    "--overwrite übernimmt die Datei.",
                )
            )

    def _write(self, order: TreeOrder, finals: Mapping[Parent, list[str]]) -> None:
        rows = NodeRows()
        instances = {node.uid: rows.instance_of(node) for node in self.new}
        trees: dict[str, Subtree] = {}
        for node in reversed(self.nodes):  # children before their parents
            if node.uid in instances:
                children = [trees[child.uid] for child in node.children if child.uid in trees]
                trees[node.uid] = Subtree(instances[node.uid], children)
        rows.update(self.taken)
        for depth in _by_depth(self.file.nodes):
            order.settle({parent: finals[parent] for parent in depth if parent in finals}, trees)
        rows.write_references([*self.new, *self.taken])
        self._refresh_baselines()

    def _refresh_baselines(self) -> None:
        stale = [
            Node(pk=pk, loaded_digest=digests[str(uid)])
            for digests in [{node.uid: baseline.digest(node.statement()) for node in self.same}]
            for pk, uid, digest in Node.objects.order_by().values_list("pk", "uid", "loaded_digest")
            if str(uid) in digests and digest != digests[str(uid)]
        ]
        Node.objects.bulk_update(stale, ["loaded_digest"], batch_size=500)


def _by_depth(roots: Iterable[FileNode]) -> Iterator[list[Parent]]:
    """The root, then all nodes of the file from the top of the tree downwards, a list a depth."""
    yield [None]
    nodes = list(roots)
    while nodes:
        yield [node.uid for node in nodes]
        nodes = [child for node in nodes for child in node.children]
