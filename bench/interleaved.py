"""Comparisons that a busy machine does not spoil: both sides in turn, five times, and the median."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

ROUNDS = 5
T = TypeVar("T")


def interleaved(
    first: Callable[[], T], second: Callable[[], T], rounds: int = ROUNDS
) -> tuple[list[T], list[T]]:
    """What so many runs of each gave, run as A B A B …"""
    pairs = [(first(), second()) for _ in range(rounds)]
    return [a for a, _b in pairs], [b for _a, b in pairs]


@dataclass(frozen=True)
class Ratio:
    """How the first side compares with the second: the median of the rounds' ratios, and the extremes."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, first: Sequence[float], second: Sequence[float]) -> "Ratio":
        ratios = [a / b for a, b in zip(first, second, strict=True)]
        return cls(statistics.median(ratios), min(ratios), max(ratios))
