"""What the council changed in an edition, until it is in the working tree."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council.papers import Paper
from strategy.people import person_field
from strategy.validators import LineField

LENGTH = 1000  # characters of a line


class MinutedChange(models.Model):
    """A change that the council decided on (Änderung nach Niederschrift), until somebody has made it in the
    working tree.

    `code` is the one in the edition that was before the council, `uid` the entry that has it there; both are empty for
    what is new, or concerns no single entry.
    """

    paper = models.ForeignKey(
        Paper, verbose_name=_("paper"), on_delete=models.CASCADE, related_name="minuted_changes"
    )
    code = models.CharField(_("code"), max_length=40, blank=True)
    uid = models.UUIDField(_("identity"), null=True)
    said = LineField(_("change"), max_length=LENGTH)
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    noted_by = person_field(_("noted by"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = person_field(_("done by"), null=True)

    class Meta:
        verbose_name = _("change by the minutes")
        verbose_name_plural = _("changes by the minutes")
        ordering = ["pk"]
        default_permissions = ()  # whoever may change the paper
        constraints = [
            models.CheckConstraint(
                name="editing_minutedchange_code_has_entry",
                condition=(Q(code="") & Q(uid__isnull=True)) | (~Q(code="") & Q(uid__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.said}".strip()

    @property
    def is_done(self) -> bool:
        """Whether somebody has said that it is made."""
        return self.done_at is not None
