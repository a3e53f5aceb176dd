"""What the council has before it, and what it decided."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "council"
    verbose_name = _("council")

    def ready(self) -> None:
        from council.basis import basis
        from council.record import papers_on_measures_of, record_of
        from printing.record import register
        from strategy.tree.levels import register_meta

        register_meta("basis", basis)
        register(record_of, papers_on_measures_of)
