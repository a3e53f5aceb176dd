"""What was removed from a text and what was added, in words. Plain Python, no Django.

Paragraphs are matched first, then sentences in what is left between them, then words: so a new sentence shows
as one, and a text of 20,000 characters costs little.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategy.document.alignment import aligned

Split = Callable[[str], Sequence[str]]  # a text into parts that make it up, each with the space behind it

_PARAGRAPH = re.compile(r"(?<=\n)(?=[^\n])")
_SENTENCE = re.compile(r"(?<=[.!?:;]\s)(?=\S)|(?<=\n)(?=\S)")
_WORD = re.compile(r"\A\s+|(?:\d+(?:[.,]\d+)+|\w+|[^\w\s])\s*")

SPLITS: tuple[Split, ...] = (_PARAGRAPH.split, _SENTENCE.split, _WORD.findall)

_COUNTED = "\x02"  # stands for a number that only counts; no text has it

OLD_SIDE = {"same", "removed", "old"}
NEW_SIDE = {"same", "added", "new"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the "same" in both, "removed" from the old or "added" in the new.

    What the place alone makes differ, such as the number of an entry, is "old" or "new": it stands on one side, and
    nobody changed it.
    """

    kind: str
    text: str

    @property
    def is_change(self) -> bool:
        """Whether somebody removed or added it."""
        return self.kind in ("removed", "added")

    @property
    def is_old(self) -> bool:
        """Whether it is part of the old text."""
        return self.kind in OLD_SIDE

    @property
    def is_new(self) -> bool:
        """Whether it is part of the new text."""
        return self.kind in NEW_SIDE


@dataclass(slots=True)
class _Stretch:
    """What was changed at one point, and what is the same behind it."""

    removed: str = ""
    added: str = ""
    same: str = ""

    @property
    def is_change(self) -> bool:
        return bool(self.removed or self.added)

    @property
    def replaced(self) -> int:
        """How much was replaced: 0 where text was only removed, or only added."""
        return min(len(self.removed.strip()), len(self.added.strip()))

    def move_up(self, before: "_Stretch", start: int) -> None:
        """Begin where the end of what stands before begins, which is also the end of this change."""
        end = before.same[start:]
        before.same = before.same[:start]
        self.removed = self.removed and end + self.removed.removesuffix(end)
        self.added = self.added and end + self.added.removesuffix(end)
        self.same = end + self.same

    def pieces(self) -> list[Piece]:
        """Space at the end of both what was removed and what was added is shown as the same."""
        end = len(self.removed) - _common_end(_space(self.removed), _space(self.added))
        removed, space = self.removed[:end], self.removed[end:]
        added = self.added.removesuffix(space)
        return [Piece("removed", removed), Piece("added", added), Piece("same", space + self.same)]


def marks(old: str, new: str) -> list[Piece]:
    """Both texts as one: what is the same or removed makes the old one, what is the same or added the new."""
    stretches = _stretches(_compared(old, new, SPLITS))
    _slide(stretches)
    stretches = _without_islands(stretches)
    pieces = [piece for each in stretches for piece in each.pieces()]
    return [piece for piece in pieces if piece.text]


def counted_marks(old: str, new: str, number: re.Pattern[str]) -> list[Piece]:
    """The same for texts with numbers that count what stands there, as this pattern finds them: they are not compared,
    and each side shows its own."""
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


def line_marks(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Two lists as one, a piece a line."""
    pieces: list[Piece] = []
    i = j = 0
    for next_i, next_j in [*aligned(old, new), (len(old), len(new))]:
        pieces += [Piece("removed", line) for line in old[i:next_i]]
        pieces += [Piece("added", line) for line in new[j:next_j]]
        pieces += [Piece("same", line) for line in old[next_i : next_i + 1]]
        i, j = next_i + 1, next_j + 1
    return pieces


def _compared(old: str, new: str, splits: Sequence[Split]) -> Iterator[Piece]:
    """The pieces, some of them empty, some beside others of their kind."""
    if not splits or not old or not new:
        yield Piece("removed", old)
        yield Piece("added", new)
        return
    split, *finer = splits
    before, now = split(old), split(new)
    i = j = 0
    for next_i, next_j in aligned([each.rstrip() for each in before], [each.rstrip() for each in now]):
        if i < next_i or j < next_j:
            yield from _compared("".join(before[i:next_i]), "".join(now[j:next_j]), finer)
        yield from _spaced(before[next_i], now[next_j])
        i, j = next_i + 1, next_j + 1
    yield from _compared("".join(before[i:]), "".join(now[j:]), finer)


def _spaced(old: str, new: str) -> Iterator[Piece]:
    """A part that is the same in both, but for the space behind it."""
    if old == new:
        yield Piece("same", old)
        return
    text = old.rstrip()
    yield Piece("same", text)
    yield Piece("removed", old[len(text) :])
    yield Piece("added", new[len(text) :])


def _stretches(pieces: Iterator[Piece]) -> list[_Stretch]:
    """The pieces joined, so that something that is the same stands between any two changes."""
    stretches = [_Stretch()]
    for piece in pieces:
        if piece.kind == "same":
            stretches[-1].same += piece.text
            continue
        if piece.text and stretches[-1].same:
            stretches.append(_Stretch())
        if piece.kind == "removed":
            stretches[-1].removed += piece.text
        else:
            stretches[-1].added += piece.text
    return stretches


def _slide(stretches: list[_Stretch]) -> None:
    """Let what was only added, or only removed, begin with a paragraph or a sentence where it can as well.

    Not "Die Stadt (baut. Die Stadt) plant", but "(Die Stadt baut.) Die Stadt plant".
    """
    for before, each in pairwise(stretches):
        text = each.removed or each.added
        if (each.removed and each.added) or _is_start(before.same, text):
            continue
        start = next(_starts(before, _common_end(before.same, text)), None)
        if start is not None:
            each.move_up(before, start)


def _is_start(before: str, text: str) -> bool:
    """Whether a sentence or the space before one begins here."""
    tail = before[-2:]
    return text[:1].isspace() or bool(_SENTENCE.match(tail + text[:1], len(tail)))


def _starts(before: _Stretch, length: int) -> Iterator[int]:
    """Where in the last `length` characters of the same a paragraph begins, the last first; then a sentence."""
    first = len(before.same) - length
    start_of_text = [0] if first == 0 and not before.is_change else []
    for pattern in (_PARAGRAPH, _SENTENCE):
        starts = [match.start() for match in pattern.finditer(before.same, first)]
        yield from reversed([*start_of_text, *starts])


def _without_islands(stretches: list[_Stretch]) -> list[_Stretch]:
    """Two changes with next to nothing between them are one: "a b" to "c d", not "a" to "c" and "b" to "d"."""
    kept = stretches[:1]
    for each in stretches[1:]:
        last = kept[-1]
        if _is_island(last, each):
            last.removed += last.same + each.removed
            last.added += last.same + each.added
            last.same = each.same
        else:
            kept.append(each)
    return kept


def _is_island(before: _Stretch, after: _Stretch) -> bool:
    """Whether only space stands between two changes, or one word between two that replace more than it."""
    words = _WORD.findall(before.same.strip())
    is_small = len(words) == 1 and len(words[0]) < min(before.replaced, after.replaced)
    return before.is_change and (not words or is_small)


def _space(text: str) -> str:
    """The space at the end of a text."""
    return text[len(text.rstrip()) :]


def _common_end(one: str, other: str) -> int:
    """How many characters at the end are the same."""
    pairs = enumerate(zip(reversed(one), reversed(other), strict=False))
    return next((n for n, (last, other_last) in pairs if last != other_last), min(len(one), len(other)))
