"""Whether an edition and its paper belong together, and whether the bodies had this very text before them."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from council.consultations import Consultation
from council.papers import Paper
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.editions.public_rows import write


def before_the_text(paper: Paper, consultations: Iterable[Consultation]) -> list[Consultation]:
    """The consultations that were before the day on which the paper's edition was frozen; none where this was recorded
    afterwards: the text is older than the edition then."""
    if paper.edition is None or paper.is_afterwards:
        return []
    frozen_on = timezone.localdate(paper.edition.frozen_at)
    return [each for each in consultations if each.held_on and each.held_on < frozen_on]


def unanswered(paper: Paper, consultations: Iterable[Consultation]) -> Iterator[str]:
    """Of which of these it is not said what text the body had before it, a sentence each."""
    for each in before_the_text(paper, consultations):
        if not each.considered:
            yield _(
                "“%(consultation)s” was before “%(edition)s” was frozen. Please say whether the body had this text "
                "or an earlier state of it before it; if the day is wrong, please correct it in the paper."
            ) % {"consultation": each, "edition": paper.edition}


def keep_answers(paper: Paper, answers: Mapping[int, str]) -> None:
    """Keep what text the bodies had before them, by consultation. What is none of the answers is left out."""
    consultations = paper.consultations.select_related("body", "paper")
    asked = [each for each in before_the_text(paper, consultations) if not each.considered]
    answered = [each for each in asked if answers.get(each.pk) in Consultation.Considered.values]
    for each in answered:
        each.considered = answers[each.pk]
    if answered:
        write(save=answered)


def check_answers(paper: Paper, consultations: Collection[Consultation]) -> None:
    """ValidationError where it is not said of an edition before the council what text a body had before it. What it
    carries as its seal stays as it is, and is not asked again."""
    if paper.is_submitted and not paper.is_sealed and (messages := list(unanswered(paper, consultations))):
        raise ValidationError(messages)


def doubts(paper: Paper) -> list[str]:
    """Why the edition may not be the one that the paper is about, a sentence each. Each can be right all the same."""
    return list(_doubts(paper, paper.edition)) if paper.edition else []


def _doubts(paper: Paper, edition: Edition) -> Iterator[str]:
    frozen_on = timezone.localdate(edition.frozen_at)
    named = {"edition": edition, "frozen": f"{frozen_on:%d.%m.%Y}"}
    if decision := paper.decision:
        yield _("The paper is already decided: %(consultation)s.") % {"consultation": decision}
    if paper.dated_on and paper.dated_on < frozen_on:
        message = _("The paper is of %(date)s, but “%(edition)s” was not frozen before %(frozen)s.")
        yield message % {**named, "date": f"{paper.dated_on:%d.%m.%Y}"}
    basis = library.document(edition).meta["basis"]
    if basis and basis["reference"] != paper.reference:
        message = _("“%(edition)s” refers to paper %(number)s, and not to this one.")
        yield message % {**named, "number": basis["reference"]}
    for other in Paper.objects.filter(edition=edition).exclude(pk=paper.pk):
        yield _("Paper %(number)s names “%(edition)s” too.") % {**named, "number": other.reference}
    later = Edition.objects.filter(
        frozen_at__gt=edition.frozen_at, state=Edition.State.WORKING, has_sample=False
    )
    if newest := later.newest_first().first():
        yield _("“%(later)s” was frozen after “%(edition)s”.") % {**named, "later": newest}
