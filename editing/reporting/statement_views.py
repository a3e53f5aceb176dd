"""What was said on a measure before and after, field by field, with the words that differ marked."""

from typing import Any

from django.utils.formats import date_format

from measures.progress import Statement
from strategy.document.words import marks
from strategy.presentation.side_by_side import FieldView


def views_of(old: Statement | None, new: Statement) -> list[FieldView]:
    """The fields in which two statements differ. The day alone is no difference."""
    names = [name for name in Statement.SAYS if name != "reported_on"]
    pairs = [(name, in_words(old, name), in_words(new, name)) for name in names]
    return [
        FieldView(name, label_of(name), tuple(marks(before, now)), is_list=False)
        for name, before, now in pairs
        if before != now
    ]


def in_words(said: Statement | None, name: str) -> str:
    """What a statement says in a field; "" where it says nothing."""
    if said is None:
        return ""
    value: Any = getattr(said, name)
    if name == "state":
        return str(said.get_state_display()) if value else ""
    if name == "next_step_month":
        return date_format(value, "F Y") if value else ""
    return str(value or "")


def label_of(name: str) -> str:
    """What a field of a statement is called."""
    field: Any = Statement._meta.get_field(name)
    return str(field.verbose_name)
