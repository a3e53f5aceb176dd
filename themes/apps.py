"""Chapters, themes and guidelines."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    name = "themes"
    verbose_name = _("themes and chapters")

    def ready(self) -> None:
        from strategy.tree.levels import register
        from themes.levels import LEVELS

        for level in LEVELS:
            register(level)
