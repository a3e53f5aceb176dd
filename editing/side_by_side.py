"""Two versions of a field side by side, with the words that differ marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from strategy.fields import Field
from strategy.words import marks


@dataclass(frozen=True)
class FieldView:
    """A field with its old and its new value as HTML, what differs marked by `del` and `ins`."""

    name: str
    label: Any
    old: SafeString
    new: SafeString


def field_views(fields: Iterable[Field], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldView]:
    """Each of these fields in both contents."""
    return [
        FieldView(
            field.name,
            field.label,
            *marked(in_words(field, old.get(field.name)), in_words(field, new.get(field.name))),
        )
        for field in fields
    ]


def in_words(field: Field, value: Any) -> str:
    """A plain value as text, an entry a line; "" where it is empty."""
    return "\n".join(field.lines(value))


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML; an empty one says so."""
    pieces = marks(old, new)
    left = "".join(
        _piece("del", piece.kind == "removed", piece.text) for piece in pieces if piece.kind != "added"
    )
    right = "".join(
        _piece("ins", piece.kind == "added", piece.text) for piece in pieces if piece.kind != "removed"
    )
    nothing = escape(_("(empty)"))
    empty = f'<span class="quiet">{nothing}</span>'
    return mark_safe(left or empty), mark_safe(right or empty)


def _piece(tag: str, is_marked: bool, text: str) -> str:
    html = escape(text).replace("\n", "<br>")
    return f"<{tag}>{html}</{tag}>" if is_marked else html
