"""Editions: frozen content, its seal, and which of them the public sees."""

import logging
import secrets
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.document.data import digest_of
from strategy.people import person_field
from strategy.validators import AddressField, LineField, LongTextField

logger = logging.getLogger(__name__)

WORKING_TREE = "arbeitsstand"  # stands in an address for the working tree, where else an edition's would


def refuse_reserved(slug: str) -> None:
    """Refuse the address that no edition can have."""
    if slug == WORKING_TREE:
        message = _("The address “%(slug)s” stands for the working tree. Please choose another one.")
        raise ValidationError(message, params={"slug": slug})


class EditionDamaged(Exception):
    """The content of an edition is missing, or is not what was frozen. `str()` of it is the edition's title."""


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions, the newest first."""

    def public(self) -> "EditionQuerySet":
        """Those that the public may read: once published, or from consultation on. Withheld ones included:
        their addresses answer with the reason."""
        return self.filter(Q(published_at__isnull=False) | ~Q(state=Edition.State.WORKING))

    def adopted_unshown(self) -> "EditionQuerySet":
        """The adopted edition, where it could be shown at the start page and is not."""
        shown = PublicState.objects.filter(shown=OuterRef("pk"))
        return self.filter(~Exists(shown), state=Edition.State.ADOPTED, withheld_on=None)

    def deletable(self) -> "EditionQuerySet":
        """Working editions that are not shown at the start page."""
        shown = PublicState.objects.filter(shown=OuterRef("pk"))
        return self.filter(~Exists(shown), state=Edition.State.WORKING)

    def newest_first(self) -> "EditionQuerySet":
        """By the time of freezing, the last one first."""
        return self.order_by("-frozen_at", "-pk")


class Edition(models.Model):
    """A frozen state of the whole strategy (Fassung). Its content never changes again, but for passages that are
    blackened on order (strategy/editions/redaction): `redaction_note` then says so wherever the edition is shown."""

    class State(models.TextChoices):
        """Where an edition stands between the working tree and the council's archive."""

        WORKING = "working", _("working edition")
        CONSULTATION = "consultation", _("in consultation")
        ADOPTED = "adopted", _("adopted")
        SUPERSEDED = "superseded", _("superseded")
        REJECTED = "rejected", _("rejected")

    TRANSITIONS: ClassVar[dict[str, tuple[str, ...]]] = {
        State.WORKING: (State.CONSULTATION,),
        # superseded at once, where the council adopts another text with its changes
        State.CONSULTATION: (State.ADOPTED, State.REJECTED, State.SUPERSEDED),
        State.ADOPTED: (State.SUPERSEDED,),
        State.SUPERSEDED: (),
        State.REJECTED: (),
    }

    slug = AddressField(_("address"), max_length=80, unique=True)
    title = LineField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WORKING)
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    has_sample = models.BooleanField(_("contains sample data"), default=False)
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = person_field(_("frozen by"), null=True, blank=True)
    published_at = models.DateTimeField(_("first published at"), null=True, blank=True)

    paper_number = LineField(_("number of the paper"), max_length=20, blank=True)
    decided_by = LineField(_("decided by"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    result = LineField(_("result"), max_length=100, blank=True)

    withheld_on = models.DateField(_("withheld on"), null=True, blank=True)
    withheld_reason = LongTextField(_("reason for withholding"), blank=True)

    redaction_note = LongTextField(_("note on what was blackened"), blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        permissions: ClassVar = [
            ("freeze_edition", _("Can freeze the working tree into an edition")),
            ("publish_edition", _("Can publish editions and take them back")),
        ]
        constraints = [
            models.CheckConstraint(
                name="strategy_edition_adopted_is_sealed",
                condition=~Q(state__in=["adopted", "superseded"])
                | (~Q(paper_number="") & ~Q(decided_by="") & Q(decided_on__isnull=False) & ~Q(result="")),
                violation_error_message=_("An adopted edition names paper, body, date and result."),
            ),
            models.CheckConstraint(
                name="strategy_edition_consultation_has_paper",
                condition=~Q(state="consultation") | ~Q(paper_number=""),
                violation_error_message=_("An edition in consultation names its paper."),
            ),
            models.CheckConstraint(
                name="strategy_edition_sample_stays_working",
                condition=Q(has_sample=False) | Q(state="working"),
                violation_error_message=_("An edition with sample data stays a working edition."),
            ),
            models.CheckConstraint(
                name="strategy_edition_withheld_has_reason",
                condition=Q(withheld_on__isnull=True, withheld_reason="")
                | (Q(withheld_on__isnull=False) & ~Q(withheld_reason="")),
                violation_error_message=_("Withholding needs a date and a reason."),
            ),
            models.UniqueConstraint(
                name="strategy_edition_one_adopted",
                fields=["state"],
                condition=Q(state="adopted"),
                violation_error_message=_("Only one edition can be the adopted one."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        refuse_reserved(self.slug)

    @property
    def is_public(self) -> bool:
        """Whether the public may read it: once published, or from consultation on."""
        return self.published_at is not None or self.state != self.State.WORKING

    @property
    def is_withheld(self) -> bool:
        """Whether it was taken from the public for a legal reason."""
        return self.withheld_on is not None

    @property
    def is_redacted(self) -> bool:
        """Whether passages of it were blackened on order."""
        return bool(self.redaction_note)

    @property
    def why_not_shown(self) -> str:
        """Why it cannot be the edition that is shown at the start page, in a sentence; "" where it can."""
        if self.is_withheld:
            return gettext("“%(edition)s” is withheld and cannot be published.") % {"edition": self}
        if self.state == self.State.REJECTED:
            return gettext("“%(edition)s” was rejected and cannot be published.") % {"edition": self}
        return ""

    def checked(self, text: str | None) -> str:
        """The content that was read of this edition; EditionDamaged where it does not match the digest."""
        if text is None or digest_of(text) != self.digest:
            logger.error("Edition %s is damaged: its content does not match its digest.", self.slug)
            raise EditionDamaged(self.title)
        return text

    @property
    def frozen_text(self) -> str:
        """Its JSON as it was frozen; EditionDamaged where that is gone or was changed since."""
        try:
            text = self.content.data
        except EditionContent.DoesNotExist:
            text = None
        return self.checked(text)

    @property
    def why_not_deleted(self) -> str:
        """Why it is not one of the deletable, in a sentence; "" where it is."""
        if self.state != self.State.WORKING:
            return gettext("“%(edition)s” was before the council and is never deleted.") % {"edition": self}
        if PublicState.objects.filter(shown=self).exists():
            message = gettext("“%(edition)s” is being shown. Please publish another edition first.")
            return message % {"edition": self}
        return ""

    @property
    def short_digest(self) -> str:
        """The first twelve digits: enough to compare by eye."""
        return self.digest[:12]


class EditionContent(models.Model):
    """The content of an edition: canonical JSON and its digest. Triggers in the database refuse any change.

    Later migrations leave this table alone: SQLite remakes a table that is altered, and drops its triggers.
    """

    edition = models.OneToOneField(
        Edition, verbose_name=_("edition"), primary_key=True, on_delete=models.CASCADE, related_name="content"
    )
    format = models.PositiveSmallIntegerField(_("format"))
    digest = models.CharField(_("digest"), max_length=64)
    data = models.TextField(_("content"))
    is_sealed = models.BooleanField(_("was in consultation or adopted"), default=False)

    class Meta:
        verbose_name = _("content of an edition")
        verbose_name_plural = _("contents of editions")

    def __str__(self) -> str:
        return self.digest


class Publication(models.Model):
    """That an edition was made the one shown at the start page (Veröffentlichung)."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="publications"
    )
    published_at = models.DateTimeField(_("published at"))
    published_by = person_field(_("published by"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = person_field(_("taken back by"), null=True, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.edition} {self.published_at:%Y-%m-%d}"


class PublicStateManager(models.Manager["PublicState"]):
    """The one row that every process asks for."""

    def raise_revision(self) -> None:
        """Say that something public has changed. Called in the transaction that changes it."""
        if not self.filter(pk=1).update(revision=new_revision()):
            self.create(pk=1, revision=new_revision())

    def locked(self) -> "PublicState":
        """The row, held until the end of the transaction. Whoever changes editions takes it first."""
        return self.select_for_update().get_or_create(pk=1)[0]

    def show(self, edition: Edition | None) -> None:
        """Make this edition the one that is shown at the start page."""
        self.get_or_create(pk=1)
        self.filter(pk=1).update(shown=edition, revision=new_revision())


def new_revision() -> str:
    """A random token. Revisions have no order: after a backup was restored, what is shown is as new as after a
    publication, and whoever remembers a later one has to forget it."""
    return secrets.token_hex(16)


class PublicState(models.Model):
    """What the public sees (one row): the shown edition, and a revision that is another after every public change."""

    revision = models.CharField(max_length=32, default="")
    shown = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PublicStateManager()

    class Meta:
        verbose_name = _("public state")

    def __str__(self) -> str:
        return self.revision


class Strategy(models.Model):
    """The title page of the working tree (one row), and what the next edition says about itself."""

    city = LineField(_("city"), max_length=100)
    title = LineField(_("title"), max_length=200)
    subtitle = LineField(_("subtitle"), max_length=200, blank=True)
    edition_slug = AddressField(_("address of the next edition"), max_length=80, blank=True)
    edition_title = LineField(_("title of the next edition"), max_length=200, blank=True)
    edition_remark = LongTextField(
        _("remark on the next edition"),
        blank=True,
        help_text=_("What this edition is, and what is missing in it. Shown on its overview."),
    )
    paper_number = LineField(
        _("paper that the next edition refers to"),
        max_length=20,
        blank=True,
        help_text=_("Number of a paper that is recorded here, such as 2021/0734."),
    )

    class Meta:
        verbose_name = _("title page")
        verbose_name_plural = _("title page")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        refuse_reserved(self.edition_slug)

    @classmethod
    def current(cls) -> "Strategy":
        """The one row; unsaved and empty where nothing has been loaded yet."""
        return cls.objects.first() or cls(pk=1)
