"""The order of siblings where an import names some of them."""

import pytest

from strategy.importing.order import NoPlace, kept, merged, moved, restored
from strategy.tree.kinds import Kind

KINDS = dict(zip("ctgsom", Kind.values, strict=True))


def kinds_of(*keys: str) -> dict[str, str]:
    """The level of each key is its first letter."""
    return {key: KINDS[key[0]] for key in keys}


def below(parent: str | None, siblings: str, others: str, **options: int) -> str:
    one, other = siblings.split(), others.split()
    kinds = kinds_of(*one, *other, *([parent] if parent else []))
    return " ".join(merged(parent, one, other, kinds, **options))


@pytest.mark.parametrize(
    ("siblings", "others", "order"),
    [
        ("m1 m2 m3", "m1 m9 m2 m3", "m1 m9 m2 m3"),
        ("m1 m2 m3", "m9 m8", "m9 m8 m1 m2 m3"),
        ("m1 m2 m3", "m1 m8 m9", "m1 m8 m9 m2 m3"),
        ("m3 m1 m2", "m1 m2 m3 m9", "m3 m1 m2 m9"),
        ("m1 o1", "o1 m9", "m1 m9 o1"),
    ],
)
def test_others_come_behind_what_they_stand_behind(siblings: str, others: str, order: str):
    assert below("s", siblings, others) == order


def test_what_has_none_before_it_comes_to_the_start_that_is_named():
    assert below("s", "m1 m2", "m9", start=2) == "m1 m2 m9"


def test_of_two_places_that_are_as_near_it_is_the_earlier():
    assert below(None, "t1 t2", "t1 c9 t2") == "c9 t1 t2"


def test_second_guideline_finds_no_place():
    with pytest.raises(NoPlace) as refused:
        below("t", "g1", "g2")

    assert refused.value.key == "g2"


@pytest.mark.parametrize(
    ("parent", "siblings", "wanted", "order"),
    [
        ("s", "m3 m1 m9 m2", "m1 m2 m3", "m1 m2 m9 m3"),
        ("s", "m9 m2 m1", "m1 m2", "m9 m1 m2"),
        (None, "t1 c1 c9", "c1 t1", "c1 t1 c9"),
        (None, "c1 c9 t1", "t1 c1", "t1 c9 c1"),
        (None, "c1 c9 t1 t2", "t1 t2 c1", "c9 t1 t2 c1"),
    ],
)
def test_restored_order_leaves_the_others_where_they_stood_if_it_may(
    parent: str | None, siblings: str, wanted: str, order: str
):
    kinds = kinds_of(*siblings.split(), *([parent] if parent else []))

    assert " ".join(restored(parent, siblings.split(), wanted.split(), kinds)) == order


def test_chapters_are_moved_and_not_the_themes():
    now, then = ["c1", "t1", "t2"], ["t1", "t2", "c1"]

    assert kept(now, then, kinds_of(*now)) == {"t1", "t2"}


def test_moved_is_what_has_another_parent_or_another_place():
    children = {None: ["t1", "t2"], "s1": ["m1", "m2", "m3"], "s2": ["m4"]}
    kinds = kinds_of("t1", "t2", "s1", "s2", "m1", "m2", "m3", "m4", "m9")

    assert moved(children, {"s1": ["m3", "m1", "m2"], "s2": ["m9", "m4"]}, kinds) == ["m3"]
    assert moved(children, {"s1": ["m1", "m3"], "s2": ["m4", "m2"]}, kinds) == ["m2"]
