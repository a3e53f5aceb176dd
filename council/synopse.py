"""The Synopse of two editions: what the new one says otherwise than the old one, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from strategy.change_counts import counts, sentence
from strategy.change_views import ChangeView, change_views
from strategy.changes import Change
from strategy.comparison import compare
from strategy.document import Document
from strategy.editions import Edition
from strategy.library import library
from strategy.said import said_between
from strategy.working_tree import preview


@dataclass(frozen=True)
class Row:
    """A Change in words, with the reasons that editors gave for it."""

    view: ChangeView
    reasons: list[str]


@dataclass(frozen=True)
class Differences:
    """What one reading says otherwise than another. `counts` are (kind in words, how many)."""

    rows: tuple[Row, ...]
    counts: tuple[tuple[Any, int], ...]
    sentence: str
    renumbered: tuple[Change, ...]

    @property
    def further_counts(self) -> tuple[tuple[Any, int], ...]:
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
    meta: Mapping[str, Any]

    @property
    def has_sample(self) -> bool:
        return self.old.has_sample or bool(self.meta["has_sample"])

    @property
    def name(self) -> str:
        """What it is called on paper, after the strategy as the newer side calls it."""
        return synopse_name(self.meta)

    @property
    def new_title(self) -> str:
        return self.new.title if self.new else gettext("working tree")


def synopse_name(meta: Mapping[str, Any]) -> str:
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
    said = said_between(old, before, new)
    comparison = compare(before, document, origins=said.origins)
    return Differences(
        tuple(Row(view, said.reasons.get(view.change.uid or "", [])) for view in change_views(comparison)),
        tuple(counts(comparison)),
        sentence(comparison, old.title, title),
        comparison.renumbered,
    )


@require_safe
def synopse(request: HttpRequest, old: str, new: str) -> HttpResponse:
    """The Synopse of two public editions. A withheld one answers with its reason, as its own pages do."""
    editions = public_editions(old, new)
    for edition in editions:
        if edition.is_withheld:
            return render(request, "strategy/edition_withheld.html", {"edition": edition}, status=410)
    response = render(request, "council/synopse.html", {"synopse": synopse_of(*editions)})
    response.is_public_page = True  # type: ignore[attr-defined]
    response["X-Robots-Tag"] = "noindex"
    return response


def public_editions(*slugs: str, with_contents: bool = True) -> list[Edition]:
    """The public editions of these slugs with their contents, withheld ones too; 404 where one is not there.

    One query. Without contents, each is read when somebody asks for it.
    """
    editions = Edition.objects.public().filter(slug__in=slugs)
    if with_contents:
        editions = editions.select_related("content")
    found = {edition.slug: edition for edition in editions}
    if any(slug not in found for slug in slugs):
        raise Http404
    return [found[slug] for slug in slugs]
