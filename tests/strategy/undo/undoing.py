"""A small strategy in which something is done in one step, and what the tests of taking back ask of it."""

from collections.abc import Callable, Iterator
from typing import Any

from strategy.editions.working_tree import problems
from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord
from strategy.importing.node_rows import NodeWrite
from strategy.importing.recording import record_plan
from strategy.importing.tree_state import TreeState
from strategy.importing.writing import TreePlan, write_plan
from strategy.tree.content import content_of
from strategy.undo.plan import UndoPlan
from strategy.undo.planning import undo_plan
from strategy.undo.undo_actions import undo
from tests.strategy.outline import saved

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Labor
      operational_goal Räume
        measure Umbau
    strategic_goal Kitas
theme Klima
"""


def done(steps: Callable[[], Any]) -> Any:
    """The batch of what is done in one go."""
    with in_one_go() as batch:
        steps()
    return batch


def written(plan: TreePlan) -> Any:
    """The batch of a plan that is written as an import is."""

    def write() -> None:
        before = TreeState.now()
        write_plan(plan)
        record_plan(plan, before)

    return done(write)


def new(uid: str, title: str, kind: str = "measure") -> NodeWrite:
    return NodeWrite.of_content(uid, kind, {"title": title}, review="draft")


def undone(batch: Any, **options: Any) -> UndoPlan:
    """What was taken back of a batch; the tree is whole."""
    plan = undo(batch, **options)
    assert problems() == []
    return plan


def staying(batch: Any, by: Any = None) -> dict[str, tuple[str, ...]]:
    """What would stay and why, by title."""
    return {each.title: each.says for each in undo_plan(batch, by=by).staying}


def states() -> dict[str, Any]:
    """All that every node says and how far it is agreed, by title."""
    return {title: (str(node.uid), content_of(node), node.review) for title, node in saved().items()}


def actions_of_the_last_batch() -> Iterator[tuple[str, str]]:
    """What was done last, and to what."""
    last = HistoryRecord.objects.first()
    assert last
    yield from HistoryRecord.objects.filter(batch=last.batch).order_by("pk").values_list("action", "title")
