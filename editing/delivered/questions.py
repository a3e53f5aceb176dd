"""Names in a list that nothing known has: what somebody is asked about them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from editing.delivered import catalogue
from editing.delivered.cells.names import clusters, full_name, is_person
from editing.delivered.cells.words import key
from editing.delivered.delivery import Delivery

LONGEST = 120  # characters of a name that is proposed for a department


@dataclass(frozen=True)
class Question:
    """Spellings of a name that nothing known has, in a field; how often they occur, and what is proposed."""

    field: str
    label: str
    spellings: tuple[str, ...]
    count: int
    proposal: str

    @property
    def quoted(self) -> str:
        """The spellings in quotation marks."""
        return ", ".join(_("“%(name)s”") % {"name": each} for each in self.spellings)

    @property
    def name(self) -> str:
        """What the form calls it."""
        return f"name-{self.field}-{key(self.spellings[0]).replace(' ', '-')}"


def questions(delivery: Delivery) -> list[Question]:
    """All such names, spellings of the same one together."""
    by_field: dict[str, dict[str, int]] = {}
    for unknown, rows in delivery.conversion.unknown.items():
        by_field.setdefault(unknown.field, {})[unknown.text] = len(rows)
    labels = catalogue.labels()
    return [
        Question(
            name,
            labels[name],
            tuple(group),
            sum(map(counts.__getitem__, group)),
            _proposal(delivery, name, group[0]),
        )
        for name, counts in by_field.items()
        for group in clusters(counts)
    ]


def _proposal(delivery: Delivery, name: str, longest: str) -> str:
    """A new department, where one may be made; a name in another field is left out."""
    is_new = name == "lead" and delivery.may_add and not is_person(longest) and len(longest) <= LONGEST
    return catalogue.NEW + full_name(longest) if is_new else ""
