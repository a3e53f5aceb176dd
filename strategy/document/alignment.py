"""What two sequences have in common, in order: siblings, paragraphs, words. Plain Python, no Django."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

Pair = tuple[int, int]  # a place in the old sequence, and one in the new that holds the same
Run = tuple[Pair, "Run | None"]  # its last pair, and the run before it

# What occurs more often than this on either side (the bars of a table, "und") is matched only beside
# something rarer. That bounds the cost, and keeps little words apart from being strewn over a new text.
RARE = 8


def aligned(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Places that hold the same on both sides, growing on both; as many as there can be where nothing repeats.

    What is the same at the start and at the end goes first, then the longest increasing subsequence of what
    is rare, then whatever is the same beside those. Takes about n log n steps.
    """
    start, end = _edges(old, new)
    inner = _rare_pairs(old[start : len(old) - end], new[start : len(new) - end])
    anchors = [
        *((n, n) for n in range(start)),
        *((start + i, start + j) for i, j in inner),
        *((len(old) - n, len(new) - n) for n in range(end, 0, -1)),
    ]
    return _with_neighbours(old, new, anchors)


def _edges(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many are the same at the start, and how many of the rest at the end."""
    start = _same_start(old, new)
    return start, _same_start(old[start:][::-1], new[start:][::-1])


def _same_start(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (before, after) in pairs if before != after), min(len(old), len(new)))


def _rare_pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The longest run of pairs, growing on both sides, of what is rare on both."""
    counts = Counter(old)
    places: dict[str, list[int]] = defaultdict(list)
    for j, each in enumerate(new):
        places[each].append(j)
    ends: list[int] = []  # by length - 1: the smallest new place at which a run of that length can end
    runs: list[Run] = []  # by length - 1: that run
    for i, each in enumerate(old):
        if counts[each] > RARE or len(places.get(each, ())) > RARE:
            continue
        for j in reversed(places.get(each, ())):
            length = bisect_left(ends, j)
            ends[length : length + 1] = [j]
            runs[length : length + 1] = [((i, j), runs[length - 1] if length else None)]
    return _unwound(runs[-1] if runs else None)


def _unwound(run: "Run | None") -> list[Pair]:
    pairs = []
    while run:
        pair, run = run
        pairs.append(pair)
    return pairs[::-1]


def _with_neighbours(old: Sequence[str], new: Sequence[str], anchors: list[Pair]) -> list[Pair]:
    """The anchors, and in each gap between two of them what is the same at its start and at its end."""
    pairs = []
    i = j = 0
    for next_i, next_j in [*anchors, (len(old), len(new))]:
        has_both = i < next_i and j < next_j
        start, end = _edges(old[i:next_i], new[j:next_j]) if has_both else (0, 0)
        pairs += [(i + n, j + n) for n in range(start)]
        pairs += [(next_i - n, next_j - n) for n in range(end, -1, -1)]
        i, j = next_i + 1, next_j + 1
    return pairs[:-1]
