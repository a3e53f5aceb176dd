"""Markdown as the strategy's texts use it: paragraphs, lists, emphasis, links, tables. Plain Python.

A text is read by a text rule. Rule 2 (strategy/text/typed_text.py) is that of today; rule 1 is CommonMark, which took
"1. Januar" for the first entry of a list: editions of format 1 were frozen under it, and look as they did.
"""

import re
from collections.abc import Iterator
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from strategy.text import typed_text
from strategy.text.typed_text import LONGEST_ADDRESS

TEXT_RULE = 2
"""The text rule of today."""

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "table", "thead", "tbody", "tr"} | {
    "th",
    "td",
}
HEADINGS = {"h2", "h3"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

# By text rule. Tags in a text are shown as text. Headings belong to the tree, not into a node's text.
_parsers = {
    1: MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["heading", "lheading", "image", "code", "fence"]),
    TEXT_RULE: typed_text.parser(),
}
_pages = typed_text.parser(with_headings=True)

# Stands before a number that only counts the entries of a list, where a text in words is asked for with such marks.
COUNTS = "\x02"

Branch = dict[str, Any]  # "is" and "of", as `to_tree` says
Tree = list[str | Branch]


def to_html(text: str, rule: int = TEXT_RULE) -> str:
    """A node's text as safe HTML."""
    return _clean(_parsers[rule].render(text), TAGS) if text else ""


def to_tree(text: str, rule: int = TEXT_RULE) -> Tree:
    """A node's text as plain JSON for print: what `to_html` shows, node by node.

    A piece of text is a string, everything else {"is", "of": [...]}: "p", "ul", "ol" (with "start"), "li", "quote",
    "table", "row", "head", "cell", "strong", "em", "a" (with "href", and "typed" where that is not it), "br".
    """
    return _branches(SyntaxTreeNode(_parsers[rule].parse(text)), rule) if text else []


def to_text(
    text: str, rule: int = TEXT_RULE, *, with_addresses: bool = False, with_counts: bool = False
) -> str:
    """A node's text in words, without marks: entries of a list begin with "•" or their number.

    A link is its text; the address stands behind it in brackets where `with_addresses` is asked for. COUNTS stands
    before each number that nobody wrote where `with_counts` is: all but the one that a list begins with, if not 1.
    """
    words = _words(to_tree(text, rule), with_addresses).strip()
    return words if with_counts else words.replace(COUNTS, "")


def addresses(text: str, rule: int = TEXT_RULE) -> list[str]:
    """Where the links of a node's text lead to, in their order."""
    return list(_hrefs(to_tree(text, rule)))


def page_to_html(text: str) -> str:
    """A legal page's text as safe HTML; headings of the second and third level are allowed there."""
    return _clean(_pages.render(text), TAGS | HEADINGS)


_BRANCHES = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "quote",
    "table": "table",
    "tr": "row",
    "th": "head",
    "td": "cell",
    "strong": "strong",
    "em": "em",
    "link": "a",
    "hardbreak": "br",
}


def _branches(node: SyntaxTreeNode, rule: int) -> Tree:
    """What stands in a node. Of a kind that `to_html` has no tag for, what stands in it stands by itself."""
    branches: Tree = []
    for child in node.children:
        if child.type == "softbreak":
            branches.append(" " if rule == 1 else {"is": "br", "of": []})
        elif child.type in ("text", "code_inline"):
            branches.append(child.content)
        elif child.type in _BRANCHES and _is_shown(child):
            branches.append({"is": _BRANCHES[child.type], "of": _branches(child, rule), **_attributes(child)})
        else:
            branches += _branches(child, rule)
    return branches


def _words(tree: Tree, with_addresses: bool, marker: str = "• ") -> str:
    """A tree in words. Paragraphs, lists and the rows of tables end with a line end each."""
    text = ""
    for node in tree:
        if isinstance(node, str):
            text += node
        elif node["is"] in ("ul", "ol"):
            text = f"{_closed(text)}{_entries(node, with_addresses, marker)}\n"
        elif node["is"] == "table":
            rows = ([_words(cell["of"], with_addresses) for cell in row["of"]] for row in node["of"])
            text = _closed(text) + "\n".join(" | ".join(row) for row in rows) + "\n\n"
        else:
            within = _words(node["of"], with_addresses, marker)
            text += within + _end(node, with_addresses)
    return text


def _entries(node: Branch, with_addresses: bool, marker: str) -> str:
    """A list, a line an entry; lists within lists begin with a dash."""
    text = ""
    start = node.get("start", 1)
    for number, item in enumerate(node["of"], start):
        counts = "" if number == start != 1 else COUNTS
        head = f"{counts}{number}. " if node["is"] == "ol" else marker
        body = _words(item["of"], with_addresses, "– ").strip()
        text += head + re.sub(r"\n\n+", "\n", body) + "\n"
    return text


def _closed(text: str) -> str:
    """What stands before a list or a table, with a line end."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def _end(node: Branch, with_addresses: bool) -> str:
    if node["is"] == "a":
        address = _address(node)
        return f" ({address})" if with_addresses and node["of"] != [address] else ""
    return {"p": "\n\n", "br": "\n"}.get(node["is"], "")


def _hrefs(tree: Tree) -> Iterator[str]:
    for node in tree:
        if isinstance(node, dict):
            if node["is"] == "a":
                yield _address(node)
            yield from _hrefs(node["of"])


def _address(link: Branch) -> str:
    """The address of a link as it was typed."""
    return str(link.get("typed", link["href"]))


def _is_shown(node: SyntaxTreeNode) -> bool:
    """A link that leads nowhere on paper is plain text, and so is one whose address is too long."""
    return node.type != "link" or _is_address(str(node.attrs["href"]))


def _is_address(href: str) -> bool:
    return len(href) <= LONGEST_ADDRESS and href.partition(":")[0].lower() in SCHEMES


def _attributes(node: SyntaxTreeNode) -> dict[str, str | int]:
    if node.type == "link":
        href = str(node.attrs["href"])
        typed = node.meta.get("typed", href)
        return {"href": href, **({"typed": typed} if typed != href else {})}
    return {"start": int(node.attrs.get("start", 1))} if node.type == "ordered_list" else {}


def _clean(html: str, tags: set[str]) -> str:
    """Safe HTML. Attributes are looked at one by one only where one of them can be too long."""
    allowed: dict[str, Any] = {
        "tags": tags,
        "attributes": ATTRIBUTES,
        "url_schemes": SCHEMES,
        "link_rel": None,
    }
    if len(html) > LONGEST_ADDRESS:
        allowed["attribute_filter"] = _short_enough
    return nh3.clean(html, **allowed)


def _short_enough(_tag: str, _name: str, value: str) -> str | None:
    return value if len(value) <= LONGEST_ADDRESS else None
