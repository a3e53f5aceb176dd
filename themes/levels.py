"""What chapters, themes and guidelines carry into an edition."""

from strategy.document.shapes import Shape
from strategy.tree.fields import Choice, Field
from strategy.tree.kinds import Kind
from strategy.tree.levels import Level, PrintStyle
from themes.models import Chapter, Guideline, Theme

TABLE = "themenfelder.csv"
LEVELS = [
    Level(
        Kind.CHAPTER,
        Chapter,
        "Kapitel",
        shape=Shape("kapitel"),
        paper=PrintStyle(style="chapter", in_contents=True),
        table=TABLE,
    ),
    Level(
        Kind.THEME,
        Theme,
        "Themenfelder",
        (
            Field("colour", "Farbe", template=""),
            Choice("icon", "Zeichen", template=""),
            Choice("origin", "ausgewählt von"),
        ),
        shape=Shape("themenfelder", parts=1),
        paper=PrintStyle("themenfeld", style="theme", in_contents=True),
        table=TABLE,
    ),
    Level(
        Kind.GUIDELINE,
        Guideline,
        "Leitlinien",
        shape=Shape(anchor="leitlinie"),
        paper=PrintStyle(style="guideline", is_framed=True),
        table=TABLE,
    ),
]
