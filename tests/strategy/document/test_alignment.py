"""What two sequences have in common, in order: the most there can be, and at bounded cost."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy.document.alignment import RARE, aligned


def longest(old: list[str], new: list[str]) -> int:
    """The length of the longest common subsequence, by trying all."""
    for length in range(len(old), 0, -1):
        for chosen in combinations(old, length):
            rest = iter(new)
            if all(each in rest for each in chosen):
                return length
    return 0


@settings(deadline=None)
@given(st.permutations("abcdef"), st.integers(0, 6), st.permutations("abcdefg"), st.integers(0, 7))
def test_as_many_as_can_be_are_aligned(old: list[str], size: int, new: list[str], new_size: int) -> None:
    assert len(aligned(old[:size], new[:new_size])) == longest(old[:size], new[:new_size])


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcd"), max_size=60), st.lists(st.sampled_from("abcd"), max_size=60))
def test_pairs_are_the_same_and_grow_on_both_sides(old: list[str], new: list[str]) -> None:
    pairs = aligned(old, new)

    assert all(old[i] == new[j] for i, j in pairs)
    assert all(i < next_i and j < next_j for (i, j), (next_i, next_j) in pairwise(pairs))


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "", []),
        ("a", "", []),
        ("", "a", []),
        ("ab", "ab", [(0, 0), (1, 1)]),
        ("abc", "axc", [(0, 0), (2, 2)]),
        ("abcd", "dabc", [(0, 1), (1, 2), (2, 3)]),
        ("xaby", "uabv", [(1, 1), (2, 2)]),
    ],
)
def test_small_sequences(old: str, new: str, pairs: list[tuple[int, int]]) -> None:
    assert aligned(old, new) == pairs


@pytest.mark.parametrize(("times", "pairs"), [(RARE, RARE), (RARE + 1, 0)])
def test_what_is_frequent_is_no_anchor(times: int, pairs: int) -> None:
    old = [each for n in range(times) for each in ("und", f"alt {n}")]
    new = [each for n in range(times) for each in (f"neu {n}", "und")]

    assert len(aligned(old, new)) == pairs


def test_what_is_frequent_on_one_side_is_no_anchor() -> None:
    once = ["a", "und", "b"]
    often = [each for n in range(RARE + 1) for each in (f"neu {n}", "und", f"auch {n}")]

    assert (aligned(once, often), aligned(often, once)) == ([], [])


def test_what_is_frequent_only_at_the_ends_is_an_anchor() -> None:
    often = ["und"] * (RARE + 1)
    ends = [(n, n) for n in range(RARE + 1)]

    assert aligned([*often, "a", "und", "b"], [*often, "c", "d", "und", "e"]) == [*ends, (RARE + 2, RARE + 3)]
    assert aligned(["a", "und", "b", *often], ["c", "d", "und", "e", *often]) == [
        (1, 2),
        *((n + 3, n + 4) for n, _n in ends),
    ]


def test_what_is_frequent_is_matched_beside_what_is_rare() -> None:
    often = ["und"] * (RARE + 1)
    old, new = ["alt", *often, "Rad", "und", "alt"], ["neu", *often, "Rad", "und", "neu"]

    assert aligned(old, new) == [(n, n) for n in range(1, RARE + 4)]
