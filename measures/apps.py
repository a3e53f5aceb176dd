"""Measures, departments, districts and progress."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "measures"
    verbose_name = _("measures")

    def ready(self) -> None:
        from measures.execution import Execution, Milestone, YearSpending
        from measures.levels import LEVELS
        from measures.live import records
        from measures.models import Department
        from measures.progress import Progress, Report
        from strategy.editions import live, public_rows
        from strategy.editions.redaction import places
        from strategy.tree.levels import register

        for level in LEVELS:
            register(level)
        live.register(records, Progress.State.choices)
        public_rows.register(Department, Progress, Report, Execution, Milestone, YearSpending)
        said = ("note", "next_step", "obstacle", "decision_needed")
        reported = (*said, "correction_note")
        places.register(places.Records("reports", _("Reports"), "measures.Report", reported))
        drafted = (*said, "returned_note")
        places.register(
            places.Records("drafts", _("Reports not yet public"), "measures.ReportDraft", drafted)
        )
