"""Cells that a spreadsheet may have spoiled: it takes texts for numbers and dates, and writes these back."""

import re

from django.utils.translation import gettext as _

from editing.tables.cells import Cell, as_text
from editing.tables.findings import shown
from strategy.tree.fields import Field, Lines, Text

_MONTH = r"(?:Jan|Feb|Mrz|Mär|Mar|Apr|Mai|May|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec)\.?"
_DATE = re.compile(
    rf"\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2}}|\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}}(?: [0-9:]+)?"
    rf"|\d{{1,2}}[.\-]? ?{_MONTH}(?:[ \-]?\d{{2,4}})?|{_MONTH}[ \-]?\d{{1,4}}"
)
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:[.,][0-9]+)?(?:E[+-]?[0-9]+)?", re.IGNORECASE)
_FIELDS = (Field, Text, Lines)  # those that hold any text; others refuse what does not fit


def suspicion(field: Field, cell: Cell) -> str:
    """Why the text of a cell may not be what was typed, in a German sentence; "" where nothing speaks for that."""
    text = as_text(cell).strip()
    if type(field) not in _FIELDS or field.name == "slug":
        return ""
    if _DATE.fullmatch(text):
        says = _(
            "“%(value)s” looks like a date. Spreadsheets make one of a fraction such as 1/2. Please compare it with "
            "what was typed."
        )
    elif _NUMBER.fullmatch(text):
        says = _(
            "“%(value)s” looks like a number. Spreadsheets leave out zeros at the beginning (0815) and the sign of a "
            "percentage. Please compare it with what was typed."
        )
    else:
        return ""
    return says % {"value": shown(text)}
