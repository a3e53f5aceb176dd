"""What a page of HTML refers to and says, read without a browser."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_LOADED = {
    "script": ["src"],
    "img": ["src"],
    "source": ["src"],
    "link": ["href"],
    "form": ["action"],
    "button": ["formaction"],
    "iframe": ["src"],
    "object": ["data"],
    "embed": ["src"],
    "video": ["src", "poster"],
    "audio": ["src"],
    "use": ["href"],
    "image": ["href"],
}
_SPOKEN = {"h1", "a", "title"}


@dataclass
class HtmlPage(HTMLParser):
    """`links` are of <a>; `resources` is what a browser loads by itself, or sends a form to."""

    links: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    texts: dict[str, list[str]] = field(default_factory=lambda: {tag: [] for tag in _SPOKEN})
    words: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, html: str) -> "HtmlPage":
        page = cls()
        HTMLParser.__init__(page, convert_charrefs=True)
        page.feed(html)
        page.close()
        return page

    @property
    def text(self) -> str:
        """All that the page says, on one line."""
        return one_line("".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.resources += [given[name] for name in _LOADED.get(tag, []) if name in given]
        self.resources += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        self.resources += css_addresses(given.get("style", ""))
        if tag in _SPOKEN:
            self._open.append(tag)
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)
            self.texts[tag][-1] = one_line(self.texts[tag][-1])

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        for tag in self._open:
            self.texts[tag][-1] += data


def css_addresses(css: str) -> list[str]:
    """The addresses that a stylesheet loads."""
    return [first or second for first, second in _CSS_ADDRESS.findall(css)]


def one_line(text: str) -> str:
    return " ".join(text.split())
