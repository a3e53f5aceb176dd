"""What was typed, made anew from what is shown of it: the tree of a text with the marks that the guide teaches."""

import re

from hypothesis import strategies as st

from strategy.text.markdown import Branch, Tree

_WORDS = "Die Stadt Bürger*innen Maß 5 2026 Januar Quartal € &shy; &#x202E; GmbH&Co"
_MARKS = r"""
1. 2. 3. 10. 01. 1) - -- + * ** *** (*) _ > # ## | |---| |a|b| |-|-| • – ` ``` ~ \ \* < > <b> [ ] [Ziel]: & % § „ “
[x](https://herne.de/ä_(b)) [x](ftp://a.de) ![x](https://a.de) [](https://a.de) <https://a.de> ( ) : . , ! ? / = ===
---
"""
WORDS, MARKS = _WORDS.split(), _MARKS.split()
SPACES = [" ", " ", "", "", "  ", "\n", "\n", "\n\n", "\n  ", "\n   ", "\n    ", "\u00a0"]

texts = st.lists(
    st.tuples(st.sampled_from([*WORDS, *MARKS]) | st.sampled_from(WORDS), st.sampled_from(SPACES)),
    max_size=24,
).map(lambda parts: "".join(word + space for word, space in parts))

_DIVIDERS = re.compile(r"\|[-:|]+\|")  # rows that tell the head of a table from the rest, and rows like them


def solid(text: str) -> str:
    """A text without any space."""
    return "".join(text.split())


def typed(text: str) -> str:
    """A text as `typed_for` gives it back: without spaces, and without what the second row of a table is made of."""
    return _DIVIDERS.sub("|---|", solid(text))


def typed_for(tree: Tree) -> str:
    """What was typed to be shown as this tree."""
    return typed("".join(map(_typed, tree)))


def _typed(node: "str | Branch") -> str:
    if isinstance(node, str):
        return node
    parts = [_typed(each) for each in node["of"]]
    within = "".join(parts)
    marked = {
        "em": f"*{within}*",
        "strong": f"**{within}**",
        "a": f"[{within}]({node.get('typed', node.get('href'))})",
        "ul": "".join(f"- {part}" for part in parts),
        "ol": "".join(f"{n}. {part}" for n, part in enumerate(parts, start=node.get("start", 1))),
        "row": "|" + "".join(f"{part}|" for part in parts),
        "table": "|---|".join(["".join(parts[:1]), "".join(parts[1:])]),
    }
    return marked.get(node["is"], within)
