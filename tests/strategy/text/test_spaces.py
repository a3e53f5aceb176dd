"""Spaces that no reader sees are no difference; those that change what stands there are one."""

import pytest

from strategy.text.spaces import evened, is_same_but_for_spaces


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bis 10 %.", "Bis 10\u00a0%."),
        ("Eins.  Zwei.", "Eins. Zwei."),
        ("Eins. \n\nZwei.\u00a0", "Eins.\n\nZwei."),
        ("- 10  Bäume\n  - Linde ", "- 10 Bäume\n  - Linde"),
        (["Netz  A", "Dach"], ["Netz A", "Dach"]),
    ],
)
def test_spaces_alone_are_no_difference(old: object, new: object):
    assert is_same_but_for_spaces(old, new) and is_same_but_for_spaces(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Radweg", "Rad weg"),
        ("Eins.\nZwei.", "Eins.\n\nZwei."),
        ("- a\n  - b", "- a\n- b"),
        ("- a", "-\u00a0a"),
        ("1. a\n2. b", "1.\u00a0a\n2.\u00a0b"),
        ("**a**", "** a**"),
        (["a", "b"], ["a b"]),
        (["a"], ["a", ""]),
        (1, True),
        ("", None),
        (None, []),
    ],
)
def test_what_changes_what_stands_there_is_one(old: object, new: object):
    assert not is_same_but_for_spaces(old, new) and not is_same_but_for_spaces(new, old)


def test_evened_text_has_single_plain_spaces():
    assert evened("  - a \u00a0 b\u00a0\u00a0c  \n d  e ") == "  - a b c\n d e"
