"""Where the strategy stands: what the public reads, the working tree beside it, and which measures end soon."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from editing.editions.editions_page import shown_edition
from measures.models import Measure
from measures.progress import Progress
from strategy.document.comparison import compare
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.editions.working_tree import preview
from strategy.presentation.change_counts import summary
from strategy.text.lazy_text import LazyText
from strategy.tree.levels import levels
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow

MOST = 8  # measures that are named of each year
OVER = (Progress.State.DONE, Progress.State.PERMANENT, Progress.State.STOPPED)


@dataclass(frozen=True)
class Standing:
    """The edition that is shown, and what the working tree says otherwise; how much there is of each level, and in
    which state of agreement."""

    shown: Edition | None
    differences: list[tuple[LazyText, str]]
    unshown: Edition | None
    levels: list[tuple[str, int]]
    reviews: list[tuple[str, int]]

    @classmethod
    def of(cls, rows: Iterable[TreeRow]) -> "Standing":
        """`rows` is the whole tree. A fixed number of queries."""
        shown = shown_edition()
        kinds, reviews = Counter(row.kind for row in rows), Counter(row.review for row in rows)
        return cls(
            shown,
            summary(compare(library.document(shown), preview())) if shown else [],
            Edition.objects.adopted_unshown().first(),
            [(level.plural, kinds[level.kind]) for level in levels() if kinds[level.kind]],
            [(str(review.label), reviews[review]) for review in Review],
        )


@dataclass(frozen=True)
class EndingMeasures:
    """The measures that are planned to end in this year (or before it, where that is past) and are not over."""

    year: int
    is_past: bool
    rows: list[TreeRow]

    @property
    def named(self) -> list[TreeRow]:
        """The first of them, in the order of the tree."""
        return self.rows[:MOST]

    @property
    def others(self) -> int:
        """How many are not named."""
        return len(self.rows) - len(self.named)


def ending_measures(rows: Iterable[TreeRow]) -> list[EndingMeasures]:
    """What should have ended before this year, then what ends in this year and the next. Two queries."""
    year = timezone.localdate().year
    over = set(Progress.objects.filter(state__in=OVER).values_list("uid", flat=True))
    planned = Measure.objects.order_by().filter(end_year__lte=year + 1, is_ongoing=False)
    ends = {
        pk: max(end, year - 1)
        for pk, uid, end in planned.values_list("pk", "uid", "end_year")
        if end and uid not in over
    }
    by_year = {each: [row for row in rows if ends.get(row.pk) == each] for each in (year - 1, year, year + 1)}
    return [EndingMeasures(each, each < year, found) for each, found in by_year.items() if found]
