"""Orders to blacken passages of editions, and which editions were blackened. docs/adr/0021 says why and how."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategy.editions.models import Edition
from strategy.people import person_field
from strategy.validators import LineField


class RedactionOrder(models.Model):
    """An order to blacken passages for good (Anordnung zur Schwärzung): recorded by one person, confirmed by another,
    carried out on the server by `manage.py redact_editions`."""

    class Basis(models.TextChoices):
        """On what the order rests. German in the source: kept in the note of the edition."""

        ERASURE = "erasure", "Recht auf Löschung (Art. 17 DSGVO)"
        COURT = "court", "Entscheidung eines Gerichts"
        AUTHORITY = "authority", "Anordnung einer Aufsichtsbehörde"

    reference = LineField(
        _("reference"),
        max_length=100,
        help_text=_("The file number. It stays here for ever, so please without names."),
    )
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    ordered_on = models.DateField(_("ordered on"))
    recorded_by = person_field(_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    confirmed_by = person_field(_("confirmed by"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    carried_out_at = models.DateTimeField(_("carried out at"), null=True, blank=True)

    class Meta:
        verbose_name = _("order to blacken")
        verbose_name_plural = _("orders to blacken")
        ordering = ["-pk"]
        default_permissions = ()
        permissions: ClassVar = [
            ("redact_edition", _("Can order that passages are blackened, and confirm it"))
        ]
        constraints = [
            models.CheckConstraint(
                name="strategy_redactionorder_two_persons",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
                violation_error_message=_("Whoever recorded an order cannot confirm it."),
            ),
            models.CheckConstraint(
                name="strategy_redactionorder_confirmed_is_signed",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message=_("A confirmed order names who confirmed it, and when."),
            ),
            models.CheckConstraint(
                name="strategy_redactionorder_carried_out_is_confirmed",
                condition=Q(carried_out_at=None) | Q(confirmed_at__isnull=False),
                violation_error_message=_("An order is confirmed before it is carried out."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def clean(self) -> None:
        if self.ordered_on and self.ordered_on > timezone.localdate():
            raise ValidationError(
                {"ordered_on": _("This day is still to come. Please enter the day of the order.")}
            )

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed or withdrawn: nobody has confirmed it."""
        return self.confirmed_at is None

    @property
    def is_due(self) -> bool:
        """Whether it is confirmed and not carried out yet."""
        return self.confirmed_at is not None and self.carried_out_at is None


class RedactionPassage(models.Model):
    """Words that an order is about, in one place (Stelle). Deleted once the order is carried out: it holds the very
    words that are to go.

    `source` is "edition", or which records beside the tree they stand in. `uid` is the node, None for the title sheet;
    `place` says where it is. What `stays` is not blackened.
    """

    order = models.ForeignKey(
        RedactionOrder, verbose_name=_("order"), on_delete=models.CASCADE, related_name="passages"
    )
    source = models.CharField(max_length=20)
    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    uid = models.UUIDField(_("identity"), null=True)
    field = models.CharField(max_length=50, blank=True)
    words = LineField(_("words"), max_length=500)
    place = models.CharField(_("place"), max_length=1000)
    count = models.PositiveIntegerField(_("how often"))
    stays = models.BooleanField(_("stays"), default=False)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.place

    @property
    def key(self) -> tuple[str, uuid.UUID | None, str]:
        """Which records it stands in: what they are, of which node, and the words."""
        return self.source, self.uid, self.words


class RedactedEdition(models.Model):
    """That an edition was blackened under an order. Its identity and its seal are the same as before.

    `digest_before` and `files_before` (the SHA-256 of the files that the council had, by their form) prove that a copy
    elsewhere is the one that was decided on. They are not public: with them, anybody could try out which words make the
    blackened text the old one again.
    """

    order = models.ForeignKey(
        RedactionOrder, verbose_name=_("order"), on_delete=models.PROTECT, related_name="editions"
    )
    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="redactions"
    )
    digest_before = models.CharField(_("digest before"), max_length=64)
    digest_after = models.CharField(_("digest after"), max_length=64)
    files_before: Any = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("blackened edition")
        verbose_name_plural = _("blackened editions")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="strategy_redactededition_once",
                fields=["order", "edition"],
                violation_error_message=_("An order blackens an edition once."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.edition)
