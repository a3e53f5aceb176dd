"""The list of editions, as a history of the strategy: each one's way through the bodies, and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from council.record import records_of
from printing.record import Record
from strategy.editions.library import library
from strategy.editions.models import Edition

State = Edition.State


@dataclass(frozen=True)
class EditionInHistory:
    """An edition in the history: what the council did with it, and the readable editions to compare it with.

    `before` is the one that held before it; `draft` the one that the council changed to make this one of it.
    """

    edition: Edition
    record: Record
    before: Edition | None
    draft: Edition | None


class ComparisonForm(forms.Form):
    """Any two of the editions that can be read, whichever is named first. They are given the newest first."""

    alt = forms.ChoiceField(label=_("Edition until now"))
    neu = forms.ChoiceField(label=_("New edition"))

    def __init__(self, editions: Sequence[Edition], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._order = [edition.slug for edition in editions]
        for field in self.fields.values():
            field.choices = [(edition.slug, _name(edition)) for edition in editions]  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = _(
                "This edition cannot be read here. Please choose one from the list."
            )

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if "alt" in chosen and chosen["alt"] == chosen.get("neu"):
            self.add_error("neu", ValidationError(_("Please choose two different editions.")))
        return chosen

    @property
    def address(self) -> str:
        """The Synopse of the two, the older one first."""
        chosen = (self.cleaned_data["alt"], self.cleaned_data["neu"])
        return reverse("synopse", args=sorted(chosen, key=self._order.index, reverse=True))


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """All public editions, the newest first, or the way to the Synopse of two that were chosen in the form.

    Two queries beside that for the public state.
    """
    editions = list(Edition.objects.public().newest_first())
    readable = [edition for edition in editions if not edition.is_withheld]
    is_sent = "alt" in request.GET or "neu" in request.GET
    form = ComparisonForm(readable, request.GET if is_sent else None)
    if is_sent and form.is_valid():
        return HttpResponseRedirect(form.address)
    steps = _history(editions, records_of(editions))
    form.initial = _suggested(steps)
    context = {
        "steps": steps,
        "shown": library.shown().edition,
        "form": form if len(readable) > 1 else None,
    }
    response = render(request, "council/edition_list.html", context)
    response.is_public_page = True  # type: ignore[attr-defined]
    return response


def _history(editions: Sequence[Edition], records: dict[int, Record]) -> list[EditionInHistory]:
    """The editions as steps, both the newest first."""
    drafts = _drafts(editions, records)
    replaced = {draft.pk for draft in drafts.values()}
    steps: list[EditionInHistory] = []
    before = None
    for edition in reversed(editions):
        draft = drafts.get(edition.pk)
        readable_draft = draft if draft and not draft.is_withheld else None
        steps.append(EditionInHistory(edition, records[edition.pk], before, readable_draft))
        if _has_held(edition) and edition.pk not in replaced and not edition.is_withheld:
            before = edition
    return steps[::-1]


def _drafts(editions: Sequence[Edition], records: dict[int, Record]) -> dict[int, Edition]:
    """By the edition that carries the council's changes: the one that was before the council."""
    by_slug = {edition.slug: edition for edition in editions}
    return {
        by_slug[paper["amended"]["slug"]].pk: edition
        for edition in editions
        for paper in records[edition.pk]["papers"]
        if paper["amended"] and paper["amended"]["slug"] != edition.slug
    }


def _has_held(edition: Edition) -> bool:
    """Whether this edition was in force, or shown at the start page, and was not refused."""
    was_shown = edition.published_at is not None and edition.state != State.REJECTED
    return was_shown or edition.state in (State.ADOPTED, State.SUPERSEDED)


def _suggested(steps: Sequence[EditionInHistory]) -> dict[str, str]:
    """What the form offers before anybody has chosen: the newest edition, and the one that held before it."""
    for step in steps:
        if step.before and not step.edition.is_withheld:
            return {"alt": step.before.slug, "neu": step.edition.slug}
    return {}


def _name(edition: Edition) -> str:
    frozen = date(localtime(edition.frozen_at), "d.m.Y")
    return f"{edition.title} ({edition.get_state_display()}, {frozen})"
