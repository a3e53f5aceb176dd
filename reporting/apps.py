"""Status reports on the strategy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("status reports")

    def ready(self) -> None:
        from reporting.integrity import damaged_reports
        from reporting.models import PROTECTION, StatusReport
        from strategy.editions import integrity, live, public_rows, triggers

        triggers.register(PROTECTION)
        integrity.register_kept(damaged_reports)
        public_rows.register(StatusReport)
        live.register_place("reports", StatusReport.objects.addresses)
