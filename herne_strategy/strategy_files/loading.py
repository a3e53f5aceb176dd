"""Writing a strategy file into the working tree. What an editor changed since is left alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from herne_strategy.strategy_files import baseline
from herne_strategy.strategy_files.file_nodes import FileNode
from herne_strategy.strategy_files.list_loading import RowLoading
from herne_strategy.strategy_files.strategy_file import StrategyFile, read_strategy_file
from herne_strategy.strategy_files.strategy_yaml import FileFindings
from strategy.editions import working_tree
from strategy.history.operations import Operation, operation
from strategy.importing.order import Kinds, NoPlace, merged, moved, restored
from strategy.importing.recording import record_plan
from strategy.importing.tree_state import TreeState
from strategy.importing.writing import TreePlan, write_plan
from strategy.tree.kept_slugs import KeptSlug
from strategy.tree.kinds import Kind
from strategy.tree.models import Node, locked_tree
from strategy.tree.placement import Orders, Parent
from strategy.tree.review import Review

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
        outcome = write(read_strategy_file(path), overwrite=overwrite)
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
        self.findings = FileFindings(file.name)
        self.tree = TreeState.now()
        self.nodes = [node for root in file.nodes for node in root.walk()]
        self.new = [node for node in self.nodes if node.uid not in self.tree.nodes]
        self.taken: list[FileNode] = []
        self.same: list[FileNode] = []
        self.left: list[tuple[int, str]] = []

    def run(self) -> Outcome:
        """Checks all, then writes all. FileError with every finding where something is wrong, and nothing written."""
        self._check_kinds_and_slugs()
        self.findings.stop()
        for node in self.nodes:
            if node.uid in self.tree.nodes:
                self._decide(node)
        orders = self._orders()
        self.findings.stop()
        self._write(orders)
        return Outcome(len(self.new), len(self.taken), len(self.same))

    def _check_kinds_and_slugs(self) -> None:
        kept = {each.slug: each for each in KeptSlug.objects.all()}
        for node in self.nodes:
            there = self.tree.nodes.get(node.uid)
            if there and there.kind != node.kind:
                kind = Kind(there.kind).label
                self.findings.add(
                    node.line,
                    f"kind: „{node.title}“ ist in der Datenbank „{kind}“; die Ebene bleibt immer gleich.",
                )
            if there and there.is_sample and not node.title.startswith(SAMPLE_PREFIX):
                self.findings.add(
                    node.line,
                    f"title: „{node.title}“ ist in der Datenbank ein Beispiel und beginnt mit „Beispiel:“.",
                )
            owner = self.tree.slugs.get(node.slug)
            if owner and owner != node.uid:
                self.findings.add(
                    node.line,
                    f"slug: „{node.slug}“ hat in der Datenbank schon „{self.tree.title(owner)}“ ({owner}).",
                )
            other = kept.get(node.slug)
            if other and str(other.uid) != node.uid and owner != node.uid:
                self.findings.add(node.line, f"slug: {other.refusal}")

    def _decide(self, node: FileNode) -> None:
        there = baseline.of_row(working_tree.row_of(self.tree.nodes[node.uid], self.tree.parents[node.uid]))
        statement = node.statement()
        # A file that gives no address is content with the one that the node has.
        wanted = statement if node.slug else {**statement, "slug": there["slug"]}
        if wanted == there:
            self.same.append(node)
            return
        loaded = self.tree.nodes[node.uid].loaded_digest
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

    def _orders(self) -> dict[Parent, list[str]]:
        """For every parent in the file whose children become others, or stand in another order: its children."""
        kinds = {**self.tree.kinds, **{node.uid: node.kind for node in self.new}}
        leaving = {node.uid for node in self.taken if self.tree.parents[node.uid] != node.parent}
        here = leaving | {node.uid for node in self.new}
        orders: dict[Parent, list[str]] = {}
        for parent, line, title, children in self._parents():
            wanted = [
                child.uid for child in children if child.uid in here or self.tree.parents[child.uid] == parent
            ]
            there = list(self.tree.below(parent))
            order = self._staying(parent, line, title, [uid for uid in wanted if uid not in here], kinds)
            order = [uid for uid in order if uid not in leaving]
            start = next((order.index(uid) for uid in wanted if uid in order), len(order))
            try:
                orders[parent] = merged(parent, order, wanted, kinds, start=start)
            except NoPlace as error:
                self._no_place(next(child for child in children if child.uid == error.key), title)
                continue
            if orders[parent] == there:
                del orders[parent]
        return orders

    def _staying(self, parent: Parent, line: int, title: str, wanted: list[str], kinds: Kinds) -> list[str]:
        """The children that are there, in their order or, where the file is taken in any case, in the file's."""
        names = set(wanted)
        there = list(self.tree.below(parent))
        if [uid for uid in there if uid in names] == wanted:
            return there
        if self.overwrite:
            return restored(parent, there, wanted, kinds)
        self.left.append(
            (
                line,
                f"Die Reihenfolge unter „{title}“ ist in der Datenbank anders und bleibt, wie sie ist; "
                "--overwrite übernimmt die Datei.",
            )
        )
        return there

    def _no_place(self, node: FileNode, title: str) -> None:
        self.findings.add(
            node.line,
            f"„{node.title}“ findet unter „{title}“ keinen Platz: In der Datenbank steht dort schon "
            f"„{Kind(node.kind).label}“, das nicht in der Datei ist.",
        )

    def _parents(self) -> Iterator[tuple[Parent, int, str, Iterable[FileNode]]]:
        yield None, self.file.nodes_line, "oberste Ebene", self.file.nodes
        for node in self.nodes:
            if node.children:
                yield node.uid, node.line, node.title, node.children

    def _write(self, orders: Orders) -> None:
        new, changed = [
            [
                node.written(review=Review.AGREED, loaded_digest=baseline.digest(node.statement()))
                for node in nodes
            ]
            for nodes in (self.new, self.taken)  # a file holds what was agreed
        ]
        kinds = {**self.tree.kinds, **{node.uid: node.kind for node in self.new}}
        plan = TreePlan(new, changed, orders, moved(self.tree.children, orders, kinds))
        reason = f"Datei {self.file.name}"
        with operation(Operation.Kind.IMPORT, title=self.file.name):
            write_plan(plan)
            if self.tree.nodes:  # what fills an empty tree is no change
                record_plan(plan, self.tree, reason=reason, with_samples=False)
        self._refresh_baselines()

    def _refresh_baselines(self) -> None:
        stale = [
            Node(pk=pk, loaded_digest=digests[str(uid)])
            for digests in [{node.uid: baseline.digest(node.statement()) for node in self.same}]
            for pk, uid, digest in Node.objects.order_by().values_list("pk", "uid", "loaded_digest")
            if str(uid) in digests and digest != digests[str(uid)]
        ]
        Node.objects.bulk_update(stale, ["loaded_digest"], batch_size=500)
