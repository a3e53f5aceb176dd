"""Marks between two texts whose entries are counted: the numbers are nobody's change. Plain Python, no Django."""

import re
from collections.abc import Iterator

from strategy.document.words import Piece, marks

_COUNTED = "\x02"  # stands for a number that only counts; no text has it


def counted_marks(old: str, new: str, number: re.Pattern[str]) -> list[Piece]:
    """The marks of two texts with numbers that count what stands there, as this pattern finds them: they are not
    compared, and each side shows its own."""
    numbers = [iter(number.findall(text)) for text in (old, new)]
    pieces = marks(number.sub(_COUNTED, old), number.sub(_COUNTED, new))
    return [each for piece in pieces for each in _numbered(piece, *numbers)]


def _numbered(piece: Piece, old: Iterator[str], new: Iterator[str]) -> Iterator[Piece]:
    """A piece with the numbers that are next on its sides; in several where the sides show different ones."""
    text, *rest = piece.text.split(_COUNTED)
    for part in rest:
        before, now = next(old, "") if piece.is_old else "", next(new, "") if piece.is_new else ""
        if piece.is_change or before == now:
            text += (before or now) + part
            continue
        if text:
            yield Piece(piece.kind, text)
        yield from (Piece("old", before), Piece("new", now))
        text = part
    if text:
        yield Piece(piece.kind, text)
