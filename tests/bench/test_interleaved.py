"""Comparisons: both sides in turn, and the median of the pairs."""

import pytest

from bench.client import Measured
from bench.interleaved import Ratio, interleaved

pytestmark = pytest.mark.once


def test_both_sides_run_in_turn_five_times():
    ran: list[str] = []

    first, second = interleaved(lambda: ran.append("A") or len(ran), lambda: ran.append("B") or len(ran))

    assert "".join(ran) == "ABABABABAB"
    assert first == [1, 3, 5, 7, 9]
    assert second == [2, 4, 6, 8, 10]


def test_ratio_is_the_median_of_the_pairs_so_that_one_disturbed_pair_does_not_count():
    ratio = Ratio.of([1.0, 2.0, 30.0, 2.0, 1.0], [1.0, 2.0, 3.0, 1.0, 2.0])

    assert ratio == Ratio(median=1.0, least=0.5, most=10.0)


def test_median_of_runs_is_taken_figure_by_figure():
    runs = [Measured(10, 3, 9, 100), Measured(30, 1, 7, 300), Measured(20, 2, 8, 200)]

    assert Measured.median(runs) == Measured(20, 2, 8, 200)


def test_cpu_of_a_run_is_shared_among_its_requests():
    assert Measured(100, 1, 2, 200).with_cpu(0.1).cpu == 0.5
