"""What was chosen at the last freeze, and what somebody has seen before the next one."""

from collections.abc import Mapping
from dataclasses import dataclass

from editing.models import FreezeChoice
from strategy.document.data import Plain, canonical_json, digest_of
from strategy.editions.edition_selection import Agreed

Choices = Mapping[str, str]
_CHOICE, _MARK = "wahl-", "seen-"


def chosen(posted: Mapping[str, str]) -> Choices:
    """The choices of a sent form: `wahl-<uid>`; whatever else is left aside."""
    return {name.removeprefix(_CHOICE): value for name, value in posted.items() if name.startswith(_CHOICE)}


def remembered(agreed: Mapping[str, Agreed]) -> Choices:
    """The choices of the last freeze that still count; `agreed` are the last agreed states of nodes that aren't."""
    return {
        str(each.uid): each.choice
        for each in FreezeChoice.objects.all()
        if _ended(agreed.get(str(each.uid))) == each.agreement_ended
    }


def remember(choices: Choices, agreed: Mapping[str, Agreed]) -> None:
    """Keep these choices for the next freeze, and none before."""
    FreezeChoice.objects.all().delete()
    FreezeChoice.objects.bulk_create(
        FreezeChoice(uid=uid, choice=choice, agreement_ended=_ended(agreed.get(uid)))
        for uid, choice in choices.items()
    )


def _ended(agreed: Agreed | None) -> int:
    return agreed.order if agreed else 0


@dataclass(frozen=True)
class Seen:
    """What the page showed to whoever freezes, each as a mark that another content would not have.

    `basis` is what goes in whatever is chosen, and which nodes can be chosen; `nodes` is each of these as it is now,
    by uid; `consequences` is what the choices leave out beside themselves.
    """

    basis: str
    consequences: str
    nodes: Mapping[str, str]

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> "Seen":
        """What a sent form says: `seen`, `seen-consequences`, and `seen-<uid>`."""
        marks = {name.removeprefix(_MARK): value for name, value in posted.items() if name.startswith(_MARK)}
        return cls(posted.get("seen", ""), marks.pop("consequences", ""), marks)

    @property
    def fields(self) -> dict[str, str]:
        """What a form is to send of it, as `of` reads it."""
        marks = {"consequences": self.consequences, **self.nodes}
        return {"seen": self.basis, **{f"{_MARK}{name}": mark for name, mark in marks.items()}}


def mark_of(content: Plain) -> str:
    """A short mark of plain data."""
    return digest_of(canonical_json(content))[:16]
