"""Numbers that only count the entries of a list."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from strategy.document.counted_marks import counted_marks

_COUNT = re.compile(r"#(\d+\. )")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("ABCDE"), max_size=6), st.lists(st.sampled_from("ABCDE"), max_size=6))
def test_numbers_that_only_count_are_on_their_sides_and_never_marked(old: list[str], new: list[str]) -> None:
    texts = ["\n".join(f"#{n}. {each}" for n, each in enumerate(entries, 1)) for entries in (old, new)]

    pieces = counted_marks(*texts, _COUNT)

    assert "".join(each.text for each in pieces if each.is_old) == texts[0].replace("#", "")
    assert "".join(each.text for each in pieces if each.is_new) == texts[1].replace("#", "")
    assert all(each.is_old is each.is_new for each in pieces if each.kind == "same")
    changed = [each.text for each in pieces if each.is_change]
    assert bool(changed) is (old != new)


def test_entry_put_first_is_the_one_that_is_marked() -> None:
    pieces = counted_marks("#1. A\n#2. B\n#3. C", "#1. C\n#2. A\n#3. B", _COUNT)

    assert [(each.kind, each.text) for each in pieces if each.is_change] == [
        ("added", "1. C\n"),
        ("removed", "\n3. C"),
    ]
