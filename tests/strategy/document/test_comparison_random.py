"""Random trees, edited at random: the Comparison finds exactly what was done, and leads from one to the other."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from strategy.document.changes import Change
from strategy.document.comparison import compare
from strategy.document.data import canonical_json
from strategy.document.document import Document
from tests.strategy.document.applied import apply
from tests.strategy.document.plain_trees import RandomTree

randoms = st.builds(Random, st.integers(0, 10**9))
sizes = st.integers(0, 40)


def only_renumbered(old: Document, new: Document, but: set[str]) -> set[str]:
    """What is in both, has another code, and was not changed otherwise."""
    both = old.by_uid.keys() & new.by_uid.keys()
    return {uid for uid in both if old.by_uid[uid].code != new.by_uid[uid].code} - but


def found(old: Document, new: Document) -> dict[str, tuple[str, ...]]:
    """The kinds of each Change by uid, once it is sure that no others are renumbered than must be."""
    comparison = compare(old, new)
    assert {each.uid for each in comparison.renumbered} == only_renumbered(
        old, new, {each.uid for each in comparison.changes}
    )
    return {each.uid: each.kinds for each in comparison.changes}


@settings(max_examples=300, deadline=None)
@given(randoms, sizes, st.integers(0, 25))
def test_applied_to_the_old_data_it_gives_the_new(rng: Random, size: int, edits: int) -> None:
    tree = RandomTree(rng, size)
    old = tree.document()
    for _ in range(edits):
        tree.edit()
    data = tree.data()

    comparison = compare(old, Document.from_data(data))

    assert canonical_json(apply(comparison, old)) == canonical_json(data)


@settings(max_examples=200, deadline=None)
@given(randoms, sizes, st.integers(0, 25))
def test_changes_are_numbered_in_the_order_of_the_new_document(rng: Random, size: int, edits: int) -> None:
    tree = RandomTree(rng, size)
    old = tree.document()
    for _ in range(edits):
        tree.edit()
    new = tree.document()

    comparison = compare(old, new)

    changes = comparison.changes
    assert [each.number for each in changes] == list(range(1, len(changes) + 1))
    shown = [each.uid for each in changes if each.new]
    assert shown == [uid for uid in new.by_uid if uid in set(shown)]
    removed = [each.uid for each in changes if each.old and not each.new]
    assert sorted(removed) == sorted(
        uid
        for uid, entry in old.by_uid.items()
        if uid not in new.by_uid or new.by_uid[uid].kind != entry.kind
    )


@settings(deadline=None)
@given(randoms, sizes)
def test_same_data_have_no_differences(rng: Random, size: int) -> None:
    tree = RandomTree(rng, size)

    comparison = compare(tree.document(), tree.document())

    assert comparison.is_empty
    assert (comparison.counts, comparison.by_uid, comparison.hidden) == ({}, {}, {})


@settings(deadline=None)
@given(randoms, sizes)
def test_one_new_node_is_all_that_is_found(rng: Random, size: int) -> None:
    tree = RandomTree(rng, size)
    old = tree.document()

    uid = tree.add()

    assert found(old, tree.document()) == ({uid: ("added",)} if uid else {})


@settings(deadline=None)
@given(randoms, sizes)
def test_one_removed_subtree_is_all_that_is_found(rng: Random, size: int) -> None:
    tree = RandomTree(rng, size)
    old = tree.document()

    removed = tree.remove()

    changes = found(old, tree.document())
    assert changes == dict.fromkeys(removed, ("removed",))
    assert list(changes) == removed


@settings(deadline=None)
@given(randoms, sizes)
def test_one_moved_node_is_all_that_is_found(rng: Random, size: int) -> None:
    tree = RandomTree(rng, size)
    old = tree.document()

    uid = tree.move()

    assert found(old, tree.document()) == ({uid: ("moved",)} if uid else {})


@settings(deadline=None)
@given(randoms, sizes)
def test_one_reordered_node_is_all_that_is_found(rng: Random, size: int) -> None:
    tree = RandomTree(rng, size)
    old, before = tree.document(), {parent: list(below) for parent, below in tree.children.items()}

    uid = tree.reorder()

    changes = found(old, tree.document())
    assert list(changes.values()) == ([("reordered",)] if uid else [])
    for each in changes:  # of two neighbours that changed places, either can be said to have
        for parent, below in tree.children.items():
            assert [u for u in below if u != each] == [u for u in before[parent] if u != each]


@settings(deadline=None)
@given(randoms, sizes)
def test_one_changed_field_is_all_that_is_found(rng: Random, size: int) -> None:
    tree = RandomTree(rng, size)
    old = tree.document()

    edit = tree.reword()

    comparison = compare(old, tree.document())
    changes = [
        (change.uid, change.kinds, field.name, field.old, field.new)
        for change in comparison.changes
        for field in change.fields
    ]
    assert changes == ([(edit[0], ("changed",), *edit[1:])] if edit else [])
    assert comparison.renumbered == ()


@settings(max_examples=200, deadline=None)
@given(randoms, sizes, st.integers(0, 25))
def test_named_origins_tell_more_of_the_same_changes(rng: Random, size: int, edits: int) -> None:
    tree = RandomTree(rng, size)
    old = tree.document()
    for _ in range(edits):
        tree.edit()
    new = tree.document()
    origins = random_origins(rng, old, new)

    plain, told = compare(old, new), compare(old, new, origins=origins)

    assert canonical_json(apply(told, old)) == canonical_json(tree.data())
    assert [(each.number, each.uid, without_lineage(each)) for each in told.changes] == [
        (each.number, each.uid, each.kinds) for each in plain.changes
    ]
    for change in told.changes:
        uids = {each.uid for each in change.origins}
        assert uids == (origins.get(change.uid, set()) & old.by_uid.keys() if change.new else set()) - {
            change.uid
        }
        assert {each.uid for each in change.successors} == (
            {uid for uid, named in origins.items() if uid in new.by_uid and change.uid in named}
            if change.old
            else set()
        ) - {change.uid}
        assert ("merged_into" not in change.kinds) or (change.new is None and bool(change.successors))
        assert ("split_from" not in change.kinds) or (change.old is None and bool(change.origins))


def random_origins(rng: Random, old: Document, new: Document) -> dict[str, set[str]]:
    """Any nodes of both, and some that neither has, named as having come from any others."""
    known = sorted({*old.by_uid, *new.by_uid, "nowhere"})
    named = rng.sample(known, rng.randint(0, min(8, len(known))))
    return {uid: set(rng.sample(known, rng.randint(1, min(3, len(known))))) for uid in named}


def without_lineage(change: Change) -> tuple[str, ...]:
    return tuple(kind for kind in change.kinds if kind not in ("merged_into", "split_from"))
