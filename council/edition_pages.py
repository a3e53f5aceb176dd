"""The list of editions, as a history of the strategy: each one's way through the bodies, and what it changed."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from council.record import Record, records_of
from strategy.editions import Edition
from strategy.library import library


@dataclass(frozen=True)
class Step:
    """An edition in the history: what the council did with it, and the readable edition before it, if any."""

    edition: Edition
    record: Record
    before: Edition | None


def edition_list(request: HttpRequest) -> HttpResponse:
    """All public editions, the newest first. Two queries beside that for the public state."""
    editions = list(Edition.objects.public().newest_first())
    readable = [edition for edition in editions if not edition.is_withheld]
    before = dict(pairwise(readable))
    records = records_of(editions)
    context = {
        "steps": [Step(edition, records[edition.pk], before.get(edition)) for edition in editions],
        "shown": library.shown().edition,
    }
    response = render(request, "council/edition_list.html", context)
    response.is_public_page = True  # type: ignore[attr-defined]
    return response
