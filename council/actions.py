"""Taking an edition through the council: its state and its seal come from the paper's recorded consultations.

Every action is atomic; a refusal is a ValidationError that names all that is missing, or PermissionDenied where the
acting person may not publish. The PDFs that a step keeps are made before its transaction (council/submitted_files.py).
"""

from collections.abc import Iterator, Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from council.belonging import keep_answers, unanswered
from council.consultations import Consultation, Resolution, before_its_paper, out_of_order
from council.papers import Paper
from council.submitted_files import MadeFiles, Sheets, made, sheets_of_amendment, sheets_to_submit
from strategy.document.changes import Change
from strategy.document.comparison import compare
from strategy.document.data import Plain, canonical_json, digest_of
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.editions.public_rows import write
from strategy.people import require_permission

State, Result = Edition.State, Consultation.Result
WITHDRAWN = "zurückgezogen"  # kept in the seal, so in German whatever the catalogue says


def missing_to_submit(paper: Paper) -> list[str]:
    """What keeps this paper's edition from being laid before the council, a sentence each."""
    edition = paper.edition
    if edition is None:
        return [_("The paper does not say which edition it lays before the council.")]
    missing = list(_not_ready(edition))
    if not any(each.is_authoritative for each in paper.consultations.all()):
        missing.append(_("No body is recorded that decides (role “decision”)."))
    if paper.withdrawn_on:
        missing.append(_("The paper is withdrawn."))
    if not paper.is_public_today:
        missing.append(
            _(
                "The paper is not public, but an edition in consultation is, with its paper. Please make the paper "
                "public first."
            )
        )
    return [*missing, *_not_possible(paper)]


def missing_to_decide(paper: Paper) -> list[str]:
    """What keeps the decision on this paper from being carried over to its edition, a sentence each."""
    edition = paper.edition
    if edition is None:
        return [_("The paper does not say which edition it lays before the council.")]
    missing = []
    if edition.state != State.CONSULTATION or edition.paper_number != paper.reference:
        missing.append(_("“%(edition)s” is not before the council with this paper.") % {"edition": edition})
    decision = paper.decision
    if decision is None and not paper.withdrawn_on:
        missing += missing_decision(paper)
    if decision and paper.withdrawn_on:
        missing.append(
            _("The paper is withdrawn, and yet decided: %(consultation)s. One of both is wrong.")
            % {"consultation": decision}
        )
    if decision and (message := _misfit(decision)):
        missing.append(message)
    if decision and decision.result == Result.AMENDED:
        missing += _missing_amendment(paper)
    elif paper.amended_edition:
        missing.append(
            _("The paper names an edition with changes, but no body has decided “approved with changes”.")
        )
    asked = unanswered(paper, paper.consultations.select_related("body"))
    return [*missing, *_missing_results(paper), *asked, *_not_possible(paper)]


def _not_possible(paper: Paper) -> Iterator[str]:
    """What of the way through the bodies cannot be."""
    consultations = list(paper.consultations.select_related("body"))
    for consultation in consultations:
        if consultation.is_authoritative and not consultation.body.decides_on_strategy:
            yield _(
                "“%(body)s” cannot decide on the strategy: only the council of the city can (§ 41 Abs. 1 GO NRW). "
                "Please record another role there."
            ) % {"body": consultation.body}
    yield from filter(None, [out_of_order(consultations), before_its_paper(paper, consultations)])


def _missing_results(paper: Paper) -> Iterator[str]:
    """Consultations that would be open for ever: their results are fixed once the decision is carried over.

    What was still to come when the paper was withdrawn needs none.
    """
    decision = paper.decision
    for consultation in paper.consultations.filter(result="").select_related("body"):
        if consultation.is_authoritative and not decision:
            continue  # the decision itself, of which more is said
        is_over = consultation.held_on and paper.withdrawn_on and consultation.held_on < paper.withdrawn_on
        if decision or is_over or not paper.withdrawn_on:
            yield _(
                "The result is missing: %(consultation)s. It cannot be recorded any more once the decision is carried "
                "over. Please delete a consultation that did not take place."
            ) % {"consultation": consultation}


def _not_ready(edition: Edition) -> Iterator[str]:
    """What keeps a working edition from going before the council."""
    if edition.state != State.WORKING:
        named = {"edition": edition, "state": edition.get_state_display()}
        yield _("“%(edition)s” is no working edition any more, but: %(state)s.") % named
    if edition.has_sample:
        yield _("“%(edition)s” contains sample data.") % {"edition": edition}
    if edition.is_withheld:
        yield _("“%(edition)s” is withheld.") % {"edition": edition}


def _misfit(decision: Consultation) -> str:
    """Why the recorded votes do not fit the decision; "" where they do, or none are recorded."""
    resolution = Resolution.objects.filter(consultation=decision).first()
    return resolution.misfit(decision) if resolution else ""


def missing_decision(paper: Paper) -> list[str]:
    """What is not recorded of the decision on this paper, a sentence each."""
    deciding = [each for each in paper.consultations.all() if each.is_authoritative]
    if not deciding:
        return [_("No body is recorded that decides (role “decision”).")]
    last = deciding[-1]
    if not last.held_on:
        return [_("The day of the decision is missing: %(body)s.") % {"body": last.body}]
    return [_("The result of the decision is missing: %(consultation)s.") % {"consultation": last}]


def _missing_amendment(paper: Paper) -> list[str]:
    edition = paper.amended_edition
    if edition is None:
        return [
            _(
                "It was approved with changes: please enter these in the working tree, freeze an edition, and "
                "name it in the paper as the edition with the council's changes."
            )
        ]
    missing = list(_not_ready(edition))
    if paper.edition and not amendments(paper.edition, edition):
        missing.append(
            _("“%(edition)s” says the same as the edition before the council: nothing was changed in it.")
            % {"edition": edition}
        )
    return missing


def amendments(before: Edition, amended: Edition) -> tuple[Change, ...]:
    """What the amended edition says otherwise than the one before the council."""
    return compare(library.document(before), library.document(amended)).changes


def standing(paper: Paper) -> str:
    """A digest of all that the next step of a paper depends on, for whoever confirms what they have seen."""
    editions = [each for each in (paper.edition, paper.amended_edition) if each]
    consultations = paper.consultations.values_list("body__name", "held_on", "role", "result", "considered")
    seen = [
        paper.reference,
        str(paper.dated_on),
        str(paper.withdrawn_on),
        paper.is_public_today,
        [[each.digest, each.state, each.is_withheld] for each in editions],
        [[str(value) for value in row] for row in consultations],
    ]
    return digest_of(canonical_json({"seen": seen}))


def submit(
    paper: Paper,
    *,
    seen: str | None = None,
    considered: Mapping[int, str] | None = None,
    by: User | None = None,
) -> Edition:
    """Lay the paper's edition before the council. From now on it is public, and never deleted.

    Its long and short form are made and kept as the paper's Anlage. Where the council has decided already, the paper
    is marked as recorded afterwards, and none are made: it had another file before it. `seen` is the `standing` that
    somebody confirms; where it has changed meanwhile, nothing is done. `considered` says of consultations before the
    edition was frozen, by their keys, what text the body had before it.
    """
    require_permission(by, actions.PUBLISH)
    answers = considered or {}
    # The answers stand on the paper: its sheets are read with them, and nothing of it is kept yet.
    with transaction.atomic():
        current, _edition = _to_submit(paper, seen, answers)
        sheets = sheets_to_submit(current)
        transaction.set_rollback(True)
    files = made(sheets)
    with transaction.atomic():
        paper, edition = _to_submit(paper, seen, answers)
        _refuse_outdated(files, sheets_to_submit(paper))
        if paper.is_afterwards:
            paper.is_recorded_afterwards = True
            write(save=[paper], fields=["is_recorded_afterwards"])
        edition = actions.set_state(edition, State.CONSULTATION, paper_number=paper.reference)
        files.keep()
        return edition


def _to_submit(paper: Paper, seen: str | None, answers: Mapping[int, str]) -> tuple[Paper, Edition]:
    """The paper with these answers kept, and its edition, which can be laid before the council. In a transaction."""
    paper = _locked(paper, seen)
    keep_answers(paper, answers)
    asked = unanswered(paper, paper.consultations.select_related("body"))
    return paper, _ready(paper, [*missing_to_submit(paper), *asked])


def carry_over(paper: Paper, *, seen: str | None = None, by: User | None = None) -> Edition:
    """Make of the paper's edition what the council decided: adopted, adopted with changes, or refused.

    Returns the edition that carries the seal. With changes that is the amended one, of which long and short form are
    made and kept; the one that was before the council is superseded by it and names the same decision. `seen` as in
    `submit`.
    """
    require_permission(by, actions.PUBLISH)
    current = _current(paper, seen)
    _ready(current, missing_to_decide(current))
    files = made(_amended_sheets(current))
    with transaction.atomic():
        paper = _locked(paper, seen)
        edition = _ready(paper, missing_to_decide(paper))
        _refuse_outdated(files, _amended_sheets(paper))
        edition = _decided(paper, edition)
        files.keep()
        return edition


def _decided(paper: Paper, edition: Edition) -> Edition:
    """The edition that carries the seal, with its new state."""
    decision = paper.decision
    seal = _seal(paper, decision)
    if decision is None or decision.result == Result.REJECTED:
        return actions.set_state(edition, State.REJECTED, **seal)
    if decision.result == Result.AMENDED:
        actions.set_state(edition, State.SUPERSEDED, **seal)
        edition = actions.set_state(_ready_amendment(paper), State.CONSULTATION, paper_number=paper.reference)
    return actions.set_state(edition, State.ADOPTED, **seal)


def _amended_sheets(paper: Paper) -> Sheets:
    """What is printed of the edition with the council's changes; nothing where it decided on none."""
    decision = paper.decision
    is_amended = decision and decision.result == Result.AMENDED
    return sheets_of_amendment(paper, _seal(paper, decision)) if is_amended else {}


def _current(paper: Paper, seen: str | None) -> Paper:
    """The paper as it is now, where it still stands as it was seen."""
    return _as_seen(Paper.objects.get(pk=paper.pk), seen)


def _locked(paper: Paper, seen: str | None) -> Paper:
    """The same, held until the end of the transaction."""
    return _as_seen(Paper.objects.select_for_update().get(pk=paper.pk), seen)


def _as_seen(paper: Paper, seen: str | None) -> Paper:
    if seen is not None and seen != standing(paper):
        raise ValidationError(_outdated())
    return paper


def _refuse_outdated(files: MadeFiles, sheets: Sheets) -> None:
    """Refuse the step where the files that were made for it do not say any more what is recorded now."""
    if not files.are_of(sheets):
        raise ValidationError(_outdated())


def _outdated() -> str:
    return _(
        "The paper or its edition has changed meanwhile, so nothing was done. Please look through it again."
    )


def _ready(paper: Paper, missing: list[str]) -> Edition:
    if missing or paper.edition is None:
        raise ValidationError(missing)
    return paper.edition


def _ready_amendment(paper: Paper) -> Edition:
    if paper.amended_edition is None:
        raise ValidationError(_missing_amendment(paper))
    return paper.amended_edition


def _seal(paper: Paper, decision: Consultation | None) -> dict[str, Plain]:
    """What the seal says: taken from the decision, or that the paper was withdrawn."""
    if decision is None:
        return {
            "paper_number": paper.reference,
            "decided_on": paper.withdrawn_on,
            "result": WITHDRAWN,
        }
    return {
        "paper_number": paper.reference,
        "decided_by": decision.body.name,
        "decided_on": decision.held_on,
        "result": decision.get_result_display(),
    }
