"""Markdown as the strategy's texts use it: paragraphs, lists, emphasis, links, tables. Plain Python."""

from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "table", "thead", "tbody", "tr"} | {
    "th",
    "td",
}
HEADINGS = {"h2", "h3"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

# "html" off: tags in a text are shown as text. Headings belong to the tree, not into a node's text.
_texts = (
    MarkdownIt("commonmark", {"html": False})
    .enable("table")
    .disable(["heading", "lheading", "image", "code", "fence"])
)
_pages = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "code", "fence"])


def to_html(text: str) -> str:
    """A node's text as safe HTML."""
    return _clean(_texts.render(text), TAGS) if text else ""


def to_tree(text: str) -> list[Any]:
    """A node's text as plain JSON for print: what `to_html` shows, node by node.

    A piece of text is a string, everything else {"is", "of": [...]}: "p", "ul", "ol" (with "start"), "li", "quote",
    "table", "row", "head", "cell", "strong", "em", "a" (with "href"), "br".
    """
    return _branches(SyntaxTreeNode(_texts.parse(text))) if text else []


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


def _branches(node: SyntaxTreeNode) -> list[Any]:
    """What stands in a node. Of a kind that `to_html` has no tag for, what stands in it stands by itself."""
    found: list[Any] = []
    for child in node.children:
        if child.type == "softbreak":
            found.append(" ")
        elif child.type in ("text", "code_inline"):
            found.append(child.content)
        elif child.type in _BRANCHES and _is_shown(child):
            found.append({"is": _BRANCHES[child.type], "of": _branches(child), **_attributes(child)})
        else:
            found += _branches(child)
    return found


def _is_shown(node: SyntaxTreeNode) -> bool:
    """A link that leads nowhere on paper is plain text."""
    return node.type != "link" or str(node.attrs["href"]).partition(":")[0].lower() in SCHEMES


def _attributes(node: SyntaxTreeNode) -> dict[str, Any]:
    if node.type == "link":
        return {"href": str(node.attrs["href"])}
    return {"start": int(node.attrs.get("start", 1))} if node.type == "ordered_list" else {}


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
