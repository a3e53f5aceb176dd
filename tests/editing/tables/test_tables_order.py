"""The order that a table asks for: the fewest steps, each of which the level rules admit."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editing.tables.order import Arranging, arranged, misplaced
from strategy.importing.order import NoPlace
from strategy.tree.kinds import Kind, admits

C, T, G, S, OP, M = Kind.values


def kinds_of(*keys: str) -> dict[str, str]:
    """The level of each key is its first letter."""
    return {key: dict(zip("ctgsom", Kind.values, strict=True))[key[0]] for key in keys}


def below_goal(current: str, wanted: str) -> list[str]:
    """The children of a goal once those that are wanted stand in this order."""
    keys, names = current.split(), wanted.split()
    return arranged("s", keys, names, kinds_of("s", *keys, *names))


def steps(now: dict, finals: dict) -> tuple[list[tuple], dict, list[str]]:
    """What is done, step by step, what comes of it, and what finds no way."""
    lists = [*now.values(), *finals.values()]
    kinds = kinds_of(*(key for keys in lists for key in keys))
    order = Arranging(now, finals, kinds)
    done = [(step.key, step.parent, step.target, step.pos) for step in order.steps()]
    return done, order.children, order.stuck


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
        arranged("t", ["g1"], ["g2"], kinds_of("t", "g1", "g2"))

    assert refused.value.key == "g1"


def test_chapter_in_no_row_gives_way_to_themes():
    kinds = kinds_of("c1", "c2", "t1", "t2")

    assert arranged(None, ["c1", "c2", "t1", "t2"], ["t1", "t2", "c1"], kinds) == ["c2", "t1", "t2", "c1"]


def test_first_row_at_a_wrong_place_is_found():
    kinds = kinds_of("s", "o1", "m1", "m2", "t1", "t2", "c1")

    assert misplaced("s", ["m1", "o1", "m2"], kinds) == "m2"
    assert misplaced("s", ["m1", "m2", "o1"], kinds) is None
    assert misplaced(None, ["t1", "c1", "t2"], kinds) == "t2"


def test_one_node_that_goes_elsewhere_is_one_step():
    now = {None: ["t1", "t2", "t3", "t4"]}

    assert steps(now, {None: ["t4", "t1", "t2", "t3"]}) == (
        [("t4", None, "t1", "left")],
        {None: ["t4", "t1", "t2", "t3"]},
        [],
    )


def test_new_nodes_come_from_the_top_downwards():
    now = {None: ["t1"], "t1": ["g1"], "g1": ["s1"]}

    done, _children, _stuck = steps(now, {"g1": ["s1", "s2"], "s2": ["m1", "o1"], "o1": ["m2"]})

    assert done == [
        ("s2", "g1", "s1", "right"),
        ("m1", "s2", None, "left"),
        ("o1", "s2", "m1", "right"),
        ("m2", "o1", None, "left"),
    ]


def test_chapter_is_moved_past_the_themes():
    done, _children, stuck = steps({None: ["c1", "c2", "t1", "t2"]}, {None: ["t1", "t2", "c1", "c2"]})

    assert (done, stuck) == ([("c1", None, "t2", "right"), ("c2", None, "c1", "right")], [])


def test_guideline_waits_until_the_other_one_has_left():
    now = {None: ["t1", "t2", "t3"], "t1": ["g1"], "t2": ["g2"]}

    done, children, stuck = steps(now, {"t2": ["g1"], "t3": ["g2"]})

    assert (done, stuck) == ([("g2", "t3", None, "left"), ("g1", "t2", None, "left")], [])
    assert (children["t1"], children["t2"], children["t3"]) == ([], ["g1"], ["g2"])


def test_two_guidelines_cannot_swap_their_themes():
    now = {None: ["t1", "t2"], "t1": ["g1"], "t2": ["g2"]}

    assert steps(now, {"t1": ["g2"], "t2": ["g1"]}) == (
        [],
        {None: ["t1", "t2"], "t1": ["g1"], "t2": ["g2"]},
        ["g2", "g1"],
    )


def random_children(rng: Random, parent: str | None, keys: list[str], kinds: dict[str, str]) -> list[str]:
    """These keys in a random order that the level rules admit."""
    rng.shuffle(keys)
    if parent is not None:
        return sorted(keys, key=lambda key: kinds[key] != M)
    themes = [key for key in keys if kinds[key] == T]
    chapters = [key for key in keys if kinds[key] == C]
    cut = rng.randint(0, len(chapters))
    return [*chapters[:cut], *themes, *chapters[cut:]]


@settings(max_examples=300, deadline=None)
@given(st.builds(Random, st.integers(0, 10**9)))
def test_any_order_is_reached_by_steps_that_the_level_rules_admit(rng: Random):
    goals = ["s1", "s2", "s3"]
    roots = [f"c{n}" for n in range(rng.randint(0, 4))] + [f"t{n}" for n in range(rng.randint(0, 4))]
    below = [f"m{n}" for n in range(rng.randint(0, 7))] + [f"o{n}" for n in range(rng.randint(0, 4))]
    kinds = kinds_of(*goals, *roots, *below, "t9", "g9")
    homes = {key: rng.choice(goals) for key in below}
    now = {None: random_children(rng, None, roots, kinds), "t9": ["g9"], "g9": goals}
    now |= {goal: random_children(rng, goal, [k for k in below if homes[k] == goal], kinds) for goal in goals}
    now[None] = [*(k for k in now[None] if kinds[k] == C), "t9", *(k for k in now[None] if kinds[k] == T)]
    homes |= {key: rng.choice(goals) for key in below if rng.random() < 0.3}
    finals = {None: random_children(rng, None, [*roots, "t9"], kinds)}
    finals |= {
        goal: random_children(rng, goal, [k for k in below if homes[k] == goal], kinds) for goal in goals
    }

    order = Arranging(now, finals, kinds)
    tree = {parent: list(keys) for parent, keys in now.items()}
    for step in order.steps():
        put(tree, step.key, step.parent, step.target, step.pos)
        above = kinds[step.parent] if step.parent else None
        assert admits(above, [kinds[key] for key in tree[step.parent]])

    assert order.stuck == []
    assert {parent: tree.get(parent, []) for parent in finals} == finals


def put(tree: dict, key: str, parent: str | None, target: str | None, pos: str) -> None:
    """What the tree's manager does."""
    for keys in tree.values():
        if key in keys:
            keys.remove(key)
    siblings = tree.setdefault(parent, [])
    siblings.insert(0 if target is None else siblings.index(target) + (pos == "right"), key)
