"""Chapters, themes and their guidelines."""

import re
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from strategy.tree.kinds import Kind
from strategy.tree.models import Node

validate_colour = RegexValidator(re.compile(r"^#[0-9A-Fa-f]{6}$"), _("A colour is written like #1A6B3C."))


class Chapter(Node):
    """A chapter of running text before or after the themes (Kapitel), such as a preamble."""

    KIND: ClassVar = Kind.CHAPTER

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")


class Theme(Node):
    """A field of the strategy (Themenfeld)."""

    KIND: ClassVar = Kind.THEME

    class Origin(models.TextChoices):
        """Who chose the theme (Steuerungsgruppe or Kernteam)."""

        STEERING_GROUP = "steering_group", "Steuerungsgruppe"
        CORE_TEAM = "core_team", "Kernteam"

    class Icon(models.TextChoices):
        """The drawings that a theme can have; themes.cards draws them."""

        BOOK = "book", "Buch"
        PEOPLE = "people", "Menschen"
        LEAF = "leaf", "Blatt"
        GLOBE = "globe", "Weltkugel"
        HOUSE = "house", "Haus"
        BUILDING = "building", "Rathaus"

    colour = models.CharField(_("colour"), max_length=7, default="#0B4F7D", validators=[validate_colour])
    icon = models.CharField(_("icon"), max_length=20, choices=Icon, blank=True)
    origin = models.CharField(_("chosen by"), max_length=20, choices=Origin, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Guideline(Node):
    """The one guiding sentence of a theme (Leitlinie)."""

    KIND: ClassVar = Kind.GUIDELINE

    class Meta:
        verbose_name = _("guideline")
        verbose_name_plural = _("guidelines")
