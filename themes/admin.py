"""Chapters, themes and guidelines in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from strategy.forms.level_admin import LevelAdmin
from strategy.forms.level_widgets import register
from themes.models import Chapter, Guideline, Theme
from themes.pictures import colours, icons

register(Theme, "colour", colours)
register(Theme, "icon", icons)


@admin.register(Chapter)
class ChapterAdmin(LevelAdmin):
    """Chapters carry no field of their own."""


@admin.register(Theme)
class ThemeAdmin(LevelAdmin):
    """Themenfelder, with colour, icon and who chose them."""

    groups = ((_("Look and origin"), ("colour", "icon", "origin")),)


@admin.register(Guideline)
class GuidelineAdmin(LevelAdmin):
    """Guidelines carry no field of their own."""
