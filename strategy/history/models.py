"""The history of the working tree: who did what to which node, when and why (Verlauf)."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategy.document.data import Plain
from strategy.editions.edition_selection import Agreed
from strategy.history.batches import current_batch
from strategy.people import person_field
from strategy.tree.content import Content, completed, content_of, differences
from strategy.tree.fields import Field
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.tree.paths import parent_path
from strategy.tree.review import Review
from strategy.validators import LineField

REASON_HELP = _(
    "Why, in a sentence. Everybody can read it beside the change in the Synopse: please name no persons."
)


class HistoryQuerySet(models.QuerySet["HistoryRecord"]):
    """Records, the newest first."""

    def of(self, uid: uuid.UUID | str) -> "HistoryQuerySet":
        """Those of one node, also where it is no longer in the tree."""
        return self.filter(uid=uid)

    def last_agreed(self) -> dict[str, Agreed]:
        """For each node that has ever been agreed and then changed: its state when it was agreed last, by uid."""
        ends = {uid: (pk, before) for pk, uid, before in self._ends()}
        placed = self.filter(action__in=["moved", "restored"]).order_by("pk").values_list("uid", "pk")
        last_placed = dict(placed)
        return {
            str(uid): Agreed(before, last_placed.get(uid, 0) >= pk, pk) for uid, (pk, before) in ends.items()
        }

    def _ends(self) -> Iterable[tuple[int, uuid.UUID, Plain]]:
        rows: Any = self.filter(ends_agreement=True).order_by("pk").values_list("pk", "uid", "kind", "before")
        return (
            (pk, uid, {**state, "content": completed(kind, state["content"])})
            for pk, uid, kind, state in rows
        )


class HistoryRecord(models.Model):
    """One thing that was done to one node. `before` and `after` hold its whole state, or are null.

    A state is {"content", "parent" (uid or null), "above" (the parent's title), "position" (among its
    siblings, from 0), "review", "is_sample"}; where the origins changed, also "origins" ({"uid", "title"} each).
    Kept by uid, so that it outlives the node. What the content of a state says today is read as `content_before` and
    `content_after`: it lacks the fields that came later.
    """

    class Action(models.TextChoices):
        """What was done to a node."""

        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        MOVED = "moved", _("moved")
        REVIEWED = "reviewed", _("review state changed")
        DELETED = "deleted", _("deleted")
        RESTORED = "restored", _("restored")
        ORIGINS = "origins", _("origins changed")

    batch = models.UUIDField(default=current_batch, db_index=True, editable=False)  # what was done in one go
    uid = models.UUIDField(_("identity"), db_index=True)
    kind = models.CharField(_("level"), max_length=20, choices=Kind)
    title = LineField(_("title"), max_length=300)
    action = models.CharField(_("what was done"), max_length=10, choices=Action)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = person_field(_("who"), null=True)
    proposed_by = person_field(_("proposed by"), null=True)
    reason = LineField(_("reason"), max_length=1000, blank=True)
    is_correction = models.BooleanField(_("editorial correction"), default=False)
    ends_agreement = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)  # of the node afterwards
    before: Plain = models.JSONField(null=True, editable=False)
    after: Plain = models.JSONField(null=True, editable=False)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history record")
        verbose_name_plural = _("history")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.title}"

    @property
    def content_before(self) -> Content:
        """What the node said before, in every field that there is today."""
        return completed(self.kind, self.before["content"])

    @property
    def content_after(self) -> Content:
        """What the node said afterwards, in every field that there is today."""
        return completed(self.kind, self.after["content"])

    @property
    def changed_fields(self) -> list[Field]:
        """The fields that say something else since."""
        if not self.before or not self.after:
            return []
        return differences(self.kind, self.content_before, self.content_after)

    @property
    def is_restorable(self) -> bool:
        """Whether there was something before that could come back; a restored node goes by deleting it again."""
        return self.before is not None and self.action != self.Action.RESTORED

    @property
    def old_place(self) -> int:
        """Its place among its siblings, counted from 1."""
        return int(self.before["position"]) + 1

    @property
    def new_place(self) -> int:
        """Its place among its siblings afterwards, counted from 1."""
        return int(self.after["position"]) + 1

    @property
    def old_review(self) -> str:
        """The review state in words."""
        return str(Review(self.before["review"]).label)

    @property
    def new_review(self) -> str:
        """The review state afterwards, in words."""
        return str(Review(self.after["review"]).label)


def state_of(node: Node) -> dict[str, Plain]:
    """The state of a node (an object of its own level) as a record holds it."""
    siblings = Node.objects.get_siblings(node)
    parent = Node.objects.filter(path=parent_path(node.path)).first() if node.depth > 1 else None
    return {
        "content": content_of(node),
        "parent": str(parent.uid) if parent else None,
        "above": parent.title if parent else "",
        "position": siblings.filter(path__lt=node.path).count(),
        "review": str(node.review),
        "is_sample": node.is_sample,
    }


def mark_of(node: Node) -> str:
    """Stands for a node as it is now: another one once it has been changed, moved, or set to another review state."""
    return marks_of([node])[str(node.uid)]


def marks_of(nodes: Iterable[Node]) -> dict[str, str]:
    """The marks of many nodes, by uid. One query."""
    versions = {node.uid: node.version for node in nodes}
    records = HistoryRecord.objects.filter(uid__in=versions).order_by().values_list("uid")
    newest = dict(records.annotate(newest=models.Max("pk")))
    return {str(uid): f"{version}.{newest.get(uid, 0)}" for uid, version in versions.items()}


def content_at(uid: uuid.UUID | str, version: int) -> Content | None:
    """What a node said in this version; None where no record tells."""
    return contents_at({str(uid): version}).get(str(uid))


def contents_at(versions: Mapping[str, int]) -> dict[str, Content]:
    """What nodes said in these versions, by uid, of those of which a record tells. One query for 500 nodes."""
    uids = list(versions)
    records = [
        record
        for start in range(0, len(uids), 500)
        for record in HistoryRecord.objects.filter(uid__in=uids[start : start + 500]).order_by("pk")
    ]
    contents: dict[str, Content] = {}
    for record in reversed(records):
        if record.before and record.version > versions[str(record.uid)]:
            contents[str(record.uid)] = record.content_before
    for record in records:
        if record.after and record.version == versions[str(record.uid)]:
            contents[str(record.uid)] = record.content_after
    return contents
