"""How far nodes are agreed once something is taken back. Agreed is what says what was agreed, where it stood."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from strategy.importing.tree_state import TreeState
from strategy.tree.content import differences, reworded
from strategy.tree.review import Review
from strategy.undo.contents import ContentReturn
from strategy.undo.places import OldPlace
from strategy.undo.since import DoneSince
from strategy.undo.steps import NodeStep


@dataclass(frozen=True)
class ReviewReturn:
    """The state that a node is to have ("": that of today), and why not that of before, in words."""

    state: str = ""
    stays: tuple[str, ...] = ()


class Reviews:
    """Works out the review states for a person (None: the program): who may not agree brings no agreement back."""

    def __init__(self, tree: TreeState, since: DoneSince, by: User | None) -> None:
        self._tree = tree
        self._since = since
        self._may_agree = by is None or by.has_perm("strategy.agree_node")
        self._may_correct = by is None or by.has_perm("strategy.correct_node")

    def of_deleted(self, step: NodeStep, result: ContentReturn) -> str:
        """Of a node that comes back."""
        before = str((step.before or {})["review"])
        is_same = not result.gone and not differences(step.kind, step.content_before, result.content)
        if before != Review.AGREED or (is_same and self._may_agree):
            return before
        return str(Review.OPEN)

    def of_changed(self, step: NodeStep, result: ContentReturn, place: OldPlace | None) -> ReviewReturn:
        """Of a node that is still there, says this again and goes back to this place (None: it stays)."""
        before, after = str((step.before or {})["review"]), str((step.after or {})["review"])
        today = str(self._tree.nodes[step.uid].review)
        wanted = before if today == after else today
        if wanted == Review.AGREED:
            return self._agreed(step, result, place, before, today)
        if today != after and before not in (after, today):
            says = self._since.signed(_("review state changed since"), step.uid, *_REVIEWING)
            return ReviewReturn(stays=(says,))
        return ReviewReturn("" if wanted == today else wanted)

    def _agreed(
        self, step: NodeStep, result: ContentReturn, place: OldPlace | None, before: str, today: str
    ) -> ReviewReturn:
        told = reworded(step.kind, self._tree.content(step.uid), result.content)
        if today == Review.AGREED and not told and not place:
            return ReviewReturn()
        may = self._may_agree or (today == Review.AGREED and self._may_correct)
        if before == Review.AGREED and may and self._is_as_before(step, result, place):
            return ReviewReturn("" if today == Review.AGREED else str(Review.AGREED))
        if today == Review.AGREED:
            return ReviewReturn(str(Review.OPEN))
        why = (
            _("does not become agreed again: it does not say all that was agreed, or stands elsewhere")
            if may
            else _("does not become agreed again: only who may agree can do that")
        )
        return ReviewReturn(stays=(why,))

    def _is_as_before(self, step: NodeStep, result: ContentReturn, place: OldPlace | None) -> bool:
        content = {**self._tree.content(step.uid), **result.content}
        if differences(step.kind, step.content_before, content) or result.gone:
            return False
        if place:
            return True
        is_there = self._tree.parents[step.uid] == (step.before or {})["parent"]
        return is_there and not step.move and not self._since.was(step.uid, "moved", "restored")


_REVIEWING = ("reviewed", "changed", "moved", "restored")
