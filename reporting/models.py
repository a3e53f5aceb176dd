"""Status reports: a closed reporting round as readers and the council get it, frozen like an edition."""

import logging
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from measures.reporting_rounds import ReportingRound
from reporting.report_content import ReportContent
from strategy.document.data import digest_of
from strategy.editions.models import EditionDamaged
from strategy.editions.triggers import Rule
from strategy.people import person_field
from strategy.validators import AddressField, LineField, LongTextField

logger = logging.getLogger(__name__)

REPORT, CONTENT = "reporting_statusreport", "reporting_statusreportcontent"
NEVER_CHANGES = "A frozen status report never changes."
STAYS = "A frozen status report is never deleted, but for one with sample data."
# No rule of CONTENT names REPORT: SQLite could not remake that table any more.
PROTECTION = {
    "reporting_content_never_changes": Rule(CONTENT, "UPDATE", "TRUE", NEVER_CHANGES),
    "reporting_content_is_never_replaced": Rule(
        CONTENT,
        "INSERT",
        "EXISTS (SELECT 1 FROM reporting_statusreportcontent c WHERE c.report_id = NEW.report_id)",
        NEVER_CHANGES,
    ),
    "reporting_content_stays": Rule(CONTENT, "DELETE", "NOT OLD.has_sample", STAYS),
    "reporting_content_no_truncate": Rule(
        CONTENT,
        "TRUNCATE",
        "EXISTS (SELECT 1 FROM reporting_statusreportcontent WHERE NOT has_sample)",
        STAYS,
    ),
    "reporting_report_never_changes": Rule(
        REPORT,
        "UPDATE",
        "OLD.frozen_at IS NOT NULL AND (NEW.frozen_at IS NULL OR NEW.id <> OLD.id OR NEW.slug <> OLD.slug "
        "OR NEW.title <> OLD.title OR NEW.round_id <> OLD.round_id OR NEW.foreword <> OLD.foreword "
        "OR NEW.digest <> OLD.digest OR NEW.frozen_at <> OLD.frozen_at OR NEW.has_sample <> OLD.has_sample)",
        NEVER_CHANGES,
    ),
    "reporting_report_is_never_replaced": Rule(
        REPORT,
        "INSERT",
        "EXISTS (SELECT 1 FROM reporting_statusreport r WHERE r.id = NEW.id OR r.slug = NEW.slug)",
        NEVER_CHANGES,
    ),
    "reporting_report_stays": Rule(
        REPORT, "DELETE", "OLD.frozen_at IS NOT NULL AND NOT OLD.has_sample", STAYS
    ),
}


class ReportDamaged(EditionDamaged):
    """The content of a status report is missing, or is not what was frozen. `str()` of it is the report's title; it is
    answered as a damaged edition is."""


class StatusReportQuerySet(models.QuerySet["StatusReport"]):
    """Status reports, the newest first."""

    def frozen(self) -> "StatusReportQuerySet":
        """Those whose content is frozen, the last one first."""
        return self.filter(frozen_at__isnull=False).order_by("-frozen_at", "-pk")

    def public(self) -> "StatusReportQuerySet":
        """Those that have an address for readers. Withheld ones included: theirs answers with the reason."""
        return self.frozen()

    def addresses(self) -> list[str]:
        """The pages that readers find, the list of all first; [] where there is no report. One query."""
        reports = list(self.public().values_list("slug", "withheld_on"))
        pages = [f"berichte/{slug}/" for slug, withheld_on in reports if withheld_on is None]
        return ["berichte/", *pages] if reports else []


class StatusReport(models.Model):
    """How far the strategy is after a closed reporting round (Sachstandsbericht).

    A draft until it is frozen: only its title and foreword can be written. Frozen it is public at once and never
    changes again; it can be withheld from readers, with a reason.
    """

    round = models.OneToOneField(
        ReportingRound,
        verbose_name=_("reporting round"),
        on_delete=models.PROTECT,
        related_name="status_report",
    )
    slug = AddressField(_("address"), max_length=60, unique=True)
    title = LineField(_("title"), max_length=200)
    foreword = LongTextField(
        _("foreword of the coordination"),
        blank=True,
        help_text=_("Stands before the report. Paragraphs are separated by an empty line."),
    )
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)
    has_sample = models.BooleanField(_("contains sample data"), default=False, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, editable=False)
    frozen_by = person_field(_("frozen by"), null=True, editable=False)
    withheld_on = models.DateField(_("withheld on"), null=True, editable=False)
    withheld_reason = LongTextField(_("reason for withholding"), blank=True, editable=False)

    objects: ClassVar = StatusReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("status report")
        verbose_name_plural = _("status reports")
        default_permissions: ClassVar[tuple[str, ...]] = ()  # who publishes editions may write it
        constraints = [
            models.CheckConstraint(
                name="reporting_statusreport_frozen_has_digest",
                condition=Q(frozen_at__isnull=True, digest="") | (Q(frozen_at__isnull=False) & ~Q(digest="")),
                violation_error_message=_("A frozen status report has a digest."),
            ),
            models.CheckConstraint(
                name="reporting_statusreport_withheld_has_reason",
                condition=Q(withheld_on__isnull=True, withheld_reason="")
                | (Q(withheld_on__isnull=False) & ~Q(withheld_reason="")),
                violation_error_message=_("Withholding needs a date and a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_frozen(self) -> bool:
        """Whether its content is frozen."""
        return self.frozen_at is not None

    @property
    def is_withheld(self) -> bool:
        """Whether readers cannot read it any more."""
        return self.withheld_on is not None

    @property
    def short_digest(self) -> str:
        """The first twelve digits: enough to compare by eye."""
        return self.digest[:12]

    @property
    def frozen_text(self) -> str:
        """Its JSON as it was frozen; ReportDamaged where that is gone or was changed since."""
        content = StatusReportContent.objects.filter(report=self).first()
        if content is None or digest_of(content.data) != self.digest:
            logger.error("Status report %s is damaged: its content does not match its digest.", self.slug)
            raise ReportDamaged(self.title)
        return content.data

    @cached_property
    def content(self) -> ReportContent:
        """What it says, as it was frozen."""
        return ReportContent.from_json(self.frozen_text)


class StatusReportContent(models.Model):
    """The content of a status report: canonical JSON. Triggers in the database refuse any change.

    Later migrations leave this table alone: SQLite remakes a table that is altered, and drops its triggers.
    """

    report = models.OneToOneField(
        StatusReport,
        verbose_name=_("status report"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="frozen_content",
    )
    data = models.TextField(_("content"))
    has_sample = models.BooleanField(_("contains sample data"), default=False)

    class Meta:
        verbose_name = _("content of a status report")
        verbose_name_plural = _("contents of status reports")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(self.report)
