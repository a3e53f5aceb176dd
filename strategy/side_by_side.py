"""Two versions of a field side by side, with the words that differ marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from strategy.fields import Field, Lines
from strategy.words import Piece, line_marks, marks


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
        FieldView(field.name, field.label, *marked(field, old.get(field.name), new.get(field.name)))
        for field in fields
    ]


def marked(field: Field, old: Any, new: Any) -> tuple[SafeString, SafeString]:
    """Both values as HTML, word by word, lists entry by entry; one that is empty, or not there (None), says so."""
    before, now = ([] if value is None else field.lines(value) for value in (old, new))
    is_list = field.is_many or isinstance(field, Lines)
    pieces = line_marks(before, now) if is_list else marks("\n".join(before), "\n".join(now))
    between = "<br>" if is_list else ""
    return _side("del", pieces, between), _side("ins", pieces, between)


def _side(tag: str, pieces: list[Piece], between: str) -> SafeString:
    """What was there before (`del`) or is there now (`ins`)."""
    own, other = ("removed", "added") if tag == "del" else ("added", "removed")
    shown = between.join(
        _piece(tag, piece.kind == own, piece.text) for piece in pieces if piece.kind != other
    )
    nothing = escape(_("(empty)"))
    return mark_safe(shown or f'<span class="quiet">{nothing}</span>')


def _piece(tag: str, is_marked: bool, text: str) -> str:
    html = escape(text).replace("\n", "<br>")
    return f"<{tag}>{html}</{tag}>" if is_marked else html
