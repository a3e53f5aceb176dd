"""A paper's way through the council: what has been done, what is missing, and the next step."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from council import actions
from council.amendments import amending_reason, amendments_of, not_cited
from council.belonging import before_the_text, doubts
from council.consultations import Consultation
from council.papers import Paper
from council.submitted_files import missing_to_keep_original
from editing.access import needs
from editing.editions.editions_page import shown_edition
from editing.editions.original_page import OriginalForm
from measures.progress import Progress
from printing.kept_files import KeptFile, kept_files_of
from strategy.document.document import Entry
from strategy.editions.cited_codes import cited_rows
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.people import acting_user
from strategy.tree.tree_rows import TreeRow

Result = Consultation.Result


@require_safe
@needs("council.view_paper")
def council(request: HttpRequest) -> HttpResponse:
    """All papers with where their editions stand, and the ways to resolutions and bodies."""
    context = {
        **admin.site.each_context(request),
        "title": _("Council and its bodies"),
        "papers": Paper.objects.select_related("edition", "amended_edition"),
        "may_add": request.user.has_perm("council.add_paper"),
    }
    return render(request, "editing/council.html", context)


@require_safe
@needs("council.view_paper")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a paper stands, step by step, and what is missing. Who may publish can take the next step."""
    return _page(request, _paper(pk))


def _page(request: HttpRequest, shown_paper: Paper) -> HttpResponse:
    """With the answers that were sent, where a step could not be taken."""
    context = {
        **admin.site.each_context(request),
        "title": _("Way through the council: paper %(number)s") % {"number": shown_paper.reference},
        "paper": shown_paper,
        "consultations": shown_paper.consultations.select_related("body", "resolution"),
        "decision": shown_paper.decision,
        "measures": _measures(shown_paper),
        "missing_decision": [] if shown_paper.decision else actions.missing_decision(shown_paper),
        "may_publish": request.user.has_perm("strategy.publish_edition"),
        "may_change": request.user.has_perm("council.change_paper"),
        "kept": _kept_files(shown_paper),
        **_way(shown_paper, _answers(request)),
    }
    return render(request, "editing/paper.html", context)


def _answers(request: HttpRequest) -> dict[int, str]:
    """What was said in the form of the texts that bodies had before them, by consultation: `text-<pk>`."""
    prefix = "text-"
    return {
        int(name.removeprefix(prefix)): str(value)
        for name, value in request.POST.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdecimal()
    }


def _way(paper: Paper, answers: dict[int, str]) -> dict[str, Any]:
    """Where the paper's editions stand, what the next step with them takes, and what it makes of them; {} without."""
    edition, decision = paper.edition, paper.decision
    if edition is None:
        return {}
    is_amended = bool(decision and decision.result == Result.AMENDED)
    amendments = amendments_of(paper) if is_amended else None
    is_working = edition.state == Edition.State.WORKING
    carrier = (paper.amended_edition if amendments and not is_working else None) or edition
    return {
        "is_working": is_working,
        "missing_to_submit": actions.missing_to_submit(paper),
        "doubts": doubts(paper) if is_working else [],
        "questions": _questions(paper, answers) if is_working else [],
        "missing_to_decide": actions.missing_to_decide(paper),
        "standing": actions.standing(paper),
        "empty": _empty(paper),
        "citation": amending_reason(decision) if is_amended else "",
        "amendments": amendments,
        "not_cited": [] if is_working or paper.is_sealed else not_cited(amendments, paper),
        "is_agreed": bool(decision and decision.result in (Result.APPROVED, Result.AMENDED)),
        "carrier": carrier,
        "remark": library.document(carrier).meta["edition"]["remark"],
        "shown": shown_edition(),
        "unshown": Edition.objects.adopted_unshown().filter(pk=carrier.pk).first(),
    }


@dataclass(frozen=True)
class EditionFiles:
    """An edition that is or was before the council, with the files of it that are kept. `form` uploads the original,
    where none are."""

    edition: Edition
    files: tuple[KeptFile, ...]
    form: OriginalForm | None


def _kept_files(paper: Paper) -> list[EditionFiles]:
    """What is kept of the paper's editions that the council has had."""
    editions = [each for each in (paper.edition, paper.amended_edition) if each]
    had = [each for each in editions if each.paper_number == paper.reference]
    return [EditionFiles(each, kept_files_of(each), _original_form(paper, each)) for each in had]


def _original_form(paper: Paper, edition: Edition) -> OriginalForm | None:
    if missing_to_keep_original(paper, edition):
        return None
    return OriginalForm(initial={"edition": edition.pk}, auto_id=f"original_{edition.pk}_%s")


@require_POST
@needs("strategy.publish_edition")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the paper's edition before the council.

    Where edition and paper may not belong together, somebody says that they do all the same.
    """
    paper = _paper(pk)
    if "belongs" not in request.POST and doubts(paper):
        message = gettext("Please tick the other box too: edition and paper may not belong together.")
        messages.error(request, message)
        return _page(request, paper)
    done = gettext("“%(edition)s” is now before the council, and public.")
    return _take_step(request, pk, partial(actions.submit, considered=_answers(request)), done)


@require_POST
@needs("strategy.publish_edition")
def carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the edition the state and the seal that the council's decision makes.

    Where no reason of a change names the paper, somebody says that the council decided on it all the same.
    """
    paper = _paper(pk)
    if "decided" not in request.POST and not_cited(amendments_of(paper), paper):
        messages.error(
            request,
            gettext(
                "Please tick the other box too: for some changes no reason says that the council decided."
            ),
        )
        return redirect("editing:paper", pk)
    done = gettext("The decision is carried over: “%(edition)s” is now: %(state)s.")
    return _take_step(request, pk, actions.carry_over, done)


def _take_step(request: HttpRequest, pk: int, step: Callable[..., Edition], done: str) -> HttpResponse:
    """Only what somebody has seen and confirmed is done: it cannot be undone."""
    if "sure" not in request.POST:
        messages.error(request, gettext("Please tick the box first: this step cannot be undone."))
        return _page(request, _paper(pk))
    try:
        edition = step(_paper(pk), seen=request.POST.get("seen", ""), by=acting_user(request))
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return _page(request, _paper(pk))
    messages.success(request, done % {"edition": edition, "state": edition.get_state_display()})
    return redirect("editing:paper", pk)


@dataclass(frozen=True)
class Question:
    """What text a body had before it that met before the edition was frozen, with the answers that can be given."""

    consultation: Consultation
    answer: str

    @property
    def options(self) -> list[tuple[str, str]]:
        """A decision was one on this very text, or the day is wrong."""
        considered = Consultation.Considered
        return considered.choices if not self.consultation.has_decided else considered.choices[:1]


def _questions(paper: Paper, answers: dict[int, str]) -> list[Question]:
    """Those that are still open; what was answered in the form already stays chosen."""
    consultations = paper.consultations.select_related("body")
    asked = [each for each in before_the_text(paper, consultations) if not each.considered]
    return [Question(each, answers.get(each.pk, "")) for each in asked]


@dataclass(frozen=True)
class NamedMeasure:
    """A measure that a paper is about, with its decision status of today. `row` is None where the working tree has
    it no more, `page` where the shown edition lacks it."""

    row: TreeRow | None
    page: Entry | None
    matter: str
    status: str

    @property
    def name(self) -> str:
        """Code and title, of today or as the shown edition has them; "" where neither has it."""
        known = self.row or self.page
        return known.name if known else ""


def _measures(paper: Paper) -> list[NamedMeasure]:
    """The measures that the paper names, in the order in which it does."""
    named = list(paper.measures.all())
    if not named:
        return []
    rows = {row.uid: row for row in cited_rows()}
    reports = Progress.objects.filter(uid__in=[m.uid for m in named])
    statuses = {each.uid: each.decided.status for each in reports}
    shown = library.shown().frozen
    pages = shown.by_uid if shown else {}
    return [
        NamedMeasure(
            rows.get(str(each.uid)),
            pages.get(str(each.uid)),
            each.get_matter_display(),
            str(statuses.get(each.uid, Progress.Decision.PROPOSED).label),
        )
        for each in named
    ]


def _empty(paper: Paper) -> list[str]:
    """What is not said in the paper, though readers will look for it."""
    names = ("under_direction_of", "proposal", "financial_impact", "url")
    return [str(Paper._meta.get_field(name).verbose_name) for name in names if not getattr(paper, name)]  # type: ignore[union-attr]


def _paper(pk: int) -> Any:
    return get_object_or_404(Paper.objects.select_related("edition", "amended_edition"), pk=pk)
