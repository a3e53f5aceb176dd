"""When departments were reminded of a reporting round."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models import Department
from measures.reporting_rounds import ReportingRound


class RoundReminder(models.Model):
    """How often a department was reminded of a round by mail, and when last (Erinnerung). No row: not yet."""

    round = models.ForeignKey(
        ReportingRound, verbose_name=_("reporting round"), on_delete=models.CASCADE, related_name="reminders"
    )
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.CASCADE, related_name="+"
    )
    count = models.PositiveSmallIntegerField(default=0)
    sent_on = models.DateField(_("last mail on"), null=True)

    class Meta:
        verbose_name = _("reminder of a reporting round")
        verbose_name_plural = _("reminders of reporting rounds")
        default_permissions = ()  # the morning’s mails alone write it
        constraints = [
            models.UniqueConstraint(
                name="editing_roundreminder_once_a_department", fields=["round", "department"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.department}"
