"""What one node of an edition says, for all the Documents that show it. Plain Python, no Django."""

from collections.abc import Mapping
from typing import Any

from strategy.document.data import COMMON_FIELDS
from strategy.document.declaration import DeclaredLevel
from strategy.text.markdown import TEXT_RULE, Tree, to_html, to_tree


class Content:
    """What one node says. Shared by all Documents that show the same edition; its HTML is made once."""

    __slots__ = (
        "_html",
        "code",
        "easy_text",
        "is_sample",
        "kind",
        "level",
        "lines",
        "slug",
        "text",
        "text_rule",
        "title",
        "uid",
        "values",
    )

    def __init__(self, data: Mapping[str, Any], level: DeclaredLevel, text_rule: int = TEXT_RULE) -> None:
        self.level = level
        self.text_rule = text_rule
        self.uid: str = data["uid"]
        self.kind: str = data["kind"]
        self.code: str = data["code"]
        self.title: str = data["title"]
        self.slug: str = data["slug"]
        self.text: str = data["text"]
        self.easy_text: str = data["easy_text"]
        self.is_sample: bool = data["is_sample"]
        self.values: Mapping[str, Any] = data["values"]
        self.lines: Mapping[str, list[str]] = data["lines"]
        self._html: dict[str, str] = {}

    def said(self, name: str) -> list[str]:
        """A field in words, as its edition says it; [] where it is empty, or the edition lacks it."""
        if name in self.lines:
            return self.lines[name]
        value = getattr(self, name) if name in COMMON_FIELDS else self.values.get(name)
        if isinstance(value, list):
            return value
        return [value] if value and isinstance(value, str) else []

    def html(self, text: str) -> str:
        """A text of this node as safe HTML, rendered on first use."""
        if text not in self._html:
            self._html[text] = to_html(text, self.text_rule)
        return self._html[text]

    def tree(self, text: str) -> Tree:
        """A text of this node as a tree for print."""
        return to_tree(text, self.text_rule)
