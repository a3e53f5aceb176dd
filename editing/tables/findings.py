"""What is wrong with a table: with the file as a whole, or with a cell of it."""

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from django.utils.translation import gettext as _

SHOWN = 60  # characters of a cell that a sentence repeats


class TableError(ValueError):
    """A file cannot be read as a table of the strategy. `str()` of it is a German sentence."""


@dataclass(frozen=True)
class Finding:
    """What is wrong at a place of the table, such as cell F12, in a German sentence."""

    place: str
    says: str
    row: int = 0  # its number; 0 for the whole table
    address: str = ""  # of the cell


class TableFindings(list[Finding]):
    """What is wrong with the cells of a table, in the order in which it was found."""

    @property
    def by_row(self) -> list[Finding]:
        """In the order of the table, as a person goes through it."""
        return sorted(self, key=lambda finding: finding.row)

    def cell(self, address: str, says: str) -> None:
        """Something is wrong with one cell."""
        _sheet, _sign, cell = address.rpartition("!")
        row = int(cell.lstrip(ascii_uppercase))
        place = (
            _("Row %(number)s") % {"number": address}
            if cell.isdigit()
            else _("Cell %(address)s") % {"address": address}
        )
        self.append(Finding(place, says, row, address))

    def row(self, number: int, says: str) -> None:
        """Something is wrong with a whole row."""
        self.append(Finding(_("Row %(number)s") % {"number": number}, says, number))


def shown(value: Any) -> str:
    """The beginning of a value, for a sentence that repeats it."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
