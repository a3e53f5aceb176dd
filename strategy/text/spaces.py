"""Spaces that nobody reads: a second one, one at the end of a line, a non-breaking one in place of another.

Plain Python.
"""

import re
from typing import Any

# The head of a line is kept: its indent and the space behind a mark tell what stands in a list.
_HEAD_OR_SPACES = re.compile(r"^( *(?:-|\d+\.)?[ \u00a0]?)|[ \u00a0]+(?=\n|\Z)|[ \u00a0]+", re.MULTILINE)


def evened(text: str) -> str:
    """The text with one plain space where there are several or other ones, and none at the ends of lines."""
    return _HEAD_OR_SPACES.sub(_even, text)


def is_same_but_for_spaces(old: Any, new: Any) -> bool:
    """Whether two values of a field are texts, or lists of texts, and the same to a reader. False of all others."""
    if isinstance(old, str) and isinstance(new, str):
        return evened(old) == evened(new)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(is_same_but_for_spaces, old, new))
    return False


def _even(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    is_end = match.end() == len(match.string) or match.string[match.end()] == "\n"
    return "" if is_end else " "
