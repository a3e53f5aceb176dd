"""Two versions of a field side by side, with the words that differ marked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from strategy.document.data import Plain, sdg_name
from strategy.document.declaration import DeclaredField
from strategy.document.words import Piece, counted_marks, line_marks, marks
from strategy.text.markdown import COUNTS, TEXT_RULE, addresses, to_text
from strategy.text.spaces import evened
from strategy.tree.fields import Field

_COUNT = re.compile(rf"{COUNTS}(\d+\. )")


@dataclass(frozen=True)
class FieldView:
    """A field with its old and its new value in pieces: a stretch of text each, or an entry of a list."""

    name: str
    label: str
    pieces: tuple[Piece, ...]
    is_list: bool

    @property
    def words(self) -> str:
        """All that a value says that only one side has; entries of a list in one line."""
        return ("; " if self.is_list else "").join(piece.text for piece in self.pieces)

    @property
    def old(self) -> SafeString:
        """The old value as HTML, what is gone marked by `del`."""
        return _side("del", self.pieces, is_list=self.is_list)

    @property
    def new(self) -> SafeString:
        """The new value as HTML, what came marked by `ins`."""
        return _side("ins", self.pieces, is_list=self.is_list)


def field_views(
    fields: Iterable[Field], old: Mapping[str, Plain], new: Mapping[str, Plain]
) -> list[FieldView]:
    """Each of these fields in both contents."""
    return [field_view(field, old.get(field.name), new.get(field.name)) for field in fields]


def field_view(field: Field, old: Plain, new: Plain) -> FieldView:
    """Both values, word by word, lists entry by entry; one that is empty, or not there (None), has no pieces."""
    before, now = ([] if value is None else _lines(field, value) for value in (old, new))
    return line_view(field.declared, before, now)


def line_view(field: DeclaredField, old: Sequence[str], new: Sequence[str]) -> FieldView:
    """What a field said and says in words, word by word, lists entry by entry."""
    pieces = line_marks(old, new) if field.is_list else marks("\n".join(old), "\n".join(new))
    return FieldView(field.name, field.label, tuple(pieces), field.is_list)


def read_view(
    field: DeclaredField, old: Sequence[str], new: Sequence[str], text_rule: int = TEXT_RULE
) -> FieldView:
    """The same as a reader sees it: Markdown without its marks, unless the marks alone differ. Numbers that only count
    the entries of a list are not compared."""
    if field.kind != "markdown":
        return line_view(field, old, new)
    texts = ["".join(old), "".join(new)]
    are_elsewhere = addresses(texts[0], text_rule) != addresses(texts[1], text_rule) and all(texts)
    words = [
        evened(to_text(text, text_rule, with_addresses=are_elsewhere, with_counts=True)) for text in texts
    ]
    if words[0] == words[1]:
        return line_view(field, old, new)
    pieces = counted_marks(words[0], words[1], _COUNT)
    if not any(piece.is_change for piece in pieces):
        pieces = marks(*(text.replace(COUNTS, "") for text in words))  # the numbers alone differ
    return FieldView(field.name, field.label, tuple(pieces), is_list=False)


def marked(field: Field, old: Plain, new: Plain) -> tuple[SafeString, SafeString]:
    """Both values as HTML; one that is empty says so."""
    view = field_view(field, old, new)
    return view.old, view.new


def _lines(field: Field, value: Plain) -> list[str]:
    """The value in words; the goals of the Agenda 2030 with their numbers."""
    if field.template == "sdgs":
        return [sdg_name(each["key"], each["name"]) for each in value]
    return field.lines(value)


def _side(tag: str, pieces: Sequence[Piece], *, is_list: bool) -> SafeString:
    """What was there before (`del`) or is there now (`ins`).

    Those who hear the page hear where a mark begins and ends, where not all of the value is marked.
    """
    own = "removed" if tag == "del" else "added"
    shown = [piece for piece in pieces if (piece.is_old if tag == "del" else piece.is_new)]
    before, after = _spoken(tag, get_language()) if any(piece.kind != own for piece in shown) else ("", "")
    html = [
        f"{before}<{tag}>{_html(piece.text)}</{tag}>{'' if is_list else after}"
        if piece.kind == own
        else _html(piece.text)
        for piece in shown
    ]
    nothing = escape(_("(empty)"))
    return mark_safe(("<br>" if is_list else "").join(html) or f'<span class="quiet">{nothing}</span>')


@cache
def _spoken(tag: str, language: str | None) -> tuple[str, str]:
    """What is heard, not seen, before and after a mark; in the language of the day."""
    begins = _("dropped:") if tag == "del" else _("new:")
    ends = _("end of what is dropped") if tag == "del" else _("end of what is new")
    hidden = '<span class="visually-hidden">{}</span>'
    return hidden.format(f"{escape(begins)} "), hidden.format(f" ({escape(ends)})")


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
