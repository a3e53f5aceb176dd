"""A Document: the content of an edition as an immutable tree in memory. Plain Python, no Django."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from strategy.document.data import Plain, name_with_code, text_rule_of, upgraded
from strategy.document.declaration import DeclaredLevel, Levels, declared_levels
from strategy.document.entry_content import Content
from strategy.document.live_record import LiveRecord
from strategy.document.shapes import SHAPES
from strategy.text.markdown import TEXT_RULE
from strategy.text.sentences import sentence_by_line


class Entry:
    """A node in its place in a Document, with the live record laid over it (None in a frozen reading)."""

    __slots__ = ("_below", "children", "content", "live", "parent", "path")

    def __init__(self, content: Content, parent: "Entry | None", live: LiveRecord | None) -> None:
        self.content = content
        self.parent = parent
        self.live = live
        self.children: list[Entry] = []
        self._below: dict[tuple[str, ...], list[Entry]] = {}
        self.path = self._path()

    def _path(self) -> str:
        shape = SHAPES[self.content.kind]
        if shape.address:
            return f"{shape.address}/{self.content.slug}/"
        page = self.parent.path.partition("#")[0] if self.parent else ""
        return f"{page}#{shape.anchor or self.content.slug}" if page else ""

    @property
    def uid(self) -> str:
        """Names the node in every edition, whatever else of it changes."""
        return self.content.uid

    @property
    def kind(self) -> str:
        """The key of its level, such as "measure"."""
        return self.content.kind

    @property
    def level(self) -> DeclaredLevel:
        """Its level, as the edition declares it."""
        return self.content.level

    @property
    def code(self) -> str:
        """Such as "1.2.3.4"; "" for a chapter or a guideline."""
        return self.content.code

    @property
    def title(self) -> str:
        """What it is called, in one line."""
        return self.content.title

    @property
    def name(self) -> str:
        """Code and title; the title alone where there is no code."""
        return name_with_code(self.code, self.title)

    @property
    def slug(self) -> str:
        """The last part of the address of its page."""
        return self.content.slug

    @property
    def text(self) -> str:
        """Markdown; "" where there is none."""
        return self.content.text

    @property
    def is_sample(self) -> bool:
        """Whether it is made up to show the portal at work."""
        return self.content.is_sample

    @property
    def values(self) -> Mapping[str, Plain]:
        """What its level carries beside the common fields, by name, as plain JSON."""
        return self.content.values

    def said(self, name: str) -> list[str]:
        """A field in words, as its edition says it; [] where it is empty, or the edition lacks it."""
        return self.content.said(name)

    @property
    def has_page(self) -> bool:
        """Whether it has a page of its own. Other entries are read on a page above them."""
        return bool(SHAPES[self.content.kind].address)

    @property
    def anchor(self) -> str:
        """Where it stands on the page that it is read on; "" for one with a page of its own."""
        return self.path.partition("#")[2]

    @property
    def read_with(self) -> "list[Entry]":
        """What stands directly below this entry, or below one that is read on its page."""
        return [
            each for child in self.children for each in (child, *(() if child.has_page else child.read_with))
        ]

    @property
    def text_html(self) -> str:
        """The text as safe HTML, rendered on first use."""
        return self.content.html(self.content.text)

    @property
    def easy_html(self) -> str:
        """The text in plain German as safe HTML, a sentence a line, rendered on first use."""
        return self.content.html(sentence_by_line(self.content.easy_text, self.content.text_rule))

    @property
    def ancestors(self) -> "list[Entry]":
        """From the top of the tree to the parent."""
        above = self.parent
        entries = []
        while above:
            entries.append(above)
            above = above.parent
        return entries[::-1]

    @property
    def theme(self) -> "Entry":
        """The topmost entry that this one stands below (itself, at the root)."""
        return self.ancestors[0] if self.parent else self

    def walk(self) -> "Iterator[Entry]":
        """This entry and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def below(self, *kinds: str) -> "list[Entry]":
        """All entries of these kinds below this one, in the order of the document."""
        if kinds not in self._below:  # asked for on many pages, and a Document never changes
            self._below[kinds] = [each for each in self.walk() if each is not self and each.kind in kinds]
        return self._below[kinds]

    @property
    def guideline(self) -> "Entry | None":
        """That of a theme; None where there is none."""
        return next((child for child in self.children if child.kind == "guideline"), None)

    @property
    def strategic_goals(self) -> "list[Entry]":
        """All that stand below it, in the order of the document."""
        return self.below("strategic_goal")

    @property
    def operational_goals(self) -> "list[Entry]":
        """All that stand below it, directly or not, in the order of the document."""
        return self.below("operational_goal")

    @property
    def measures(self) -> "list[Entry]":
        """All that stand below it, directly or not, in the order of the document."""
        return self.below("measure")

    @property
    def neighbours(self) -> "tuple[Entry | None, Entry | None]":
        """The entries of the same level before and after this one, below the same parent; None at either end."""
        siblings = (
            [each for each in self.parent.children if each.kind == self.kind] if self.parent else [self]
        )
        at = siblings.index(self)
        return siblings[at - 1] if at else None, siblings[at + 1] if at + 1 < len(siblings) else None

    @property
    def direct_measures(self) -> "list[Entry]":
        """Only those that stand straight below it."""
        return [child for child in self.children if child.kind == "measure"]


class Document:
    """The content of an edition, or of the working tree, as a tree of entries. Never changes.

    `text_rule` is the one by which all of its texts are read (strategy.text.markdown).
    """

    def __init__(
        self,
        meta: Mapping[str, Plain],
        levels: Levels,
        contents: Iterable[tuple[Content, str | None]],
        live: Mapping[str, LiveRecord],
        text_rule: int = TEXT_RULE,
    ) -> None:
        self.meta = meta
        self.levels = levels
        self.text_rule = text_rule
        self.roots: list[Entry] = []
        self.by_uid: dict[str, Entry] = {}
        self.by_path: dict[str, Entry] = {}
        self.by_code: dict[str, Entry] = {}
        for content, parent_uid in contents:
            parent = self.by_uid[parent_uid] if parent_uid else None
            entry = Entry(content, parent, live.get(content.uid))
            (parent.children if parent else self.roots).append(entry)
            self.by_uid[content.uid] = entry
            self.by_path[entry.path] = entry
            if content.code:
                self.by_code[content.code] = entry

    @classmethod
    def from_data(cls, data: dict[str, Plain], live: Mapping[str, LiveRecord] | None = None) -> "Document":
        """The Document of an edition's data, in whatever format it was frozen."""
        rule = text_rule_of(data)
        data = upgraded(data)
        levels = declared_levels(data["levels"])
        contents = ((Content(node, levels[node["kind"]], rule), node["parent"]) for node in data["nodes"])
        return cls(data["meta"], levels, contents, live or {}, rule)

    @classmethod
    def from_json(cls, text: str) -> "Document":
        """The Document of an edition's JSON, in whatever format it was frozen."""
        return cls.from_data(json.loads(text))

    def overlaid(self, live: Mapping[str, LiveRecord]) -> "Document":
        """The same content with other live records (by uid) laid over it."""
        contents = ((e.content, e.parent.uid if e.parent else None) for e in self.by_uid.values())
        return Document(self.meta, self.levels, contents, live, self.text_rule)

    def entries(self, *kinds: str) -> list[Entry]:
        """All entries of these kinds, in the order of the document."""
        return [entry for entry in self.by_uid.values() if entry.kind in kinds]

    @property
    def themes(self) -> list[Entry]:
        """Those at the root, in the order of the document."""
        return [root for root in self.roots if root.kind == "theme"]

    @cached_property
    def all_measures(self) -> list[Entry]:
        """Wherever they stand, in the order of the document."""
        return self.entries("measure")

    @cached_property
    def strategic_goal_count(self) -> int:
        """How many there are in all themes."""
        return len(self.entries("strategic_goal"))

    @cached_property
    def operational_goal_count(self) -> int:
        """How many there are in all themes."""
        return len(self.entries("operational_goal"))

    @property
    def chapters_before(self) -> list[Entry]:
        """The chapters that stand before the first theme."""
        kinds = [root.kind for root in self.roots]
        first = kinds.index("theme") if "theme" in kinds else len(kinds)
        return self.roots[:first]

    @property
    def chapters_after(self) -> list[Entry]:
        """The chapters that stand behind the first theme."""
        return [r for r in self.roots[len(self.chapters_before) :] if r.kind == "chapter"]

    @property
    def has_sample(self) -> bool:
        """Whether any of it, or what it names, is made up to show the portal at work."""
        return bool(self.meta["has_sample"])
