"""Texts that nobody changed and that look otherwise than before, since two Documents read them by different rules."""

from collections.abc import Iterator
from dataclasses import dataclass

from strategy.document.document import Document, Entry


@dataclass(frozen=True)
class RereadText:
    """A text of a node, as safe HTML, under the rule of then and that of now."""

    entry: Entry
    label: str
    before: str
    now: str


def reread_texts(old: Document, new: Document) -> list[RereadText]:
    """Every text that both say alike and show otherwise, in the order of the new Document."""
    return list(_reread(old, new)) if old.text_rule != new.text_rule else []


def _reread(old: Document, new: Document) -> Iterator[RereadText]:
    for entry in new.by_uid.values():
        before = old.by_uid.get(entry.uid)
        if before is None or before.kind != entry.kind:
            continue
        for field in entry.level.fields:
            text = "".join(entry.said(field.name)) if field.kind == "markdown" else ""
            if text and text == "".join(before.said(field.name)):
                looks = before.content.html(text), entry.content.html(text)
                if looks[0] != looks[1]:
                    yield RereadText(entry, field.label, *looks)
