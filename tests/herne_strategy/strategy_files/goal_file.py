"""A strategy file with one goal, and what reading it says: the file, or the sentences that refuse it."""

from pathlib import Path

import pytest

from herne_strategy.strategy_files.strategy_file import StrategyFile, read_strategy_file
from herne_strategy.strategy_files.strategy_yaml import FileError

T1 = "11111111-1111-4111-8111-111111111111"
T2 = "22222222-2222-4222-8222-222222222222"
G1 = "33333333-3333-4333-8333-333333333333"
S1 = "44444444-4444-4444-8444-444444444444"
O1 = "55555555-5555-4555-8555-555555555555"
M1 = "66666666-6666-4666-8666-666666666666"

GOAL = f"""\
format: 1
nodes:
  - kind: theme
    uid: {T1}
    title: Energie
    children:
      - kind: guideline
        uid: {G1}
        title: Leitlinie Energie
        children:
          - kind: strategic_goal
            uid: {S1}
            title: Klimaneutral werden
"""


def read(tmp_path: Path, text: str) -> StrategyFile:
    path = tmp_path / "strategie.yaml"
    path.write_text(text, encoding="utf-8")
    return read_strategy_file(path)


def refused(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        read(tmp_path, text)
    return caught.value.messages


def measure(fields: str) -> str:
    """A file with one measure, whose own fields begin in line 17."""
    own = "".join(f"                {line}\n" for line in fields.splitlines())
    return (
        GOAL
        + f"            children:\n              - kind: measure\n                uid: {M1}\n"
        + f"                title: Solardach\n{own}"
    )
