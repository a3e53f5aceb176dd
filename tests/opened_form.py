"""What a browser sends of a form as it opened: every field by its name, lines ending in CR and LF."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


def opened(page: str) -> dict[str, str]:
    """The fields of a page's forms, but for buttons, and ticks that are not set."""
    reader = _Reader()
    reader.feed(page.replace("\r\n", "\n"))
    return {name: value.replace("\n", "\r\n") for name, value in reader.sent.items()}


def confirmed(client: Client, address: str, **typed: Any) -> Any:
    """The answer to a page's form that is opened and sent, with what is typed into it."""
    return client.post(address, {**opened(client.get(address).content.decode()), **typed})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.select = self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag == "input" and name:
            is_off = said.get("type") in ("checkbox", "radio") and "checked" not in said
            if not is_off and said.get("type") not in ("submit", "file"):
                self.sent[name] = value or ("on" if said.get("type") == "checkbox" else "")
        elif tag in ("select", "textarea"):
            self.sent[name] = ""
            self.select, self.text = (name, "") if tag == "select" else ("", name)
        elif tag == "option" and "selected" in said:
            self.sent[self.select] = value

    def handle_data(self, data: str) -> None:
        if self.text:
            self.sent[self.text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent[self.text] = self.sent[self.text].removeprefix("\n")  # which browsers leave out
            self.text = ""
