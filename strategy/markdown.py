"""Markdown as the strategy's texts use it: paragraphs, lists, emphasis, links, tables. Plain Python."""

import nh3
from markdown_it import MarkdownIt

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


def page_to_html(text: str) -> str:
    """A legal page's text as safe HTML; headings of the second and third level are allowed there."""
    return _clean(_pages.render(text), TAGS | HEADINGS)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
