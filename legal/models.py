"""The pages that the law asks for, and what citizens report through one of them."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategy.people import require_permission
from strategy.text.sentences import sentence_by_line
from strategy.validators import LineField, LongTextField


class LegalSlug(models.TextChoices):
    """The address of a legal page, which never changes."""

    IMPRINT = "impressum", _("imprint")
    PRIVACY = "datenschutz", _("privacy")
    ACCESSIBILITY = "barrierefreiheit", _("accessibility statement")
    EASY_LANGUAGE = "leichte-sprache", _("easy language")
    SIGN_LANGUAGE = "gebaerdensprache", _("sign language")


class LegalPage(models.Model):
    """A page that the law asks for (Rechtstext). Without a row, the delivered placeholder is shown."""

    slug = models.CharField(_("page"), max_length=20, choices=LegalSlug, unique=True)
    title = LineField(_("title"), max_length=120)
    text = LongTextField(
        _("text"),
        help_text=_("Headings begin with ## or ###, links look like [words](address)."),
    )
    is_placeholder = models.BooleanField(
        _("not yet filled in"),
        default=False,
        help_text=_("While this is set, the page says that the city still has to write it."),
    )
    changed_on = models.DateField(_("changed on"), null=True, blank=True, editable=False)

    class Meta:
        db_table = "herne_strategy_legalpage"  # tables keep their names
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="herne_strategy_legalpage_slug_is_known",
                condition=Q(slug__in=LegalSlug.values),
                violation_error_message=_("The portal has no such page."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(self.slug)

    @property
    def is_easy(self) -> bool:
        """Whether it is written in Leichte Sprache."""
        return self.slug == LegalSlug.EASY_LANGUAGE

    @property
    def shown_text(self) -> str:
        """The text as it is read: in Leichte Sprache a sentence a line."""
        return sentence_by_line(self.text) if self.is_easy else self.text


class BarrierReportQuerySet(models.QuerySet["BarrierReport"]):
    """Reports by their age. A client is known for an hour: long enough to count what it sends."""

    KNOWN_FOR: ClassVar = datetime.timedelta(hours=1)

    def recent(self, *, at: datetime.datetime) -> "BarrierReportQuerySet":
        """Made within the hour before `at`."""
        return self.filter(created_at__gt=at - self.KNOWN_FOR)

    def forget_clients(self, *, at: datetime.datetime) -> int:
        """Empty the client keys of all reports that are an hour old. Returns their number."""
        return self.of_known_clients(at=at).update(client_key="")

    def of_known_clients(self, *, at: datetime.datetime) -> "BarrierReportQuerySet":
        """An hour old, and still with the key of their client."""
        return self.filter(created_at__lte=at - self.KNOWN_FOR).exclude(client_key="")

    def done_before(self, at: datetime.datetime) -> "BarrierReportQuerySet":
        """Those that were dealt with before this moment."""
        return self.filter(is_done=True, done_at__lt=at)


class BarrierReport(models.Model):
    """What somebody wrote about a barrier of the portal (gemeldete Barriere), stored before it is mailed.

    `client_key` says which reports came from the same address, for an hour, without saying from which.
    """

    MAX_LENGTH = 5_000
    MAX_PAGE_LENGTH = 500

    text = models.TextField(_("what is the barrier?"), max_length=MAX_LENGTH)
    page = models.CharField(_("where?"), max_length=MAX_PAGE_LENGTH, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    created_at = models.DateTimeField(_("reported at"), db_index=True)
    client_key = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True, editable=False)
    is_done = models.BooleanField(_("dealt with"), default=False)
    done_at = models.DateTimeField(_("dealt with at"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dealt with by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = BarrierReportQuerySet.as_manager()

    class Meta:
        db_table = "herne_strategy_barrierreport"
        verbose_name = _("reported barrier")
        verbose_name_plural = _("reported barriers")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="herne_strategy_barrierreport_done_has_time",
                condition=Q(is_done=True, done_at__isnull=False) | Q(is_done=False, done_at__isnull=True),
                violation_error_message=_("A report that was dealt with has a time, an open one has none."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def mark(self, *, done: bool, by: User) -> None:
        """Say that it was dealt with, when and by whom, or that it is open again. Not saved yet.

        PermissionDenied where this person may not.
        """
        require_permission(by, "legal.change_barrierreport")
        self.is_done = done
        self.done_at = timezone.now() if done else None
        self.done_by = by if done else None


class BarrierReportLock(models.Model):
    """One row. Whoever counts reports and adds one holds it, so that two at once cannot pass the limit."""

    class Meta:
        db_table = "herne_strategy_barrierreportlock"
        verbose_name = _("lock of reported barriers")

    def __str__(self) -> str:
        return "BarrierReportLock"
