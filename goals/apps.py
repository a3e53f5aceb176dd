"""Strategic and operational goals."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "goals"
    verbose_name = _("goals")

    def ready(self) -> None:
        from goals.levels import LEVELS, sdgs
        from strategy.tree.levels import register, register_meta

        for level in LEVELS:
            register(level)
        register_meta("sdgs", sdgs)
