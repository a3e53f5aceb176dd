"""A table without what its cells hold of Word and PDF, by the table of strategy.text.pasting."""

from collections import Counter
from dataclasses import replace

from editing.tables.sheet import Sheet
from strategy.text.pasting import Cleaned, Replacement, cleaned


def cleaned_sheet(sheet: Sheet) -> tuple[Sheet, Cleaned]:
    """The same table with its texts cleaned, and what was done in all of its cells together."""
    done: Counter[Replacement] = Counter()
    rows = []
    for row in sheet.rows:
        cells = dict(row.cells)
        for key, cell in row.cells.items():
            if isinstance(cell, str) and (clean := cleaned(cell)).done:
                cells[key] = clean.text
                done += clean.done
        rows.append(replace(row, cells=cells))
    return Sheet(sheet.places, rows), Cleaned("", done)
