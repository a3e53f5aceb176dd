"""What of a text a spreadsheet must not take for a formula, and tables as CSV files. Plain Python, no Django."""

import csv
import io
from collections.abc import Iterable, Sequence

RISKY = ("=", "+", "-", "@", "\t", "'")  # what begins a formula, and the sign that guards against it


def guarded(text: str) -> str:
    """A text cell as a CSV file has it: one that a spreadsheet would take for a formula gets one "'" before it."""
    return f"'{text}" if text.startswith(RISKY) else text


def unguarded(text: str) -> str:
    """A text cell of a CSV file as it was: exactly one "'" taken from its beginning."""
    return text.removeprefix("'")


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file as German spreadsheets open it: UTF-8 with a mark, semicolons. The cells are written as given."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
