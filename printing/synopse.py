"""The Synopse of two editions: what the new one says otherwise than the old one, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from strategy.document.changes import Change
from strategy.document.comparison import compare
from strategy.document.data import Plain
from strategy.document.document import Document, Entry
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.editions.working_tree import preview
from strategy.history.change_reasons import said_between
from strategy.presentation.change_counts import counts, sentence, summary
from strategy.presentation.change_views import ChangeView, change_views
from strategy.text.lazy_text import LazyText


@dataclass(frozen=True)
class SynopseRow:
    """A Change in words, with the reasons that editors gave for it."""

    view: ChangeView
    reasons: list[str]


@dataclass(frozen=True)
class SynopsePart:
    """What differs in one theme, in one chapter or on the title page, under its name."""

    title: str
    rows: list[SynopseRow]


@dataclass(frozen=True)
class Differences:
    """What one reading says otherwise than another. `counts` are (kind in words, how many), `summary` (kind, which
    levels and how many of each, in words)."""

    parts: tuple[SynopsePart, ...]
    counts: tuple[tuple[LazyText, int], ...]
    sentence: str
    summary: tuple[tuple[LazyText, str], ...]
    renumbered: tuple[Change, ...]

    @property
    def rows(self) -> list[SynopseRow]:
        """Every Change, in the order of its number."""
        return [row for part in self.parts for row in part.rows]

    @property
    def further_counts(self) -> tuple[tuple[LazyText, int], ...]:
        """The counts, where the sentence, which counts each Change once, leaves some of them out."""
        return self.counts if sum(count for _kind, count in self.counts) != len(self.rows) else ()

    @property
    def has_reasons(self) -> bool:
        """Whether a reason was given for any Change."""
        return any(row.reasons for row in self.rows)


@dataclass(frozen=True)
class Synopse(Differences):
    """All that a Synopse says, for a page, paper or a file. `new` is None for the working tree; `meta` is that of
    the newer side."""

    old: Edition
    new: Edition | None
    meta: Mapping[str, Plain]

    @property
    def has_sample(self) -> bool:
        """Whether either side holds sample data."""
        return self.old.has_sample or bool(self.meta["has_sample"])

    @property
    def name(self) -> str:
        """What it is called on paper, after the strategy as the newer side calls it."""
        return synopse_name(self.meta)

    @property
    def new_title(self) -> str:
        """What the newer side is called: its edition's title, or the working tree in words."""
        return self.new.title if self.new else gettext("working tree")


def synopse_name(meta: Mapping[str, Plain]) -> str:
    """What a Synopse is called on paper whose newer side has this meta."""
    return gettext("Synopse of the %(strategy)s") % {"strategy": meta["title"]}


def synopse_of(old: Edition, new: Edition | None) -> Synopse:
    """The Synopse of two editions: whenever it is made, the same two say the same, under the same numbers. With the
    working tree (None) it says what stands there now, with the reasons that were given until today."""
    document = library.document(new) if new else preview()
    title = new.title if new else gettext("working tree")
    return Synopse(**vars(_differences(old, new, document, title)), old=old, new=new, meta=document.meta)


def _differences(old: Edition, new: Edition | None, document: Document, title: str) -> Differences:
    before = library.document(old)
    notes = said_between(old, before, new)
    comparison = compare(before, document, origins=notes.origins)
    rows = [
        SynopseRow(view, notes.reasons.get(view.change.uid or "", [])) for view in change_views(comparison)
    ]
    return Differences(
        tuple(_parts(rows, document)),
        tuple(counts(comparison)),
        sentence(comparison, old.title, title),
        tuple(summary(comparison)),
        comparison.renumbered,
    )


def _parts(rows: list[SynopseRow], document: Document) -> Iterator[SynopsePart]:
    """The rows by what they stand below at the root; all in the order of their numbers."""
    for root, group in groupby(rows, lambda row: _root(row.view.change, document)):
        yield SynopsePart(root.name if root else gettext("Title page"), list(group))


def _root(change: Change, document: Document) -> Entry | None:
    """Below which root a Change stands in the new Document; what is gone, where it stood. None for the title page."""
    entry = change.entry
    if entry is None:
        return None
    line = (document.by_uid.get(each.uid) for each in (entry, *reversed(entry.ancestors)))
    return next((each.theme for each in line if each), entry.theme)
