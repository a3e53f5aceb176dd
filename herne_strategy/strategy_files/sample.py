"""Loading the sample data: nodes, progress and editions, all of them or none."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition

from council.freeze_actions import freeze_with_paper
from herne_strategy.strategy_files.file_lists import FileRow
from herne_strategy.strategy_files.file_nodes import FileNode
from herne_strategy.strategy_files.list_loading import RowLoading
from herne_strategy.strategy_files.sample_file import (
    SampleChange,
    SampleEdition,
    SampleFile,
    read_sample_file,
)
from herne_strategy.strategy_files.sample_rounds import add_sample_report, add_sample_rounds
from herne_strategy.strategy_files.strategy_yaml import FileError, FileFindings
from measures.models import Department
from measures.progress import Progress
from measures.report_actions import report
from strategy.editions.actions import publish
from strategy.editions.models import Edition
from strategy.history.origins import Origin
from strategy.importing.node_rows import NodeRows, NodeWrite
from strategy.tree.levels import level_of
from strategy.tree.models import Node, locked_tree
from strategy.tree.references import loaded_references
from strategy.tree.review import Review
from strategy.tree.subtrees import Subtree

_POSITIONS = {"below": "last-child", "before": "left", "after": "right"}


@dataclass(frozen=True)
class SampleOutcome:
    """What loading the sample data has made, by number."""

    nodes: int
    progress: int
    editions: list[Edition]


def is_loaded() -> bool:
    """Whether there is any sample data."""
    tables = (Node.objects.filter(is_sample=True), Department.objects.filter(is_sample=True))
    return any(rows.exists() for rows in (*tables, Edition.objects.filter(has_sample=True)))


def load_sample(path: Path) -> SampleOutcome | None:
    """Load the sample data and publish its last edition. None, and nothing done, where they are loaded."""
    with locked_tree():
        if is_loaded():
            return None
        return SampleLoading(read_sample_file(path)).run()


class SampleLoading:
    """One loading of the sample data. A change that cannot be made stops it with the change's line."""

    def __init__(self, file: SampleFile) -> None:
        self.file = file

    def run(self) -> SampleOutcome:
        """Writes departments, nodes, progress and editions, in this order, in the caller's transaction."""
        RowLoading().write_departments(self.file.departments, is_sample=True)
        for change in self.file.nodes:
            self._apply(change)
        for row in self.file.progress:
            report(self._reported(row), by=None)
        add_sample_rounds()
        editions = [self._freeze(edition) for edition in self.file.editions]
        for edition in editions:
            publish(edition)
        if editions:
            add_sample_report()
        return SampleOutcome(Node.objects.filter(is_sample=True).count(), len(self.file.progress), editions)

    def _apply(self, change: SampleChange) -> None:
        actions = {
            "set": self._set,
            "move": self._move,
            "remove": self._remove,
            "add": self._add,
            "origin": self._name_origins,
        }
        try:
            actions[change.action](change)
        except (InvalidPosition, InvalidMoveToDescendant) as error:
            raise self._stopped(change.line, str(error)) from error
        except ValidationError as error:
            raise self._stopped(change.line, " ".join(error.messages)) from error
        except Node.DoesNotExist as error:
            raise self._stopped(
                change.line, "Der Knoten ist durch eine Änderung davor nicht (mehr) da."
            ) from error

    def _stopped(self, line: int, sentence: str) -> FileError:
        return FileError([FileFindings(self.file.name).sentence(line, sentence)])

    def _add(self, change: SampleChange) -> None:
        rows = NodeRows()
        target = Node.objects.get(uid=change.target) if change.target else None
        for node in change.nodes:
            instance = rows.instance_of(_written(node))
            if target is None:
                Node.objects.add_root(instance=instance)
            elif change.place == "below":
                Node.objects.add_child(target, instance=instance)
            else:
                Node.objects.add_sibling(target, _POSITIONS[change.place], instance=instance)
            Node.objects.add_subtrees(instance, [_subtree(child, rows) for child in node.children])
            if change.place == "after":
                target = instance
        NodeRows().write_references(_written(each) for node in change.nodes for each in node.walk())

    def _set(self, change: SampleChange) -> None:
        kind = Node.objects.get(uid=change.node).kind
        level = level_of(kind)
        node = level.model.objects.get(uid=change.node)
        assert change.given is not None  # noqa: S101
        for name, value in change.given.values.items():
            if name != "slug" or value:
                setattr(node, name, value)
        fields = {field.name: field for field in loaded_references(level.fields)}
        for name, keys in change.given.references.items():
            targets = fields[name].find(list(keys), level.model)
            if fields[name].is_many:
                getattr(node, name).set(targets)
            else:
                setattr(node, name, targets[0] if targets else None)
        node.full_clean()
        node.save()

    def _move(self, change: SampleChange) -> None:
        node, target = Node.objects.get(uid=change.node), Node.objects.get(uid=change.target)
        Node.objects.move(node, target, _POSITIONS[change.place])

    def _remove(self, change: SampleChange) -> None:
        Node.objects.filter(pk=Node.objects.get(uid=change.node).pk).delete()

    def _name_origins(self, change: SampleChange) -> None:
        node = Node.objects.get(uid=change.node)
        for uid in change.origins:
            title = Node.objects.get(uid=uid).title
            Origin(uid=node.uid, origin_uid=uuid.UUID(uid), origin_title=title).save()

    def _reported(self, row: FileRow) -> Progress:
        values = {name: value for name, value in row.values.items() if name != "measure"}
        progress = Progress(uid=uuid.UUID(row.values["measure"]), is_sample=True, **values)
        try:
            progress.full_clean()
        except ValidationError as error:
            raise self._stopped(row.line, " ".join(error.messages)) from error
        return progress

    def _freeze(self, edition: SampleEdition) -> Edition:
        for change in edition.changes:
            self._apply(change)
        try:
            return freeze_with_paper(
                slug=edition.slug, title=edition.title, subtitle="", remark=edition.remark
            )
        except ValidationError as error:
            raise self._stopped(edition.line, " ".join(error.messages)) from error


def _written(node: FileNode) -> NodeWrite:
    return node.written(is_sample=True, review=Review.AGREED)


def _subtree(node: FileNode, rows: NodeRows) -> Subtree:
    children: Sequence[Subtree] = [_subtree(child, rows) for child in node.children]
    return Subtree(rows.instance_of(_written(node)), children)
