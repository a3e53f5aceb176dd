"""The level kinds of a strategy: what may stand where, and how deep."""

import re

from django.db import models


class Kind(models.TextChoices):
    """The level of a node (Ebene). A code for each, as in the edition's JSON, and what a node of it is called:
    in German in the source, as editions keep it (docs/adr/0002)."""

    CHAPTER = "chapter", "Kapitel"
    THEME = "theme", "Themenfeld"
    GUIDELINE = "guideline", "Leitlinie"
    STRATEGIC_GOAL = "strategic_goal", "strategisches Ziel"
    OPERATIONAL_GOAL = "operational_goal", "operatives Ziel"
    MEASURE = "measure", "Maßnahme"


DEPTHS: dict[str, tuple[int, ...]] = {
    Kind.CHAPTER: (1,),
    Kind.THEME: (1,),
    Kind.GUIDELINE: (2,),
    Kind.STRATEGIC_GOAL: (3,),
    Kind.OPERATIONAL_GOAL: (4,),
    Kind.MEASURE: (4, 5),
}

# Which sequences of children a parent admits, a letter per kind (None: the root). Chapters stand before or
# after the themes, a theme has one guideline, measures straight under a strategic goal come before its
# operational goals.
_LETTERS = dict(zip(Kind.values, "ctgsom", strict=True))
_CHILDREN: dict[str | None, re.Pattern[str]] = {
    None: re.compile("c*t*c*"),
    Kind.CHAPTER: re.compile(""),
    Kind.THEME: re.compile("g?"),
    Kind.GUIDELINE: re.compile("s*"),
    Kind.STRATEGIC_GOAL: re.compile("m*o*"),
    Kind.OPERATIONAL_GOAL: re.compile("m*"),
    Kind.MEASURE: re.compile(""),
}


def admits(parent: str | None, children: list[str]) -> bool:
    """Whether `children`, in this order, may stand below a parent of this kind (None: the root)."""
    return bool(_CHILDREN[parent].fullmatch("".join(_LETTERS[kind] for kind in children)))


def first_misplaced(parent: str | None, children: list[str]) -> int | None:
    """The index of the first child that may not stand where it does; None where all may."""
    if admits(parent, children):
        return None
    return next(end for end in range(len(children)) if not admits(parent, children[: end + 1]))


def kinds_below(parent: str | None) -> list[Kind]:
    """The kinds that may stand below a parent of this kind (None: the root)."""
    return [kind for kind in Kind if admits(parent, [kind])]


def last_place(parent: str | None, children: list[str], kind: str) -> int | None:
    """The last index at which a node of `kind` may join `children`; None where there is none."""
    for index in range(len(children), -1, -1):
        if admits(parent, [*children[:index], kind, *children[index:]]):
            return index
    return None


def nearest_place(parent: str | None, children: list[str], kind: str, position: int) -> int | None:
    """The index nearest to `position` at which a node of `kind` may join `children`; None where there is none.

    Of two that are as near it is the earlier.
    """
    for index in sorted(range(len(children) + 1), key=lambda index: abs(index - position)):
        if admits(parent, [*children[:index], kind, *children[index:]]):
            return index
    return None


def next_place(parent: str | None, children: list[str], index: int, step: int) -> int | None:
    """Where the child at `index` may stand next in this direction (1 or -1); None where there is no such place."""
    kind, others = children[index], [*children[:index], *children[index + 1 :]]
    place = index + step
    while 0 <= place <= len(others):
        if admits(parent, [*others[:place], kind, *others[place:]]):
            return place
        place += step
    return None
