"""The Synopse of two editions: what the new one says otherwise than the old one, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from strategy.document.changes import Change
from strategy.document.comparison import compare
from strategy.document.document import Document, Plain
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.editions.working_tree import preview
from strategy.history.change_reasons import said_between
from strategy.pages.reading import EDITION, STAFF, login_first
from strategy.presentation.change_counts import counts, sentence
from strategy.presentation.change_views import ChangeView, change_views
from strategy.text.lazy_text import LazyText


@dataclass(frozen=True)
class Row:
    """A Change in words, with the reasons that editors gave for it."""

    view: ChangeView
    reasons: list[str]


@dataclass(frozen=True)
class Differences:
    """What one reading says otherwise than another. `counts` are (kind in words, how many)."""

    rows: tuple[Row, ...]
    counts: tuple[tuple[LazyText, int], ...]
    sentence: str
    renumbered: tuple[Change, ...]

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
    return Differences(
        tuple(Row(view, notes.reasons.get(view.change.uid or "", [])) for view in change_views(comparison)),
        tuple(counts(comparison)),
        sentence(comparison, old.title, title),
        comparison.renumbered,
    )


@dataclass(frozen=True)
class Pair:
    """Two editions side by side, on pages for everybody or (mode STAFF) for those who read every edition."""

    old: Edition
    new: Edition
    mode: str

    @property
    def is_staff(self) -> bool:
        """Whether it is read among the pages of the administration."""
        return self.mode == STAFF

    @property
    def page(self) -> str:
        """The address of the Synopse on the web."""
        return self._address("synopse")

    @property
    def on_paper(self) -> str:
        """The address of its print view."""
        return self._address("print_synopse")

    @property
    def pdf(self) -> str:
        """The address of its PDF."""
        return self._address("pdf_synopse")

    @property
    def old_base(self) -> str:
        """Begins every address of the older edition's pages."""
        return self._base(self.old)

    @property
    def new_base(self) -> str:
        """Begins every address of the newer edition's pages."""
        return self._base(self.new)

    def _address(self, name: str) -> str:
        names = f"staff_synopse:{name}" if self.is_staff else name
        return reverse(names, args=[self.old.slug, self.new.slug])

    def _base(self, edition: Edition) -> str:
        return reverse("staff:overview" if self.is_staff else "edition:overview", args=[edition.slug])


PairView = Callable[Concatenate[HttpRequest, Pair, ...], HttpResponse]


def synopse_page(
    view: PairView, *, with_contents: bool = True, is_kept: bool = True
) -> Callable[..., HttpResponse]:
    """A page of the Synopse of two editions, under both prefixes that herne_strategy/urls.py gives it.

    The public reads public editions, and of a withheld one the reason; staff reads all. Without contents, each is
    read when somebody asks for it. `is_kept` says whether the public page may be kept in memory.
    """

    @wraps(view)
    def page(request: HttpRequest, old: str, new: str, mode: str = EDITION) -> HttpResponse:
        if login := login_first(request, mode):
            return login
        pair = _pair(old, new, mode, with_contents)
        withheld = next((each for each in (pair.old, pair.new) if each.is_withheld), None)
        if withheld and not pair.is_staff:
            return render(request, "strategy/edition_withheld.html", {"edition": withheld}, status=410)
        response = view(request, pair)
        if pair.is_staff:
            response["Cache-Control"] = "private, no-store"
        response.is_public_page = is_kept and not pair.is_staff  # type: ignore[attr-defined]
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(page)


@synopse_page
def synopse(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The Synopse of two editions, side by side."""
    context = {"pair": pair, "synopse": synopse_of(pair.old, pair.new)}
    return render(request, "printing/synopse.html", context)


def _pair(old: str, new: str, mode: str, with_contents: bool) -> Pair:
    """Both editions, in one query; 404 where one is not there."""
    editions = Edition.objects.all() if mode == STAFF else Edition.objects.public()
    if with_contents:
        editions = editions.select_related("content")
    by_slug = {each.slug: each for each in editions.filter(slug__in=(old, new))}
    if old not in by_slug or new not in by_slug:
        raise Http404
    return Pair(by_slug[old], by_slug[new], mode)
