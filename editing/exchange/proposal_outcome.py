"""What became of each field of a proposal that was accepted, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from editing.models import Proposal
from strategy.presentation.side_by_side import FieldView, field_view

State = Proposal.State


@dataclass(frozen=True)
class FieldOutcome:
    """A proposed field, what became of it in words, and how it was changed (None: it was not)."""

    label: str
    says: str
    view: FieldView
    changed: FieldView | None


def outcomes(proposal: Proposal) -> list[FieldOutcome]:
    """Field by field; without a word where nothing was decided field by field."""
    written = proposal.outcome["content"] if proposal.outcome else proposal.content
    is_accepted = proposal.state == State.ACCEPTED
    shown = []
    for field in proposal.fields:
        proposed, name = proposal.content[field.name], field.name
        is_changed = name in written and written[name] != proposed
        says = _("taken changed") if is_changed else _("taken") if name in written else _("not taken")
        shown.append(
            FieldOutcome(
                str(field.label),
                says if is_accepted else "",
                field_view(field, proposal.base.get(name), proposed),
                field_view(field, proposed, written[name]) if is_changed and is_accepted else None,
            )
        )
    return shown


def summary(proposal: Proposal) -> str:
    """What was taken, what changed and what not, in a line; "" where all was taken as proposed, or nothing."""
    return " ".join(_parts(proposal)) if proposal.state == State.ACCEPTED and proposal.outcome else ""


def _parts(proposal: Proposal) -> Iterator[str]:
    written = proposal.outcome["content"]
    taken: list[str] = []
    changed: list[str] = []
    left: list[str] = []
    for field in proposal.fields:
        name, is_taken = field.name, field.name in written
        group = left if not is_taken else taken if written[name] == proposal.content[name] else changed
        group.append(str(field.label))
    if taken:
        yield _("Taken: %(fields)s.") % {"fields": ", ".join(taken)}
    if changed:
        yield _("Taken changed: %(fields)s.") % {"fields": ", ".join(changed)}
    if left:
        yield _("Not taken: %(fields)s.") % {"fields": ", ".join(left)}
    if proposal.outcome.get("above", proposal.above) != proposal.above:
        yield _("Placed below “%(node)s” instead.") % {"node": proposal.outcome["above"]}
