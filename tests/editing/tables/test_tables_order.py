"""The order that a table asks for, among nodes that are in no row."""

import pytest

from strategy.importing.order import NoPlace, merged
from strategy.tree.kinds import Kind, first_misplaced


def kinds_of(*keys: str) -> dict[str, str]:
    """The level of each key is its first letter."""
    return {key: dict(zip("ctgsom", Kind.values, strict=True))[key[0]] for key in keys}


def below_goal(current: str, wanted: str) -> list[str]:
    """The children of a goal once those that are wanted stand in this order."""
    keys, names = current.split(), wanted.split()
    return merged("s", names, keys, kinds_of("s", *keys, *names))


@pytest.mark.parametrize(
    ("current", "wanted", "final"),
    [
        ("m1 m2 m3", "m1 m2 m3", "m1 m2 m3"),
        ("m1 m2 m3", "m1 m3", "m1 m2 m3"),
        ("m1 m2 m3", "m3 m1", "m2 m3 m1"),
        ("m1 m2", "m9", "m1 m2 m9"),
        ("m1 m2", "m1 m2 m9", "m1 m2 m9"),
        ("m1 m2 o1", "m1 o9", "m1 m2 o1 o9"),
        ("o1 o2", "m9", "m9 o1 o2"),
        ("o1 o2", "o1 o9 o2", "o1 o9 o2"),
    ],
)
def test_rows_have_their_order_and_what_is_in_no_row_stays_behind_its_sibling(
    current: str, wanted: str, final: str
):
    assert below_goal(current, wanted) == final.split()


def test_second_guideline_finds_no_place_beside_one_that_is_in_no_row():
    with pytest.raises(NoPlace) as refused:
        merged("t", ["g2"], ["g1"], kinds_of("t", "g1", "g2"))

    assert refused.value.key == "g1"


def test_chapter_in_no_row_gives_way_to_themes():
    kinds = kinds_of("c1", "c2", "t1", "t2")

    assert merged(None, ["t1", "t2", "c1"], ["c1", "c2", "t1", "t2"], kinds) == ["c2", "t1", "t2", "c1"]


def test_first_row_at_a_wrong_place_is_found():
    assert first_misplaced(Kind.STRATEGIC_GOAL, [Kind.MEASURE, Kind.OPERATIONAL_GOAL, Kind.MEASURE]) == 2
    assert first_misplaced(Kind.STRATEGIC_GOAL, [Kind.MEASURE, Kind.MEASURE, Kind.OPERATIONAL_GOAL]) is None
    assert first_misplaced(None, [Kind.THEME, Kind.CHAPTER, Kind.THEME]) == 2
