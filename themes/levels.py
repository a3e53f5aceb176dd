"""What chapters, themes and guidelines carry into an edition."""

from django.utils.translation import gettext_lazy as _

from strategy.tree.fields import Choice, Field
from strategy.tree.kinds import Kind
from strategy.tree.levels import Level
from themes.models import Chapter, Guideline, Theme

LEVELS = [
    Level(Kind.CHAPTER, Chapter),
    Level(
        Kind.THEME,
        Theme,
        (
            Field("colour", _("colour"), template=""),
            Choice("icon", _("icon"), template=""),
            Choice("origin", _("chosen by")),
        ),
    ),
    Level(Kind.GUIDELINE, Guideline),
]
