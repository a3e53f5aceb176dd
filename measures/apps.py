"""Measures, departments, districts and progress."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "measures"
    verbose_name = _("measures")

    def ready(self) -> None:
        from measures.levels import LEVELS  # noqa: PLC0415
        from measures.live import records  # noqa: PLC0415
        from measures.models import Progress  # noqa: PLC0415
        from strategy import live  # noqa: PLC0415
        from strategy.levels import register  # noqa: PLC0415

        for level in LEVELS:
            register(level)
        live.register(records, Progress.State.choices)
