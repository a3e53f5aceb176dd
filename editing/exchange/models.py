"""What is proposed by those who may not do it themselves, and what became of it."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.document.data import Plain
from strategy.people import person_field
from strategy.tree.content import fields_of
from strategy.tree.fields import Field
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.validators import LongTextField


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, the newest first."""

    def open(self) -> "ProposalQuerySet":
        """Those that nobody has decided on or withdrawn yet."""
        return self.filter(state=Proposal.State.OPEN)

    def decided(self) -> "ProposalQuerySet":
        """Those that are no longer open, the withdrawn ones included."""
        return self.exclude(state=Proposal.State.OPEN)

    def about(self, uid: uuid.UUID | str) -> "ProposalQuerySet":
        """Those for this node, and those that would have something stand below it."""
        return self.filter(Q(uid=uid) | Q(parent=uid))

    def new_entries(self) -> dict[str, list["Proposal"]]:
        """The proposed new nodes, the oldest first, by the uid of what they are to stand below; "" for the top."""
        below: dict[str, list[Proposal]] = {}
        for each in (
            self.filter(action=Proposal.Action.ADD).order_by("pk").defer("base", "content", "outcome")
        ):
            below.setdefault(str(each.parent or ""), []).append(each)
        return below

    def counts(self) -> dict[str, int]:
        """How many there are about each node that has any, by uid."""
        counts: dict[str, int] = {}
        for row in self.order_by().values_list("uid", "parent"):
            for uid in filter(None, row):
                counts[str(uid)] = counts.get(str(uid), 0) + 1
        return counts


class Proposal(models.Model):
    """Something that somebody proposes who may not do it (Änderungsvorschlag): new values for a node, a new node, the
    deletion of one, or another place for it.

    `base` holds what the node said in these fields when they were proposed, `content` what it should say; for another
    place `base` is where it stood ({"parent", "above"}, as in the history). `parent` is what a node is to stand below.
    Nodes are kept by uid, so that a proposal outlives them; a new node has the `uid` once it is accepted.
    `outcome` is what was written of it ({"content"}, and for a place {"parent", "above"}); null where all was written
    as proposed, or nothing.
    """

    class Action(models.TextChoices):
        """What is proposed."""

        CHANGE = "change", _("change")
        ADD = "add", _("new entry")
        DELETE = "delete", _("deletion")
        MOVE = "move", _("another place")

    class State(models.TextChoices):
        """What has become of a proposal; open at first, then one of the others for ever."""

        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    action = models.CharField(_("what is proposed"), max_length=10, choices=Action, default=Action.CHANGE)
    uid = models.UUIDField(_("identity"), db_index=True)
    kind = models.CharField(_("level"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=300)
    parent = models.UUIDField(_("stands below"), null=True, db_index=True)
    above = models.CharField(_("title of what it stands below"), max_length=300, blank=True)
    base = models.JSONField(editable=False)
    content = models.JSONField(editable=False)
    outcome: Plain = models.JSONField(null=True, editable=False)
    reason = LongTextField(_("reason"), max_length=1000)
    by = person_field(_("proposed by"))
    at = models.DateTimeField(_("proposed at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    decided_by = person_field(_("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = LongTextField(_("answer"), max_length=1000, blank=True)

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="editing_proposal_decided_is_signed",
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                violation_error_message=_("A decided proposal names who decided it, and when."),
            ),
            models.CheckConstraint(
                name="editing_proposal_declined_has_answer",
                condition=~Q(state="declined") | ~Q(answer=""),
                violation_error_message=_("Please say why the proposal is declined."),
            ),
            models.CheckConstraint(
                name="editing_proposal_names_its_place",
                condition=Q(action__in=["change", "delete"], parent__isnull=True)
                | Q(action="add")
                | Q(action="move", parent__isnull=False),
                violation_error_message=_("A proposal for another place says which."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def says(self) -> str:
        """The title, and what is proposed for it; the title alone for a change."""
        new = gettext("%(node)s (new, below “%(above)s”)") if self.above else gettext("%(node)s (new)")
        words = {
            self.Action.CHANGE: "%(node)s",
            self.Action.ADD: new,
            self.Action.DELETE: gettext("%(node)s (to be deleted)"),
            self.Action.MOVE: gettext("%(node)s (to be moved below “%(above)s”)"),
        }
        names = {"node": self.title, "above": Truncator(self.above).chars(60)}
        return words[self.Action(self.action)] % names

    @property
    def verdict(self) -> str:
        """What has become of it, in words: also whether it was accepted as it was, in part or with changes."""
        if self.state != self.State.ACCEPTED or self.outcome is None:
            return str(self.get_state_display())
        if len(self.outcome["content"]) < len(self.content):
            return gettext("accepted in part")
        return gettext("accepted with changes")

    @property
    def fields(self) -> list[Field]:
        """The fields of the level for which it proposes something."""
        return [field for field in fields_of(self.kind) if field.name in self.content]

    @property
    def node(self) -> Node | None:
        """The node as it is now; None where it has been deleted, or is only proposed."""
        return Node.objects.filter(uid=self.uid).first()

    @property
    def place(self) -> Node | None:
        """What it is to stand below, as it is now; None where that has been deleted, or none is proposed."""
        return Node.objects.filter(uid=self.parent).first() if self.parent else None
