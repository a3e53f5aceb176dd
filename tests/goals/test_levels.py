"""Where a goal starts and what it wants to reach, in words."""

from typing import Any

import pytest

from goals.levels import target


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"base_value": "0", "target_value": "3000", "unit": "Bäume"}, "von 0 auf 3.000 Bäume"),
        (
            {"base_value": "0", "base_year": 2020, "target_value": "3000", "unit": "Bäume"},
            "von 0 (2020) auf 3.000 Bäume",
        ),
        (
            {"base_value": "18", "base_year": 2024, "target_value": "75", "unit": "%"},
            "von 18 (2024) auf 75 %",
        ),
        (
            {"base_value": "12000.5", "target_value": "4000", "unit": "t CO₂/Jahr"},
            "von 12.000,5 auf 4.000 t CO₂/Jahr",
        ),
        ({"base_value": "1", "target_value": "2"}, "von 1 auf 2"),
        ({"target_value": "3000", "unit": "Bäume"}, "3.000 Bäume"),
        ({"target_value": "3000", "base_year": 2020, "unit": "Bäume"}, "3.000 Bäume"),
        ({"base_value": "18", "base_year": 2024, "unit": "%"}, "Basiswert 18 % (2024)"),
        ({"unit": "%"}, ""),
    ],
)
def test_unit_is_said_once_behind_the_target(values: dict[str, Any], words: str):
    nothing = {"base_value": None, "base_year": None, "target_value": None, "unit": ""}

    assert "".join(target({**nothing, **values})) == words
