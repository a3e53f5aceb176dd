"""Who may edit what, what they propose, and what they say about it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editing.delivered.models import ColumnMapping
from measures.models import Department
from strategy.people import person_field
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.validators import LongTextField
from themes.models import Theme

__all__ = [
    "ColumnMapping",
    "DeskMail",
    "FreezeChoice",
    "ImportFile",
    "Proposal",
    "Remark",
    "Responsibility",
]


class Responsibility(models.Model):
    """What a person is responsible for (Zuständigkeit): the objects on which a role's rights hold."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="responsibility",
    )
    themes: Any = models.ManyToManyField(
        Theme,
        verbose_name=_("themes"),
        blank=True,
        related_name="+",
        help_text=_("For the role Themenfeld-Redaktion: the themes that this person edits."),
    )
    departments: Any = models.ManyToManyField(
        Department,
        verbose_name=_("departments"),
        blank=True,
        related_name="+",
        help_text=_("For the role Fachbereich: whose measures this person reports on."),
    )

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")

    def __str__(self) -> str:
        return str(self.user)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, the newest first."""

    def open(self) -> "ProposalQuerySet":
        """Those that nobody has decided on or withdrawn yet."""
        return self.filter(state=Proposal.State.OPEN)

    def decided(self) -> "ProposalQuerySet":
        """Those that are no longer open, the withdrawn ones included."""
        return self.exclude(state=Proposal.State.OPEN)

    def counts(self) -> dict[str, int]:
        """How many there are for each node that has any, by uid."""
        rows = self.order_by().values_list("uid").annotate(n=models.Count("pk"))
        return {str(uid): count for uid, count in rows}


class Proposal(models.Model):
    """New values for a node, from somebody who may not change it (Änderungsvorschlag).

    `base` holds what the node said in these fields when they were proposed, `content` what it should say.
    Kept by the node's uid, so that it outlives the node.
    """

    class State(models.TextChoices):
        """What has become of a proposal; open at first, then one of the others for ever."""

        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uid = models.UUIDField(_("identity"), db_index=True)
    kind = models.CharField(_("level"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=300)
    base = models.JSONField(editable=False)
    content = models.JSONField(editable=False)
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
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def node(self) -> Node | None:
        """The node as it is now; None where it has been deleted."""
        return Node.objects.filter(uid=self.uid).first()


class Remark(models.Model):
    """What editors say to each other about a node (Anmerkung). Never public.

    A remark may ask somebody; an answer belongs to the remark that it answers.
    """

    uid = models.UUIDField(_("identity"), db_index=True)
    title = models.CharField(_("title"), max_length=300)
    text = LongTextField(_("remark"), max_length=4000)
    by = person_field(_("written by"))
    at = models.DateTimeField(_("written at"), default=timezone.now)
    asked = person_field(_("question to"), null=True, blank=True)
    answers = models.ForeignKey(
        "self", verbose_name=_("answer to"), null=True, on_delete=models.CASCADE, related_name="replies"
    )
    done_by = person_field(_("marked as done by"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class ImportFile(models.Model):
    """A table that somebody has uploaded and not yet confirmed. Kept for a day at most, one a person."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    name = models.CharField(_("file name"), max_length=100)
    content = models.BinaryField()
    choices = models.JSONField(
        default=dict, editable=False
    )  # how a city's own list is read; {} for our own tables

    class Meta:
        verbose_name = _("uploaded table")
        verbose_name_plural = _("uploaded tables")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class DeskMail(models.Model):
    """Whether somebody gets the daily mail about what waits for them, and when the last one went out (Tagesmail).

    Who has no row wants it, and has had none.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="desk_mail",
    )
    is_wanted = models.BooleanField(_("wants the daily mail"), default=True)
    sent_on = models.DateField(_("last mail on"), null=True, editable=False)

    class Meta:
        verbose_name = _("daily mail")
        verbose_name_plural = _("daily mails")
        default_permissions = ()  # everybody sets their own

    def __str__(self) -> str:
        return str(self.user)


class FreezeChoice(models.Model):
    """What the last freeze made of a node that was not agreed, to be proposed again (Auswahl beim Einfrieren).

    Kept apart from the edition: whoever deletes it and freezes again need not choose again. `agreement_ended` is the
    record since which the node is not agreed, 0 where it never was: a choice counts until it is agreed anew.
    """

    uid = models.UUIDField(_("identity"), primary_key=True)
    choice = models.CharField(_("choice"), max_length=10)
    agreement_ended = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("choice of the last freeze")
        verbose_name_plural = _("choices of the last freeze")
        default_permissions = ()  # the freeze alone writes it

    def __str__(self) -> str:
        return f"{self.uid}: {self.choice}"
